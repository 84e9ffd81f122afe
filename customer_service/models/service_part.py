from odoo import api, fields, models


class CustomerServicePart(models.Model):
    """A part that service put in, and whether the customer pays for it."""

    _name = "customer.service.part"
    _description = "Service Part"
    _order = "request_id, sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    request_id = fields.Many2one("customer.service.request", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True, precompute=True)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('type', '=', 'consu')]",
    )
    quantity = fields.Float(required=True, default=1.0, digits="Product Unit")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    lot_id = fields.Many2one(
        "stock.lot",
        string="Lot or Serial Number",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('product_id', '=', product_id)]",
    )
    is_charged = fields.Boolean(
        "Charged",
        compute="_compute_is_charged",
        store=True,
        readonly=False,
        help="At first what no warranty covers; wear parts can be charged in any case.",
    )
    move_id = fields.Many2one(
        "stock.move",
        string="Stock Move",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Quoted On",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "The quantity of a part is more than zero.")

    @api.depends("request_id.is_covered")
    def _compute_is_charged(self):
        for part in self:
            if not part.move_id and not part.sale_line_id:
                part.is_charged = not part.request_id.is_covered

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: nothing is added to what is signed, and nobody says himself what was moved or quoted."""
        requests = self.env["customer.service.request"].browse(
            [vals["request_id"] for vals in vals_list if vals.get("request_id")]
        )
        if not self.env.su:
            requests._ensure_unsigned()
            vals_list = [dict(vals, move_id=False, sale_line_id=False) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: what is signed, moved or quoted stays.

        :raises ServiceRequestError: when it is changed
        """
        if not self.env.su:
            self._refuse_change(vals)
        return super().write(vals)

    def unlink(self):
        """Override of `base`: what is signed, moved or quoted stays."""
        if not self.env.su:
            self._refuse_change({"quantity": 0})
        return super().unlink()

    def _refuse_change(self, vals):
        self.request_id._ensure_unsigned()
        held = self.filtered(lambda part: part.move_id or part.sale_line_id)
        if (held and {"product_id", "quantity", "lot_id", "is_charged", "request_id"} & vals.keys()) or (
            {"move_id", "sale_line_id"} & vals.keys()
        ):
            raise self.request_id._step_error(
                self.env._(
                    "Parts that have left the stock or are quoted change in the transfer or in the quotation only."
                )
            )

    def _move_values(self, picking):
        """Return the move of a part out of stock."""
        return {
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity,
            "product_uom": self.product_id.uom_id.id,
            "picking_id": picking.id,
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
            "company_id": picking.company_id.id,
        }

    def _sale_values(self):
        """Return the line of a part in a quotation."""
        return {"product_id": self.product_id.id, "product_uom_qty": self.quantity}
