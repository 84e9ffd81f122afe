from odoo import api, models


class AccountMove(models.Model):
    """Deposits, settlements of rebates and returns follow their entries."""

    _inherit = "account.move"

    @api.model
    def _state_followers(self):
        """Override of `customer_credit`: their states are computed from that of the entry."""
        return [
            *super()._state_followers(),
            (
                "customer.dealer.deposit",
                "move_id",
                lambda move: move.move_type == "entry" and not move.origin_payment_id,
            ),
            (
                "customer.dealer.rebate.statement",
                "move_id",
                lambda move: move.sudo().invoice_line_ids.rebate_statement_id,
            ),
            ("customer.dealer.return", "refund_id", lambda move: move.move_type == "out_refund"),
        ]
