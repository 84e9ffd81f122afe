from odoo import api, fields, models


class CustomerDealerViolationInjury(models.Model):
    """A dealer that a case has injured: how many of which goods it did not sell, and what it would have earned."""

    _name = "customer.dealer.violation.injury"
    _description = "Injured Dealer"
    _inherit = ["customer.approval.line.mixin", "customer.links.mixin"]
    _order = "violation_id, id"
    _check_company_auto = True
    _checked_links = ("dealer_id",)
    _approval_parent = "violation_id"

    violation_id = fields.Many2one(
        "customer.dealer.violation",
        string="Case",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="violation_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    dealer_id = fields.Many2one(
        "customer.dealer",
        string="Injured Dealer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    product_id = fields.Many2one("product.product", index="btree_not_null", ondelete="restrict")
    lot = fields.Char(string="Lot or Trace Code")
    quantity = fields.Float(digits="Product Unit")
    price = fields.Monetary(string="Price Found", help="At which the goods were offered in its area.")
    margin = fields.Monetary(string="Agreed Margin", help="Of one unit.")
    amount = fields.Monetary(
        string="Compensation", compute="_compute_amount", store=True, help="Quantity times the agreed margin."
    )

    _values_positive = models.Constraint(
        "CHECK(quantity >= 0 AND margin >= 0 AND price >= 0)",
        "Quantities, prices and margins cannot be negative.",
    )

    @api.depends("quantity", "margin")
    def _compute_amount(self):
        for injury in self:
            injury.amount = injury.quantity * injury.margin
