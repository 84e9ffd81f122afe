from odoo import models
from odoo.fields import Command

from .complaint_remedy_line import SENT


class CustomerComplaintRemedyLine(models.Model):
    """The transfers, orders and repairs of remedies, by the host's own means."""

    _inherit = "customer.complaint.remedy.line"

    def _make_returns(self):
        """Make the host's returns: one for each delivery that the goods came with, the last delivery first."""
        plan, taken = {}, {}
        for line in self.filtered(lambda one: one._comes_back()):
            wanted = line._still_to_return()
            for move in line._delivered_moves():
                part = min(wanted, max(line._free(move) - taken.get(move, 0.0), 0.0))
                if line.product_id.uom_id.compare(part, 0) > 0:
                    plan.setdefault(move.picking_id, []).append((line, move, part))
                    taken[move] = taken.get(move, 0.0) + part
                    wanted -= part
        for picking, parts in plan.items():
            self._return_picking(picking, parts)

    def _return_picking(self, picking, parts):
        """Make one return of a delivery, a move for each line of the remedy."""
        wizard = (
            self.env["stock.return.picking"]
            .with_company(picking.company_id)
            .with_context(active_model="stock.picking", active_id=picking.id, active_ids=picking.ids)
            .create({"picking_id": picking.id})
        )
        rows = [
            {
                "product_id": move.product_id.id,
                "move_id": move.id,
                "quantity": move.product_id.uom_id._compute_quantity(part, move.product_uom, round=False),
                # The order is credited for what is returned; what is replaced or repaired stays sold.
                "to_refund": line.kind == "return",
                "complaint_remedy_line_id": line.id,
            }
            for line, move, part in parts
        ]
        wizard.product_return_moves = [Command.clear()] + [Command.create(row) for row in rows]
        back = wizard._create_return()
        remedies = self.remedy_id.union(*(line.remedy_id for line, _move, _part in parts))
        back.origin = f"{back.origin or ''} {' '.join(remedies.mapped('name'))}".strip()

    def _make_repairs(self):
        """Make the repair orders of what comes back to be repaired."""
        for line in self.filtered(lambda one: one.kind == "repair" and one._live_repair() is None):
            back = line.return_move_ids.filtered(lambda move: move.state != "cancel").picking_id[:1]
            complaint = line.complaint_id
            line.repair_id = (
                self.env["repair.order"]
                .with_company(line.company_id)
                .create(
                    {
                        "company_id": line.company_id.id,
                        "partner_id": complaint.partner_id.id,
                        "product_id": line.product_id.id,
                        "product_qty": line.quantity,
                        "product_uom": line.uom_id.id,
                        "lot_id": line.complaint_line_id.lot_id.id,
                        "picking_id": back.id,
                        "under_warranty": True,
                        "internal_notes": f"{complaint.display_name} {line.remedy_id.name}",
                    }
                )
            )

    def _make_orders(self):
        """Make one order without a price for what is sent; the credit rules decide it like any other.

        A held order stays a quotation until it is released; the remedy waits for it.
        """
        todo = self.filtered(lambda line: line.kind in SENT and not line._live_order())
        for remedy, lines in todo.grouped("remedy_id").items():
            complaint = remedy.complaint_id
            sold = (lines.sale_line_id.order_id or complaint.order_id)[:1]
            partner = sold.partner_id or complaint.partner_id
            values = {
                "partner_id": partner.id,
                "company_id": remedy.company_id.id,
                "origin": f"{complaint.name} {remedy.name}",
                "complaint_remedy_id": remedy.id,
                "user_id": sold.user_id.id or partner.user_id.id,
                "order_line": [Command.create(line._order_values()) for line in lines],
            }
            if sold:
                values["partner_shipping_id"] = sold.partner_shipping_id.id
                values["partner_invoice_id"] = sold.partner_invoice_id.id
                values["warehouse_id"] = sold.warehouse_id.id
            order = self.env["sale.order"].with_company(remedy.company_id).create(values)
            for line, made in zip(lines, order.order_line, strict=True):
                line.order_line_id = made
            order.action_confirm()

    def _order_values(self):
        """Return the values of an order line that costs the customer nothing."""
        return {
            "product_id": self.product_id.id,
            "product_uom_qty": self.quantity,
            "product_uom_id": self.uom_id.id,
            "price_unit": 0.0,
            "discount": 0.0,
            "tax_ids": [Command.clear()],
        }

    def _live_order(self):
        """Return the order line, unless its order was cancelled."""
        self.ensure_one()
        return self.order_line_id.filtered(lambda line: line.order_id.state != "cancel")

    def _live_repair(self):
        """Return the repair order, or None when there is none or it was cancelled."""
        self.ensure_one()
        return self.repair_id if self.repair_id and self.repair_id.state != "cancel" else None
