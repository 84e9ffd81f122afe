from odoo import api, fields, models


class CustomerDisputeSettlement(models.TransientModel):
    """How a dispute ends: by a credit note, by rejection, or because the customer withdraws it."""

    _name = "customer.dispute.settlement"
    _description = "Settlement of a Dispute"

    dispute_id = fields.Many2one("customer.dispute", required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="dispute_id.currency_id")
    outcome = fields.Selection(
        [
            ("credit", "The customer is right: credit note"),
            ("rejected", "The customer is not right: rejected"),
            ("withdrawn", "The customer does not insist: withdrawn"),
        ],
        required=True,
        default="credit",
    )
    amount = fields.Monetary(
        string="Amount to Credit", compute="_compute_amount", store=True, readonly=False, precompute=True
    )
    note = fields.Text(string="Reason")

    @api.depends("dispute_id")
    def _compute_amount(self):
        for settlement in self:
            settlement.amount = settlement.dispute_id.amount

    def action_settle(self):
        """Settle the dispute; a credit note opens as a draft, and the dispute ends when it is posted.

        :raises DisputeStateError: when it is settled already, or a rejection gives no reason
        :raises DisputeAmountError: when the amount to credit is not between 0 and what is open
        """
        self.ensure_one()
        if self.outcome == "credit":
            credit = self.dispute_id._make_credit_note(self.amount, self.note)
            return credit._get_records_action(name=self.env._("Credit Note"))
        self.dispute_id._settle(self.outcome, self.note)
        return {"type": "ir.actions.act_window_close"}
