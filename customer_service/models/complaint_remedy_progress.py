from odoo import api, models

from ..exceptions import RemedyStepError
from .complaint_remedy_line import SENT


class CustomerComplaintRemedyLine(models.Model):
    """How far the documents of a remedy are: what is done follows them, also when one is cancelled later."""

    _inherit = "customer.complaint.remedy.line"

    @api.depends(
        "kind",
        "amount",
        "quantity",
        "takes_back",
        "remedy_id.step",
        "credit_move_id",
        "return_move_ids.state",
        "return_move_ids.quantity",
        "order_line_id",
        "remedy_id.order_ids.order_line.qty_delivered",
        "remedy_id.order_ids.order_line.state",
        "repair_id.state",
    )
    def _compute_is_done(self):
        """Say what is done; orders are reached by their remedy, so that no other order asks for lines of its own."""
        for line in self:
            line.is_done = line.remedy_id.step == "running" and not line._open_points()

    def _open_points(self):
        """Return in sentences what a line still waits for."""
        self.ensure_one()
        points = []
        if self.kind in ("refund", "allowance", "return") and self.amount:
            points += self._open_credit()
        if self._comes_back():
            points += self._open_return()
        if self.kind in SENT:
            points += self._open_order()
        if self.kind == "repair" and self.repair_id.state != "done":
            points.append(
                self.env._("the repair %s is not done", self.repair_id.name)
                if self._live_repair() is not None
                else self.env._("there is no repair order")
            )
        return points

    def _open_credit(self):
        credit = self._live_credit()
        if not credit:
            return [self.env._("there is no credit note")]
        return (
            []
            if credit.state == "posted"
            else [self.env._("the credit note is a draft that has to be posted")]
        )

    def _open_return(self):
        unit = self.product_id.uom_id
        wanted = (self.uom_id or unit)._compute_quantity(self.quantity, unit) if self.product_id else 0.0
        moves = self.return_move_ids.filtered(lambda move: move.state == "done")
        missing = unit.round(wanted - sum(map(self._quantity_of, moves))) if unit else 0.0
        if unit and unit.compare(missing, 0) > 0:
            return [
                self.env._(
                    "%(quantity)s %(unit)s have not come back", quantity=f"{missing:g}", unit=unit.name
                )
            ]
        return []

    def _open_order(self):
        made = self._live_order()
        if not made:
            return [self.env._("there is no order that sends the goods")]
        order = made.order_id
        if order.state != "sale":
            return [self.env._("the order %s is not confirmed: the credit rules may hold it", order.name)]
        if made.product_uom_id.compare(made.qty_delivered, made.product_uom_qty) < 0:
            return [self.env._("%s is not delivered completely", order.name)]
        return []

    @api.depends(
        "is_done", "remedy_id.step", "credit_move_id", "order_line_id", "repair_id", "return_move_ids"
    )
    def _compute_progress(self):
        for line in self:
            points = line._open_points() if line.remedy_id.step == "running" else []
            line.progress = "; ".join(points)

    # Taking back

    def _undo_documents(self):
        """Cancel what was made for lines and is not posted, received, delivered or repaired yet.

        :raises RemedyStepError: when one of the documents cannot be taken back
        """
        final = [word for line in self for word in line._final_documents()]
        if final:
            raise RemedyStepError(
                self.env._(
                    "This was carried out already and cannot be taken back here: %s. Reverse it in its own document "
                    "first.",
                    ", ".join(final),
                )
            )
        self.env["stock.picking"].union(
            *(move.picking_id for move in self.return_move_ids if move.state != "cancel")
        ).action_cancel()
        drafts = self.credit_move_id.filtered(lambda move: move.state == "draft")
        drafts.button_cancel()
        orders = self.order_line_id.order_id.filtered(lambda order: order.state != "cancel")
        orders._action_cancel()
        self.repair_id.filtered(lambda repair: repair.state not in ("done", "cancel")).action_repair_cancel()

    def _final_documents(self):
        """Return the names of documents of a line that have taken effect."""
        self.ensure_one()
        credit = self.credit_move_id.filtered(
            lambda move: move.state == "posted" and move.payment_state != "reversed"
        )
        back = self.return_move_ids.filtered(lambda move: move.state == "done").picking_id
        sent = self.order_line_id.filtered(lambda line: line.qty_delivered).order_id
        repaired = self.repair_id.filtered(lambda repair: repair.state == "done")
        return [document.name for found in (credit, back, sent, repaired) for document in found]

    def _undone(self):
        """Tell the complaints that a document of theirs was taken back, and carry out again."""
        for complaint, lines in self.filtered(lambda line: not line.is_done).grouped("complaint_id").items():
            running = lines.filtered(lambda line: line.remedy_id.step == "running")
            if running:
                complaint._remedy_undone(running)
