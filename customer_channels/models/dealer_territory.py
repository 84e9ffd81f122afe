from odoo import fields, models


class CustomerDealerTerritory(models.Model):
    """Where and with which goods a dealer may work under a contract."""

    _name = "customer.dealer.territory"
    _description = "Dealer Territory"
    _inherit = ["customer.approval.line.mixin"]
    _order = "contract_id, sequence, id"
    _check_company_auto = True
    _approval_parent = "contract_id"

    contract_id = fields.Many2one("customer.dealer.contract", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(related="contract_id.dealer_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    area_id = fields.Many2one(
        "customer.area", required=True, index=True, ondelete="restrict", check_company=True
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Goods",
        index="btree_not_null",
        ondelete="restrict",
        help="The category with all below it; empty: all goods.",
    )
    is_exclusive = fields.Boolean(string="Exclusive", help="Nobody else gets this area for these goods.")
    note = fields.Char()
