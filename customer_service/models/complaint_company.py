from odoo import fields, models


class ResCompany(models.Model):
    """How long a complaint that comes back counts as repeated."""

    _inherit = "res.company"

    customer_complaint_repeat_days = fields.Integer(
        "Repeated Within (Days)",
        default=90,
        required=True,
        help="A complaint of the same customer about the same product or cause within these days is repeated.",
    )

    _complaint_repeat_positive = models.Constraint(
        "CHECK(customer_complaint_repeat_days > 0)", "Repeated complaints are counted over at least one day."
    )


class ResConfigSettings(models.TransientModel):
    """How complaints are counted, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_complaint_repeat_days = fields.Integer(
        related="company_id.customer_complaint_repeat_days", readonly=False
    )
