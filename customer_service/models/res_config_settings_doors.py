from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """How complaints come in, on the page of the settings."""

    _inherit = "res.config.settings"

    complaint_reopen_days = fields.Integer(related="company_id.complaint_reopen_days", readonly=False)
    complaint_acknowledge = fields.Boolean(related="company_id.complaint_acknowledge", readonly=False)
    complaint_thanks = fields.Text(related="company_id.complaint_thanks", readonly=False)
    complaint_portal = fields.Boolean(related="company_id.complaint_portal", readonly=False)
    complaint_web = fields.Boolean(related="company_id.complaint_web", readonly=False)
    complaint_web_limit = fields.Integer(related="company_id.complaint_web_limit", readonly=False)
    complaint_file_size = fields.Integer(related="company_id.complaint_file_size", readonly=False)
    complaint_file_count = fields.Integer(related="company_id.complaint_file_count", readonly=False)
    complaint_file_types = fields.Char(related="company_id.complaint_file_types", readonly=False)
