from odoo import api, fields, models

# Answers that stand in columns of their own in the lists of two templates, by the ends of the external ids.
COLUMNS = {
    "brief": ("character", "capacity", "capital", "collateral", "conditions"),
    "staff": ("authority", "honesty", "promises", "cooperation", "stability", "money"),
}


class CustomerAssessment(models.Model):
    """The answers of the brief credit assessment and of that of the customer's staff, as columns.

    Text, because an answer that is missing is not zero. (forms 4.9 and 4.10)
    """

    _inherit = "customer.assessment"

    answer_character = fields.Char(string="Character", compute="_compute_answers")
    answer_capacity = fields.Char(string="Capacity", compute="_compute_answers")
    answer_capital = fields.Char(string="Capital", compute="_compute_answers")
    answer_collateral = fields.Char(string="Collateral", compute="_compute_answers")
    answer_conditions = fields.Char(string="Conditions", compute="_compute_answers")
    answer_authority = fields.Char(string="Authority", compute="_compute_answers")
    answer_honesty = fields.Char(string="Honesty", compute="_compute_answers")
    answer_promises = fields.Char(string="Promise Keeping", compute="_compute_answers")
    answer_cooperation = fields.Char(string="Cooperation", compute="_compute_answers")
    answer_stability = fields.Char(string="Stability", compute="_compute_answers")
    answer_money = fields.Char(string="Handling of Money", compute="_compute_answers")

    @api.depends("line_ids.value", "line_ids.is_known", "line_ids.rule")
    def _compute_answers(self):
        criteria = {}
        for template, names in COLUMNS.items():
            for name in names:
                criterion = self.env.ref(
                    f"customer_credit.assessment_template_{template}_{name}", raise_if_not_found=False
                )
                if criterion:
                    criteria[criterion.id] = f"answer_{name}"
        empty = {f"answer_{name}": False for names in COLUMNS.values() for name in names}
        for assessment in self:
            values = dict(empty)
            for line in assessment.line_ids:
                name = criteria.get((line.rule or {}).get("id"))
                if name and line.has_result:
                    values[name] = f"{line.value:g}"
            assessment.update(values)


class CustomerAssessmentLine(models.Model):
    """Answers by customer, for the analysis item by item. (form 4.11)"""

    _inherit = "customer.assessment.line"

    partner_id = fields.Many2one(related="assessment_id.partner_id")
    conclusion = fields.Char(related="assessment_id.conclusion")
    assessed_on = fields.Date(related="assessment_id.date")
    weighted = fields.Float(
        string="Weighted Score", related="earned", aggregator="sum", help="Weight by the part of the points."
    )
    weighted_most = fields.Float(string="Maximum", related="weight", aggregator="sum")
    score_given = fields.Float(string="Score", related="points", aggregator="avg")
    earned_rate = fields.Float(string="Share (%)", compute="_compute_earned_rate")

    @api.depends("earned", "weight")
    def _compute_earned_rate(self):
        for line in self:
            line.earned_rate = 100 * line.earned / line.weight if line.weight else 0.0
