from odoo import api, fields, models


class CustomerAssessmentSection(models.Model):
    """A group of criteria of a template: one side of the customer, one ray of the chart."""

    _name = "customer.assessment.section"
    _description = "Assessment Section"
    _order = "template_id, sequence, id"

    template_id = fields.Many2one(
        "customer.assessment.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    criterion_ids = fields.One2many("customer.assessment.criterion", "section_id")
    intended_share = fields.Float(
        string="Intended Share (%)",
        help="What part of all weights this section is meant to have; 0 to leave it open.",
    )
    weight_share = fields.Float(
        string="Share (%)",
        compute="_compute_weight_share",
        help="What part of all weights its criteria have now.",
    )

    _intended_range = models.Constraint(
        "CHECK(intended_share >= 0 AND intended_share <= 100)",
        "The intended share of a section is a percentage between 0 and 100.",
    )

    @api.depends("criterion_ids.weight", "template_id.criterion_ids.weight")
    def _compute_weight_share(self):
        for section in self:
            total = sum(section.template_id.criterion_ids.mapped("weight"))
            section.weight_share = total and 100 * sum(section.criterion_ids.mapped("weight")) / total
