from odoo import fields, models


class CustomerDealerCommission(models.Model):
    """What an agent earns: a share of what customers paid for some goods."""

    _name = "customer.dealer.commission"
    _description = "Commission of an Agent"
    _inherit = ["customer.approval.line.mixin"]
    _order = "contract_id, sequence, id"
    _approval_parent = "contract_id"

    contract_id = fields.Many2one("customer.dealer.contract", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    categ_id = fields.Many2one(
        "product.category",
        string="Goods",
        index="btree_not_null",
        ondelete="restrict",
        help="The category with all below it; empty: all goods.",
    )
    rate = fields.Float(string="Commission (%)", required=True, digits=(16, 2))
    note = fields.Char(help="From which sales, or for which customers.")

    _rate_in_range = models.Constraint(
        "CHECK(rate BETWEEN 0 AND 100)", "A commission lies between 0 and 100 %."
    )
