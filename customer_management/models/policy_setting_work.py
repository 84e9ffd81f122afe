from odoo import models

from ..tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from alerts, plans, assessments and approvals."""

    _inherit = "customer.policy.setting"

    def _of_company(self, model, company):
        """Return the active records of a model that hold in a company."""
        return self.env[model].search([("company_id", "in", [company.id, False])])

    def _setting_alert_rules(self, company):
        """Return a table of the signals: points, who decides it, and after how long it ends by itself."""
        rules = self._of_company("customer.alert.rule", company)
        if not rules:
            return None
        by_system, by_people = self.env._("by the system, daily"), self.env._("by whoever sees it")
        rows = [
            [
                rule.name,
                f"{rule.points} ★" if rule.is_danger else str(rule.points),
                by_people if rule.is_manual else by_system,
                "–" if rule.is_manual else self.env._("%s days", rule.cure_days),
            ]
            for rule in rules
        ]
        head = [
            self.env._("Signal"),
            self.env._("Points"),
            self.env._("Noticed"),
            self.env._("Ends when untrue for"),
        ]
        return table(head, rows)

    def _setting_alert_warning_points(self, company):
        """Return from how many points on a customer is in warning."""
        return str(company.customer_alert_warning)

    def _setting_alert_danger_points(self, company):
        """Return from how many points on a customer is in danger."""
        return str(company.customer_alert_danger)

    def _setting_alert_answer_days(self, company):
        """Return within how many days an alert has to be answered."""
        return str(company.customer_alert_answer_days)

    def _setting_plan_kinds(self, company):
        """Return a table of the kinds of plans with the figure that their goals are set in."""
        kinds = self.env["customer.plan.kind"].search([("active", "=", True)])
        if not kinds:
            return None
        rows = [
            [kind.name, kind.metric_id.name or "–", self.env._("%s days", kind.duration)] for kind in kinds
        ]
        head = [self.env._("Kind of Plan"), self.env._("Goal Set In"), self.env._("Usual Duration")]
        return table(head, rows)

    def _setting_promotion_conclusions(self, company):
        """Return a table of the conclusions of the promotion assessment with the scores they begin at."""
        template = self.env.ref(
            "customer_management.assessment_template_key_account", raise_if_not_found=False
        )
        conclusions = template and template.conclusion_ids
        if not conclusions:
            return None
        rows = [[row.name, f"{row.limit:g}", row.advice or ""] for row in conclusions]
        return table([self.env._("Conclusion"), self.env._("Score"), self.env._("What Follows")], rows)

    def _setting_grade_lock_months(self, company):
        """Return for how many months at most a grade by request holds; None without a bound."""
        months = self._scheme(company).lock_months
        return str(months) if months else None

    def _setting_approval_rules(self, company):
        """Return a table of the requests with the steps that decide them."""
        rules = self._of_company("customer.approval.rule", company)
        if not rules:
            return None
        kinds = dict(rules._fields["approver_kind"]._description_selection(self.env))
        rows = [
            [
                rule.model_id.name,
                rule.name,
                rule.group_id.name or ", ".join(rule.user_ids.mapped("name")) or kinds[rule.approver_kind],
                self.env._("%s days", rule.days),
            ]
            for rule in rules.sorted(lambda rule: (rule.model_id.name, rule.sequence, rule.id))
        ]
        head = [
            self.env._("Request"),
            self.env._("Step"),
            self.env._("Decided By"),
            self.env._("Within"),
        ]
        return table(head, rows)
