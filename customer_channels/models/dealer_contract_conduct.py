from odoo import fields, models


class CustomerDealerContract(models.Model):
    """What the contract says of prices and targets."""

    _inherit = "customer.dealer.contract"

    price_floor_ids = fields.One2many(
        "customer.dealer.price.floor", "contract_id", string="Price Floors", copy=True
    )
    target_ids = fields.One2many("customer.dealer.target", "contract_id", string="Targets")
