from odoo import api, fields, models


class CustomerComplaintLine(models.Model):
    """Goods that a complaint is about: what, how much of it, from which lot, and what it is worth."""

    _name = "customer.complaint.line"
    _description = "Goods of a Complaint"
    _order = "complaint_id, sequence, id"
    _rec_name = "product_id"
    _check_company_auto = True

    complaint_id = fields.Many2one("customer.complaint", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        related="complaint_id.commercial_partner_id", store=True, index="btree_not_null"
    )
    currency_id = fields.Many2one(related="complaint_id.currency_id")
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('order_id.partner_id', 'child_of', partner_id), ('state', '=', 'sale'), "
        "('display_type', '=', False)]",
        help="Empty for goods that were bought elsewhere.",
    )
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        compute="_compute_product",
        store=True,
        readonly=False,
        precompute=True,
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        required=True,
        ondelete="restrict",
        compute="_compute_product",
        store=True,
        readonly=False,
        precompute=True,
    )
    lot_id = fields.Many2one(
        "stock.lot",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('product_id', '=', product_id)]",
    )
    quantity = fields.Float("Quantity Complained About", digits="Product Unit", default=1, required=True)
    price_unit = fields.Monetary(
        "Price", compute="_compute_price_unit", store=True, readonly=False, precompute=True
    )
    amount = fields.Monetary(compute="_compute_amount", store=True, precompute=True)
    note = fields.Char("Fault")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "The quantity is more than 0.")

    @api.depends("sale_line_id")
    def _compute_product(self):
        for line in self:
            if line.sale_line_id:
                line.product_id = line.sale_line_id.product_id
                line.uom_id = line.sale_line_id.product_uom_id
            line.uom_id = line.uom_id or line.product_id.uom_id

    @api.depends("sale_line_id", "product_id")
    def _compute_price_unit(self):
        for line in self:
            sold = line.sale_line_id
            if sold and sold.product_uom_qty:
                line.price_unit = sold.price_total / sold.product_uom_qty

    @api.depends("quantity", "price_unit")
    def _compute_amount(self):
        for line in self:
            amount = line.quantity * (line.price_unit or 0.0)
            line.amount = line.currency_id.round(amount) if line.currency_id else amount
