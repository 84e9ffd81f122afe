from odoo import models


class AccountMove(models.Model):
    """Nobody is reminded of an invoice as long as a part of it is disputed."""

    _inherit = "account.move"

    def _customer_dunning_paused(self):
        """Hook: return those of these invoices that are not dunned for now: an open dispute pauses them."""
        disputed = (
            self.env["customer.dispute"]
            .sudo()
            ._read_group([("move_id", "in", self.ids), ("state", "!=", "settled")], ["move_id"])
        )
        return self.browse(move.id for (move,) in disputed)
