from odoo import models
from odoo.tools import SQL

from ..exceptions import RemedyQuantityError

WAITING = ("pending", "approved", "offered", "accepted", "running")


class CustomerComplaintRemedyLine(models.Model):
    """How many goods can come back: what was delivered, less what was returned or is claimed already."""

    _inherit = "customer.complaint.remedy.line"

    def _delivered_moves(self):
        """Return the moves that brought the goods to the customer, the last one first."""
        self.ensure_one()
        moves = self.sale_line_id.move_ids
        if not self.sale_line_id:
            moves = self.complaint_id.picking_id.move_ids
        return moves.filtered(
            lambda move: move.product_id == self.product_id
            and move.state == "done"
            and move.location_dest_id.usage == "customer"
        ).sorted(lambda move: (move.date, move.id), reverse=True)

    def _check_goods_room(self):
        """Check that never more comes back than was delivered, across all complaints and all returns.

        The moves are locked first: of two returns of the same goods at the same moment, the second waits, is run
        again, and sees the first.

        :raises RemedyQuantityError: by how much it would be more
        """
        lines = self.sudo().filtered(lambda line: line._comes_back())
        sources = {line: line._delivered_moves() for line in lines}
        moves = self.env["stock.move"].sudo().union(*sources.values())
        if moves:
            moves.flush_recordset(["sequence"])
            self.env.cr.execute(
                SQL("UPDATE stock_move SET sequence = sequence WHERE id = ANY(%s)", sorted(moves.ids))
            )
        others = lines._claims_of_others()
        taken = dict.fromkeys(moves, 0.0)
        free = {move: self._free(move) for move in moves}
        for line in others | lines:
            # Others come first, then these lines in their order.
            source = sources.get(line) if line in sources else line._delivered_moves()
            wanted = line._still_to_return()
            for move in source:
                part = min(wanted, max(free.get(move, 0.0) - taken.get(move, 0.0), 0.0))
                taken[move] = taken.get(move, 0.0) + part
                wanted -= part
            if line in lines and line.product_id.uom_id.compare(wanted, 0) > 0:
                line._refuse_quantity(wanted)

    def _claims_of_others(self):
        """Return the lines of other remedies that bind and still claim goods of the same orders or deliveries."""
        if not self:
            return self
        domain = [
            ("product_id", "in", self.product_id.ids),
            ("company_id", "in", self.company_id.ids),
            ("kind", "in", ("return", "replacement", "repair")),
            ("remedy_id.state", "in", WAITING),
            ("id", "not in", self.ids),
        ]
        self.flush_model()
        return self.search(domain).filtered(
            lambda line: line._comes_back() and line.product_id.uom_id.compare(line._still_to_return(), 0) > 0
        )

    def _still_to_return(self):
        """Return the quantity that no return was made for yet, in the unit of the product."""
        self.ensure_one()
        unit = self.product_id.uom_id
        wanted = (self.uom_id or unit)._compute_quantity(self.quantity, unit, round=False)
        moves = self.return_move_ids.filtered(lambda move: move.state != "cancel")
        return unit.round(max(wanted - sum(map(self._quantity_of, moves)), 0.0))

    def _quantity_of(self, move):
        """Return the quantity of a move in the unit of the product: done, or asked for."""
        count = move.quantity if move.state == "done" else move.product_uom_qty
        return move.product_uom._compute_quantity(count, move.product_id.uom_id, round=False)

    def _free(self, move):
        """Return what of a delivery has not been returned, in the unit of the product; returns under way count."""
        back = move.returned_move_ids.filtered(
            lambda one: one.state != "cancel" and one.location_dest_id.usage != "customer"
        )
        return self._quantity_of(move) - sum(map(self._quantity_of, back))

    def _refuse_quantity(self, over):
        """:raises RemedyQuantityError: always"""
        raise RemedyQuantityError(
            self.env._(
                "%(remedy)s takes back %(over)s %(unit)s of %(product)s more than %(customer)s still has: the rest "
                "was never delivered, has come back, or is claimed by another remedy. Take them off.",
                remedy=self.remedy_id.name,
                over=f"{over:g}",
                unit=self.product_id.uom_id.name,
                product=self.product_id.display_name,
                customer=self.partner_id.display_name,
            )
        )
