from datetime import time

from odoo import models
from odoo.tools import format_time


class CustomerPolicySetting(models.Model):
    """What policies read from direct selling and from deal registration."""

    _inherit = "customer.policy.setting"

    def _direct_types(self, company):
        return self._of_company("customer.dealer.type", company).filtered("is_direct")

    def _each(self, company, values):
        """Return the value of the direct types: once when all agree, else with their names."""
        types = self._direct_types(company)
        words = [(kind.name, values(kind)) for kind in types]
        if not words:
            return None
        if len({word for _name, word in words}) == 1:
            return words[0][1]
        return ", ".join(f"{name}: {word}" for name, word in words)

    def _setting_direct_order_window(self, company):
        """Return the days and hours in which direct sellers may order."""
        return self._each(company, self._window_words)

    def _window_words(self, kind):
        rows = kind.sudo().order_calendar_id.attendance_ids
        if not rows:
            return self.env._("at any time")
        days = dict(rows._fields["dayofweek"]._description_selection(self.env))
        return ", ".join(
            f"{days[row.dayofweek]} {self._hour(row.hour_from)}–{self._hour(row.hour_to)}"
            for row in rows.sorted(lambda row: (row.dayofweek, row.hour_from))
        )

    def _hour(self, hour):
        whole, part = divmod(round(hour * 60), 60)
        return format_time(self.env, time(whole % 24, part), time_format="short")

    def _setting_direct_return_days(self, company):
        """Return within how many days after delivery goods may come back."""
        return self._each(company, lambda kind: str(kind.return_days))

    def _setting_direct_return_workdays(self, company):
        """Return within how many working days a return is handled."""
        return self._each(company, lambda kind: str(kind.return_workdays))

    def _setting_direct_commission_cap(self, company):
        """Return the highest commission of direct sellers."""
        return self._each(company, lambda kind: f"{kind.commission_cap:.0%}")

    def _setting_deal_days(self, company):
        """Return for how many days a deal is protected."""
        return str(company.customer_deal_days)

    def _setting_deal_extensions(self, company):
        """Return how often and by how many days a protection is extended."""
        return self.env._(
            "%(number)s times by %(days)s days",
            number=company.customer_deal_extensions,
            days=company.customer_deal_extension_days,
        )
