from odoo import fields, models


class CustomerComplaintKind(models.Model):
    """What a complaint is about: it decides the evidence to ask for and the days to resolve it."""

    _name = "customer.complaint.kind"
    _description = "Complaint Kind"
    _inherit = ["customer.code.mixin"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="Short name for imports and reports. A company cannot have the same code twice.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Leave empty to share the kind among all companies.",
    )
    description = fields.Text(translate=True)
    evidence_required = fields.Text(
        translate=True,
        help="What the customer has to hand in before the complaint is assessed.",
    )
    default_days = fields.Integer(
        string="Days to Resolve",
        default=7,
        required=True,
        help="Days from receiving a complaint of this kind to resolving it, unless agreed otherwise.",
    )

    # A kind without a company takes the place of company 0, so that two shared kinds differ as well.
    _code_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), code)",
        "Another complaint kind of this company has this code already: choose another code.",
    )
    _default_days_positive = models.Constraint(
        "CHECK(default_days > 0)",
        "The days to resolve a complaint must be at least 1.",
    )
