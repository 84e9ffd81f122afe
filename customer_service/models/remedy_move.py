from odoo import api, fields, models

from .remedy_credit_activity import TYPE


class AccountMove(models.Model):
    """Credit notes of complaints: never more than was approved, and their remedies follow them."""

    _inherit = "account.move"

    complaint_remedy_line_ids = fields.One2many(
        "customer.complaint.remedy.line",
        "credit_move_id",
        string="Remedies",
        groups="customer_service.group_service_user,customer_management.group_customer_user",
    )

    @api.model
    def _state_followers(self):
        """Override of `customer_credit`: remedies follow their credit notes, costs of complaints their bills."""
        return [
            *super()._state_followers(),
            ("customer.complaint.remedy.line", "credit_move_id", lambda move: move.move_type == "out_refund"),
            (
                "customer.complaint.cost",
                "move_id",
                lambda move: move.is_purchase_document(include_receipts=True),
            ),
        ]

    def _post(self, soft=True):
        """Override of `account`: a credit note gives no more than was approved, and is no more to be posted.

        :raises RemedyAmountError: when it gives more
        """
        refunds = self.filtered(lambda move: move.move_type == "out_refund")
        for credit, lines in refunds._complaint_lines().grouped("credit_move_id").items():
            lines._ensure_total(credit)
        posted = super()._post(soft)
        (posted & refunds)._complaint_asked_no_more()
        return posted

    def button_draft(self):
        """Override of `account`: a remedy whose credit note is a draft again is not carried out any more."""
        lines = self._complaint_lines()
        result = super().button_draft()
        lines._undone()
        return result

    def button_cancel(self):
        """Override of `account`: a remedy whose credit note is cancelled is not carried out any more."""
        lines = self._complaint_lines()
        result = super().button_cancel()
        lines._undone()
        self.filtered(lambda move: move.move_type == "out_refund")._complaint_asked_no_more()
        return result

    def _complaint_lines(self):
        """Return the lines of remedies that these credit notes carry out, as the system."""
        lines = self.env["customer.complaint.remedy.line"].sudo()
        return lines.search([("credit_move_id", "in", self.ids)]) if self.ids else lines

    def _complaint_asked_no_more(self):
        """Take away what asked somebody to post these credit notes."""
        if self:
            self.sudo().activity_unlink([TYPE])
