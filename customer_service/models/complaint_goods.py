from odoo import api, fields, models
from odoo.tools import SQL, float_compare, float_repr

from ..exceptions import ComplaintDocumentError, ComplaintQuantityError
from .complaint_repeat import VOID


class CustomerComplaintLine(models.Model):
    """Goods that a complaint is about: no more than the customer got, and nothing of somebody else."""

    _inherit = "customer.complaint.line"

    delivered_quantity = fields.Float(
        "Delivered",
        digits="Product Unit",
        compute="_compute_delivered",
        help="Of the order line, in the unit of the line; what came back before the complaint is deducted.",
    )
    complained_quantity = fields.Float(
        "Complained Before",
        digits="Product Unit",
        compute="_compute_complained",
        help="Of the same order line in other complaints that were not rejected, withdrawn or made twice.",
    )
    is_elsewhere = fields.Boolean(
        "Bought Elsewhere", compute="_compute_is_elsewhere", store=True, help="No order line of ours."
    )
    lot_choice_ids = fields.Many2many("stock.lot", compute="_compute_lot_choice_ids", compute_sudo=True)
    # Those of the order line, or of the product for goods that were bought elsewhere.
    lot_id = fields.Many2one(domain="[('id', 'in', lot_choice_ids)]")
    # The lines of the order of the complaint, or of all orders of the customer.
    sale_line_id = fields.Many2one(
        domain="[('order_id.partner_id', 'child_of', partner_id), ('state', '=', 'sale'), "
        "('display_type', '=', False), ('is_downpayment', '=', False), '|', ('order_id', '=', order_id), "
        "(not order_id, '=', 1)]"
    )
    order_id = fields.Many2one(related="complaint_id.order_id", string="Order of the Complaint")

    @api.depends("sale_line_id")
    def _compute_is_elsewhere(self):
        for line in self:
            line.is_elsewhere = not line.sale_line_id

    @api.depends("sale_line_id", "uom_id", "complaint_id.date_received")
    def _compute_delivered(self):
        moved = self._moved()
        for line in self:
            line.delivered_quantity = line._from_product_unit(line._delivered(moved))

    @api.depends("sale_line_id", "uom_id")
    def _compute_complained(self):
        """Add up what other complaints are about, in one query."""
        rows = self.env["customer.complaint.line"].sudo()
        groups = rows._read_group(
            [
                ("sale_line_id", "in", self.sale_line_id.ids),
                "|",
                ("complaint_id.outcome", "=", False),
                ("complaint_id.outcome", "not in", VOID),
            ],
            ["sale_line_id", "complaint_id", "uom_id"],
            ["quantity:sum"],
        )
        for line in self:
            product = line.product_id.uom_id
            quantity = sum(
                uom._compute_quantity(total, product, round=False)
                for sold, complaint, uom, total in groups
                if sold == line.sale_line_id._origin and complaint != line.complaint_id._origin
            )
            line.complained_quantity = line._from_product_unit(quantity)

    @api.depends("product_id", "sale_line_id", "partner_id")
    def _compute_lot_choice_ids(self):
        """Find the lots that went to the customer: of the order line, or else of the product."""
        moved = self._moved()
        free = self.filtered(lambda line: not line.sale_line_id).product_id._origin
        others = self.env["stock.lot"].search([("product_id", "in", free.ids)]).grouped("product_id")
        for line in self:
            if line.sale_line_id:
                lots = {lot for lot, _moment, _quantity in moved.get(line.sale_line_id._origin.id, ())}
                line.lot_choice_ids = self.env["stock.lot"].browse(lot for lot in lots if lot)
            else:
                line.lot_choice_ids = others.get(line.product_id._origin)

    # What left the house

    def _moved(self):
        """Return what went to and came from customers for the order lines, in one query.

        :return: ``{order line id: [(lot id, moment, quantity in the unit of the product)]}``, returns negative
        """
        ids = self.sale_line_id._origin.ids
        if not ids:
            return {}
        self.env["stock.move"].flush_model(
            ["sale_line_id", "state", "date", "location_id", "location_dest_id"]
        )
        self.env["stock.move.line"].flush_model(["move_id", "lot_id", "quantity_product_uom", "state"])
        moved = {}
        for sold, *movement in self.env.execute_query(
            SQL(
                """
                SELECT m.sale_line_id, l.lot_id, m.date,
                       l.quantity_product_uom * CASE WHEN there.usage = 'customer' THEN 1 ELSE -1 END
                  FROM stock_move AS m
                  JOIN stock_move_line AS l ON l.move_id = m.id
                  JOIN stock_location AS here ON here.id = m.location_id
                  JOIN stock_location AS there ON there.id = m.location_dest_id
                 WHERE m.sale_line_id = ANY(%s)
                   AND m.state = 'done'
                   AND (here.usage = 'customer') <> (there.usage = 'customer')
                """,
                ids,
            )
        ):
            moved.setdefault(sold, []).append(movement)
        return moved

    def _delivered(self, moved):
        """Return what the customer has of the order line, in the unit of the product.

        What came back after the complaint was received is not deducted: it may be what the complaint is about.
        """
        sold = self.sale_line_id.sudo()
        if not sold:
            return 0.0
        if sold.product_id.type == "service":
            return sold.product_uom_id._compute_quantity(
                sold.qty_delivered, sold.product_id.uom_id, round=False
            )
        until = self.complaint_id.date_received
        return sum(
            quantity
            for _lot, moment, quantity in moved.get(sold._origin.id, ())
            if quantity > 0 or not until or moment <= until
        )

    def _from_product_unit(self, quantity):
        unit = self.product_id.uom_id
        if not unit or not self.uom_id or unit == self.uom_id:
            return quantity
        return unit._compute_quantity(quantity, self.uom_id, round=False)

    # What is refused

    @api.constrains("sale_line_id", "product_id", "lot_id", "complaint_id", "quantity", "uom_id")
    def _check_goods(self):
        """Check that goods are of the order line, went to the customer, and are no more than that.

        :raises ComplaintDocumentError: when they are something or somebody else's
        :raises ComplaintQuantityError: when they are more
        """
        for line in self.sudo():
            line._check_order_line()
        self.sudo()._check_quantities()

    def _check_order_line(self):
        """:raises ComplaintDocumentError: when order line, product, lot and customer do not belong together"""
        complaint, sold, product = self.complaint_id, self.sale_line_id, self.product_id
        names = {"product": product.display_name, "complaint": complaint.display_name}
        if not self.uom_id._has_common_reference(product.uom_id):
            raise ComplaintDocumentError(
                self.env._("%(product)s is not counted in %(unit)s.", unit=self.uom_id.name, **names)
            )
        if self.lot_id and self.lot_id.product_id != product:
            raise ComplaintDocumentError(
                self.env._("Lot %(lot)s is not of %(product)s.", lot=self.lot_id.name, **names)
            )
        if not sold:
            return
        if sold.product_id != product:
            raise ComplaintDocumentError(
                self.env._(
                    "%(complaint)s: the order line is about %(sold)s, not about %(product)s.",
                    sold=sold.product_id.display_name,
                    **names,
                )
            )
        complaint._check_owner(sold.order_id, sold.order_id._complaint_customers())
        if sold.company_id != complaint.company_id:
            raise ComplaintDocumentError(
                self.env._("%(order)s is of another company.", order=sold.order_id.name)
            )
        if self.lot_id and self.lot_id not in self.lot_choice_ids:
            raise ComplaintDocumentError(
                self.env._(
                    "Lot %(lot)s did not go out with %(order)s. Leave the order line empty for goods that the "
                    "customer bought elsewhere.",
                    lot=self.lot_id.name,
                    order=sold.order_id.name,
                )
            )

    def _check_quantities(self):
        """:raises ComplaintQuantityError: when a complaint is about more of an order line than there was"""
        lines = self.complaint_id.line_ids.filtered("sale_line_id")
        moved = lines._moved()
        for (complaint, sold), same in lines.grouped(
            lambda one: (one.complaint_id, one.sale_line_id)
        ).items():
            unit = sold.product_id.uom_id
            asked = sum(one.uom_id._compute_quantity(one.quantity, unit, round=False) for one in same)
            limit = same[0]._delivered(moved)
            if complaint.kind_id.goods_limit != "delivered":
                ordered = sold.product_uom_id._compute_quantity(sold.product_uom_qty, unit, round=False)
                limit = max(limit, ordered)
            if float_compare(asked, limit, precision_rounding=unit.rounding) > 0:
                same[0]._refuse_quantity(asked, limit, unit)

    def _refuse_quantity(self, asked, limit, unit):
        """:raises ComplaintQuantityError: with the figures"""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        delivered = self.complaint_id.kind_id.goods_limit == "delivered"
        figures = {
            "product": self.product_id.display_name,
            "order": self.sale_line_id.order_id.name,
            "asked": float_repr(asked, digits),
            "limit": float_repr(limit, digits),
            "over": float_repr(asked - limit, digits),
            "unit": unit.name,
        }
        if delivered:
            raise ComplaintQuantityError(
                self.env._(
                    "%(product)s of %(order)s: %(asked)s %(unit)s complained about, but %(limit)s delivered: "
                    "%(over)s too many. Enter what was bought elsewhere in a line without an order line.",
                    **figures,
                )
            )
        raise ComplaintQuantityError(
            self.env._(
                "%(product)s of %(order)s: %(asked)s %(unit)s complained about, but %(limit)s ordered: "
                "%(over)s too many.",
                **figures,
            )
        )
