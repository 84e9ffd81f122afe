from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from warranties and care."""

    _inherit = "customer.policy.setting"

    def _care_rules(self, company, *more):
        domain = [("company_id", "in", [company.id, False]), *more]
        return self.env["customer.care.rule"].search(domain)

    def _setting_care_rules(self, company):
        """Return the table of the occasions on which customers are cared for, and how."""
        rules = self._care_rules(company)
        if not rules:
            return None
        names = ("name", "kind", "channel")
        head = [rules._fields[name]._description_string(self.env) for name in names]
        words = {
            name: dict(rules._fields[name]._description_selection(self.env)) for name in ("kind", "channel")
        }
        return table(
            head, [[rule.name, words["kind"][rule.kind], words["channel"][rule.channel]] for rule in rules]
        )

    def _setting_warranty_months(self, company):
        """Return how many months the warranty runs where a product does not say otherwise."""
        return str(company.customer_warranty_months)

    def _setting_call_after_delivery_days(self, company):
        """Return from which to which day after the receipt customers are called."""
        return self._care_days(company, "delivery")

    def _setting_call_after_complaint_days(self, company):
        """Return from which to which day after the end of a complaint customers are called."""
        return self._care_days(company, "complaint")

    def _care_days(self, company, kind):
        rule = self._care_rules(company, ("kind", "=", kind))[:1]
        return f"{rule.day_from}-{rule.day_to}" if rule else None
