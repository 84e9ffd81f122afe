from odoo import api, fields, models

MEASURES = [
    ("none", "None"),
    ("warning", "Warning"),
    ("minor", "Minor Demerit"),
    ("major", "Major Demerit"),
]


class CustomerComplaintPenaltyRule(models.Model):
    """The table of penalties: from which loss for each base point on which measure follows, and how many points."""

    _name = "customer.complaint.penalty.rule"
    _description = "Penalty Table"
    _order = "amount_min desc, id"
    _rec_name = "measure"

    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: for all companies.")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    amount_min = fields.Monetary(
        "Loss for Each Base Point From", help="Included, in the currency of the company."
    )
    measure = fields.Selection(MEASURES, string="Disciplinary Measure", required=True, default="none")
    points = fields.Float("Points Off the Appraisal", required=True)
    note = fields.Char(translate=True)

    _positive = models.Constraint(
        "CHECK(amount_min >= 0 AND points >= 0)", "Amounts and points of the penalty table are not negative."
    )
    _amount_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), amount_min)", "There is already a penalty from this loss on."
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for rule in self:
            rule.currency_id = (rule.company_id or self.env.company).currency_id

    @api.model
    def _for_loss(self, company, per_point):
        """Return the rule for a loss for each base point; those of the company before the shared ones."""
        rules = self.sudo().search([("company_id", "in", (False, company.id))])
        rules = rules.filtered("company_id") or rules
        fitting = rules.filtered(
            lambda rule: company.currency_id.compare_amounts(per_point, rule.amount_min) >= 0
        )
        return fitting.sorted("amount_min")[-1:]
