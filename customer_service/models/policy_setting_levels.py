from odoo import models

from odoo.addons.customer_management.tools.living_text import table

from .complaint_finding import SEVERITIES


class CustomerPolicySetting(models.Model):
    """What policies read from the service levels."""

    _inherit = "customer.policy.setting"

    def _promise(self, level, promise):
        """Return a promise in words, such as “24 h”."""
        unit = level[f"{promise}_unit"]
        length = level["update_every" if promise == "update" else promise]
        if unit == "none":
            return "–"
        if unit == "hours":
            return self.env._("%s h", f"{length:g}")
        return self.env._("%s working days", f"{length:g}")

    def _setting_service_levels(self, company):
        """Return the table of the promised times; None when nothing is promised."""
        levels = self.env["customer.service.level"]._of_company(company, "complaint").with_env(self.env)
        if not levels:
            return None
        names = ("name", "grade_id", "severity", "response", "update_every", "resolution", "is_by_clock")
        head = [levels._fields[name]._description_string(self.env) for name in names]
        severities = dict(levels._fields["severity"]._description_selection(self.env))
        rows = [
            [
                level.name,
                level.grade_id.sudo().name or "",
                severities.get(level.severity, ""),
                *(self._promise(level, promise) for promise in ("response", "update", "resolution")),
                self.env._("Yes") if level.is_by_clock else "",
            ]
            for level in levels
        ]
        return table(head, rows)

    def _setting_complaint_response_hours(self, company):
        """Return by when complaints of each severity are answered; None when that is not promised."""
        levels = self.env["customer.service.level"]._of_company(company, "complaint").with_env(self.env)
        severities = dict(levels._fields["severity"]._description_selection(self.env))
        said = []
        for severity, _label in SEVERITIES:
            level = levels._best({"severity": severity})
            if level and level.response_unit != "none":
                said.append(f"{severities[severity]}: {self._promise(level, 'response')}")
        return "; ".join(said) or None

    def _setting_complaint_steps_days(self, company):
        """Return the table of the working days of each stage."""
        limits = self.env["customer.complaint.step.limit"].search([("company_id", "in", [company.id, False])])
        if not limits:
            return None
        head = [
            limits._fields[name]._description_string(self.env) for name in ("stage", "department_id", "days")
        ]
        labels = dict(limits._fields["stage"]._description_selection(self.env))
        rows = [
            [labels[limit.stage], limit.department_id.sudo().name or "", f"{limit.days:g}"]
            for limit in limits
        ]
        return table(head, rows)

    def _setting_complaint_escalation(self, company):
        """Return who is told at which part of the promised time."""
        steps = self.env["customer.service.escalation"]._of_company(company).with_env(self.env)
        labels = dict(steps._fields["recipient"]._description_selection(self.env))
        return "; ".join(f"{step.percent} %: {labels[step.recipient]}" for step in steps) or None
