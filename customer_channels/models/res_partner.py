from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    customer_dealer_type_id = fields.Many2one(
        "customer.dealer.type",
        string="Dealer Type",
        company_dependent=True,
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="How this customer sells our goods on. Each company chooses its own.",
    )
