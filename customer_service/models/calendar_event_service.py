from odoo import fields, models


class CalendarEvent(models.Model):
    """Meetings know which service visits they stand for."""

    _inherit = "calendar.event"

    customer_visit_ids = fields.One2many("customer.service.visit", "event_id")
