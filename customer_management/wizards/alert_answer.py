from odoo import fields, models


class CustomerAlertAnswer(models.TransientModel):
    """Acknowledge, mute or close alerts, with the words that belong to it."""

    _name = "customer.alert.answer"
    _description = "Answer to Alerts"

    alert_ids = fields.Many2many("customer.alert", string="Alerts", required=True)
    answer = fields.Selection(
        [("acknowledge", "Acknowledge"), ("mute", "Mute"), ("close", "Close")],
        required=True,
        readonly=True,
        default="acknowledge",
    )
    note = fields.Text(required=True)
    muted_until = fields.Date(
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=30),
        help="If the alert still fires after this day, it opens again.",
    )

    def action_answer(self):
        """Answer the alerts.

        :raises AlertStateError: when the note is blank, or an alert is in no state for it
        """
        self.ensure_one()
        if self.answer == "acknowledge":
            self.alert_ids._acknowledge(self.note)
        elif self.answer == "mute":
            self.alert_ids._mute(self.muted_until, self.note)
        else:
            self.alert_ids._close(self.note)
        return {"type": "ir.actions.act_window_close"}
