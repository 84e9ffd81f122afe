from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from how complaints are prevented and suggestions are handled."""

    _inherit = "customer.policy.setting"

    def _setting_capa_check_days(self, company):
        """Return after how many days it is checked whether an action helped."""
        return str(company.customer_service_check_days)

    def _setting_capa_needed(self, company):
        """Return which complaints are not closed without an action."""
        least = company.customer_service_action_severity
        severity = dict(company._fields["customer_service_action_severity"]._description_selection(self.env))[
            least
        ]
        kinds = self._of_company("customer.complaint.kind", company).filtered("needs_action")
        if not kinds:
            return severity
        return self.env._(
            "%(severity)s; of whatever severity: %(kinds)s",
            severity=severity,
            kinds=", ".join(kinds.mapped("name")),
        )

    def _setting_complaint_goal_satisfaction(self, company):
        """Return the goal of satisfaction after handling, of 100."""
        return f"{company.customer_service_goal_satisfaction:g}"

    def _setting_service_inspection_pass(self, company):
        """Return the score from which on an inspection of customer service is passed, of 100."""
        return f"{company.customer_service_inspection_pass:g}"

    def _setting_suggestion_days(self, company):
        """Return within how many working days a suggestion is answered."""
        return str(company.customer_service_suggestion_days)

    def _setting_suggestion_reward(self, company):
        """Return how a suggestion is rewarded."""
        percent = f"{company.customer_service_reward_percent:g}"
        if not company.customer_service_reward_max:
            return self.env._("%s %% of the benefit of the first year", percent)
        return self.env._(
            "%(percent)s %% of the benefit of the first year, at most %(most)s",
            percent=percent,
            most=company.currency_id.format(company.customer_service_reward_max),
        )

    def _setting_complaint_risks(self, company):
        """Return a table of possible complaints: process, impact, what prevents them, and who sees to it."""
        risks = self.env["customer.complaint.risk"].search([("company_id", "=", company.id)])
        if not risks:
            return None
        names = ("name", "process", "impact", "prevention", "department_id")
        head = [risks._fields[name]._description_string(self.env) for name in names]
        words = {
            name: dict(risks._fields[name]._description_selection(self.env)) for name in ("process", "impact")
        }
        rows = [
            [
                risk.name,
                words["process"][risk.process],
                words["impact"][risk.impact],
                risk.prevention or "–",
                risk.department_id.name or "–",
            ]
            for risk in risks
        ]
        return table(head, rows)
