from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The thresholds of the alert level of the company."""

    _inherit = "res.config.settings"

    customer_alert_warning = fields.Integer(related="company_id.customer_alert_warning", readonly=False)
    customer_alert_danger = fields.Integer(related="company_id.customer_alert_danger", readonly=False)
    customer_alert_answer_days = fields.Integer(
        related="company_id.customer_alert_answer_days", readonly=False
    )
