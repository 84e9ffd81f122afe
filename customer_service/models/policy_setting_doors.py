from odoo import models


class CustomerPolicySetting(models.Model):
    """What policies read of how complaints come in."""

    _inherit = "customer.policy.setting"

    def _setting_complaint_reopen_days(self, company):
        """Return when an answer opens a closed complaint again."""
        days = company.complaint_reopen_days
        if not days:
            return self.env._("an answer to a closed complaint opens a new one that comes after it")
        return self.env._(
            "an answer opens a closed complaint again within %s days, a mere thank-you does not; a later one opens a "
            "new complaint that comes after it",
            days,
        )

    def _setting_complaint_portal(self, company):
        """Return where customers can hand in complaints and follow them."""
        ways = [self.env._("by mail"), self.env._("through our staff")]
        if company.complaint_portal:
            ways.append(self.env._("in the portal, where they see how far each is"))
        if company.complaint_web and "website" in self.env:
            ways.append(self.env._("on the website"))
        return ", ".join(ways)

    def _setting_complaint_files(self, company):
        """Return which files customers may hand in."""
        return self.env._(
            "at most %(count)s files at a time of at most %(size)s MB each: %(kinds)s",
            count=company.complaint_file_count,
            size=company.complaint_file_size,
            kinds=company.complaint_file_types or "",
        )
