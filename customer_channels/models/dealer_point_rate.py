from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerDealerPointRate(models.Model):
    """How many points a sub-dealer earns for a unit of a product: by product, by category, or for all goods."""

    _name = "customer.dealer.point.rate"
    _description = "Point Rate"
    _order = "product_id, categ_id, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company.root_id
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", ondelete="cascade", check_company=True
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Goods",
        index="btree_not_null",
        ondelete="cascade",
        help="The category with all below it; empty, without a product: all goods.",
    )
    points = fields.Float(
        string="Points per Unit", required=True, digits=(12, 4), help="For a unit in which it is stocked."
    )

    _points_positive = models.Constraint("CHECK(points >= 0)", "Points per unit cannot be negative.")
    _place_unique = models.UniqueIndex(
        "(company_id, COALESCE(product_id, 0), COALESCE(categ_id, 0))",
        "There is a rate for these goods already.",
    )

    @api.constrains("product_id", "categ_id")
    def _check_place(self):
        for rate in self:
            if rate.product_id and rate.categ_id:
                raise ValidationError(
                    self.env._("A point rate is for a product or for a category, not for both.")
                )

    @api.model
    def _rates(self, products, company):
        """Return the points per unit of products: ``{product id: points}``; no rate, no entry.

        The rate of the product itself comes first, then that of its nearest category, then that of all goods.
        Two queries, whoever asks.
        """
        rates = self.sudo().search([("company_id", "=", company.root_id.id)])
        own = {rate.product_id.id: rate.points for rate in rates if rate.product_id}
        kinds = {rate.categ_id.id: rate.points for rate in rates if not rate.product_id}
        found = {}
        for product in products.sudo():
            path = [int(part) for part in (product.categ_id.parent_path or "").split("/") if part]
            places = [*((own, key) for key in [product.id]), *((kinds, key) for key in [*path[::-1], False])]
            points = next((rate[key] for rate, key in places if key in rate), None)
            if points is not None:
                found[product.id] = points
        return found
