from datetime import datetime, time

from pytz import timezone

from odoo import fields, models


class ResCompany(models.Model):
    """What a company promises for its goods and its work, and when it writes to customers."""

    _inherit = "res.company"

    customer_warranty_months = fields.Integer(
        "Warranty of Products (Months)",
        default=12,
        help="Where neither the product nor its categories say otherwise; 0: none.",
    )
    customer_work_warranty_days = fields.Integer(
        "Warranty of Work (Days)", default=90, help="So long after it was done a service request is reopened."
    )
    customer_labour_product_id = fields.Many2one(
        "product.product",
        string="Hours Are Sold As",
        domain="[('type', '=', 'service')]",
        ondelete="restrict",
        check_company=True,
    )
    customer_care_hour_from = fields.Float("E-mails From", default=9.0, help="Before, nobody is written to.")
    customer_care_hour_to = fields.Float("E-mails Until", default=20.0, help="Later, it waits for tomorrow.")

    _customer_service_days = models.Constraint(
        "CHECK(customer_warranty_months >= 0 AND customer_work_warranty_days >= 0)",
        "Months and days of warranty are not negative.",
    )
    _customer_care_hours = models.Constraint(
        "CHECK(customer_care_hour_from >= 0 AND customer_care_hour_to <= 24"
        " AND customer_care_hour_from < customer_care_hour_to)",
        "E-mails are sent from one hour of the day until a later one.",
    )

    def _working_day(self, days, start=None):
        """Return the last of so many working days after a day.

        :param start: the day that does not count; today by default
        """
        start = start or fields.Date.context_today(self)
        calendar = self.resource_calendar_id
        # From the end of the day: the first working day is the next one.
        evening = timezone(calendar.tz or "UTC").localize(datetime.combine(start, time.max))
        end = days and calendar and calendar.plan_days(days, evening, compute_leaves=True)
        return end.date() if end else fields.Date.add(start, days=days)
