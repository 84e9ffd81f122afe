from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """By which hours the promises of customer service run, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_service_calendar_id = fields.Many2one(
        related="company_id.resource_calendar_id", string="Working Hours of the Company"
    )
