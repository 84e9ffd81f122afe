from odoo import fields, models

from .service_clock_row import TARGETS
from .service_escalation import RECIPIENTS


class CustomerServiceReminderRow(models.AbstractModel):
    """That somebody was told that a promise is nearly or really broken. Written by the reminders, once each.

    A model of its own adds ``document_id``, ``clock_id`` and ``company_id`` (related, stored).
    """

    _name = "customer.service.reminder.row"
    _description = "Reminder"
    _order = "sent_on desc, id desc"
    _rec_name = "sent_on"

    target = fields.Selection(TARGETS, string="Promise", required=True, readonly=True)
    percent = fields.Integer("At (%)", required=True, readonly=True, help="Of the promised time.")
    recipient = fields.Selection(RECIPIENTS, string="Told As", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Told", required=True, readonly=True, ondelete="restrict")
    sent_on = fields.Datetime("Told On", required=True, readonly=True)

    _once = models.UniqueIndex("(clock_id, recipient)", "Each is told once of a promise.")
