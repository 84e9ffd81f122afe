from odoo import models


class StockMove(models.Model):
    """Returns of dealers follow the goods that come back."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Override of `stock`: what came back is told to its return."""
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        pickings = moves.picking_id.filtered("return_id")
        if pickings:
            returns = self.env["customer.dealer.return"].sudo()
            returns.search([("return_picking_id", "in", pickings.ids)]).modified(["return_picking_id"])
        return moves
