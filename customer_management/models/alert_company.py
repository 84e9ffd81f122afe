from odoo import fields, models


class ResCompany(models.Model):
    """From how many points on a customer needs attention or is in danger."""

    _inherit = "res.company"

    customer_alert_warning = fields.Integer(string="Warning From", default=30)
    customer_alert_danger = fields.Integer(string="Danger From", default=60)

    customer_alert_answer_days = fields.Integer(
        string="Days to Answer an Alert", default=5, help="The activity of a new alert is due then."
    )

    _customer_alert_answer_positive = models.Constraint(
        "CHECK(customer_alert_answer_days >= 0)", "The days to answer an alert cannot be negative."
    )
    _customer_alert_levels = models.Constraint(
        "CHECK(customer_alert_warning > 0 AND customer_alert_danger >= customer_alert_warning)",
        "The warning begins above 0 points, and danger does not begin below the warning.",
    )
