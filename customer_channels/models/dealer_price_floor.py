from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerDealerPriceFloor(models.Model):
    """The lowest price at which we sell to a dealer under a contract, for a product or a category.

    It binds our own sales to the dealer. What the dealer asks of its customers is its own affair.
    """

    _name = "customer.dealer.price.floor"
    _description = "Price Floor"
    _inherit = ["customer.approval.line.mixin"]
    _order = "contract_id, sequence, id"
    _check_company_auto = True
    _approval_parent = "contract_id"

    contract_id = fields.Many2one("customer.dealer.contract", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(related="contract_id.dealer_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", index="btree_not_null", ondelete="restrict")
    categ_id = fields.Many2one(
        "product.category",
        string="Goods",
        index="btree_not_null",
        ondelete="restrict",
        help="The category with all below it, where the product has no floor of its own.",
    )
    price = fields.Monetary(
        string="Lowest Price", required=True, help="Of one unit of the product, untaxed, after discounts."
    )

    _price_positive = models.Constraint("CHECK(price >= 0)", "A price floor cannot be negative.")
    _product_once = models.UniqueIndex(
        "(contract_id, product_id) WHERE product_id IS NOT NULL", "The product has a price floor already."
    )

    @api.constrains("product_id", "categ_id")
    def _check_goods(self):
        for floor in self:
            if bool(floor.product_id) == bool(floor.categ_id):
                raise ValidationError(
                    self.env._("A price floor is for a product or for a category: choose one of them.")
                )

    def _of(self, product):
        """Return which of these floors binds a product: its own, or that of the nearest category above it."""
        own = self.filtered(lambda floor: floor.product_id == product)
        if own:
            return own[:1]
        path = product.categ_id.parent_path or ""
        above = self.filtered(lambda floor: floor.categ_id and path.startswith(floor.categ_id.parent_path))
        return above.sorted(lambda floor: len(floor.categ_id.parent_path), reverse=True)[:1]
