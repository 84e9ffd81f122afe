from odoo import fields, models


class CustomerDealerConditionExtension(models.Model):
    """How the deadline of a condition was moved: from when to when, why, by whom. Nobody has the right to change it."""

    _name = "customer.dealer.condition.extension"
    _description = "Extension of a Deadline"
    _order = "condition_id, id"

    condition_id = fields.Many2one("customer.dealer.condition", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="condition_id.company_id", store=True, index=True)
    date_from = fields.Date(string="Deadline Before", required=True)
    date_to = fields.Date(string="Deadline After", required=True)
    reason = fields.Text(required=True)
    user_id = fields.Many2one(
        "res.users", string="Granted By", required=True, index=True, ondelete="restrict"
    )
