from odoo import fields, models


class ResCompany(models.Model):
    """How long deals of dealers are protected."""

    _inherit = "res.company"

    customer_deal_days = fields.Integer(string="Deals Are Protected for (Days)", default=90)
    customer_deal_extensions = fields.Integer(
        string="Extensions of a Deal", default=1, help="How often the protection can be extended; 0: never."
    )
    customer_deal_extension_days = fields.Integer(string="An Extension Is (Days)", default=30)
    customer_deal_answer_days = fields.Integer(
        string="Deals Are Answered Within (Days)",
        default=3,
        help="Until when who is in charge is asked to look.",
    )

    _customer_deal_positive = models.Constraint(
        "CHECK(customer_deal_days > 0 AND customer_deal_extensions >= 0"
        " AND customer_deal_extension_days > 0 AND customer_deal_answer_days >= 0)",
        "Deals are protected and extended for a day at least.",
    )
