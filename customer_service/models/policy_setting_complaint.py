from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from how complaints are taken in and decided."""

    _inherit = "customer.policy.setting"

    def _selection_label(self, record, name):
        """Return the label of what a selection field says."""
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], "")

    def _setting_complaint_stages(self, company):
        """Return the stages of a complaint, in order (B10)."""
        labels = self.env["customer.complaint"]._fields["stage"]._description_selection(self.env)
        return " → ".join(label for _code, label in labels)

    def _setting_complaint_evidence(self, company):
        """Return the table of the kinds with their days and the evidence that each requires."""
        kinds = self.env["customer.complaint.kind"].search([("company_id", "in", [company.id, False])])
        if not kinds:
            return None
        head = [kinds._fields[name]._description_string(self.env) for name in ("name", "default_days")]
        rows = [
            [
                kind.name,
                str(kind.default_days),
                "; ".join(kind.evidence_ids.filtered("is_required").mapped("name")) or "–",
            ]
            for kind in kinds
        ]
        return table([*head, self.env._("Required Evidence")], rows)

    def _setting_complaint_authority(self, company):
        """Return the table of who takes which step of a complaint."""
        rows = self.env["customer.complaint.authority"].search([("company_id", "in", [company.id, False])])
        if not rows:
            return None
        names = ("step", "severity", "who")
        head = [rows._fields[name]._description_string(self.env) for name in names]
        lines = [[self._selection_label(row, name) or self.env._("any") for name in names] for row in rows]
        return table(head, lines)

    def _setting_complaint_repeat(self, company):
        """Return within how many days a complaint that comes back counts as repeated."""
        return str(company.customer_complaint_repeat_days)

    def _setting_complaint_departments(self, company):
        """Return the table of the departments that each kind asks, in their turn, with their days."""
        rows = self.env["customer.complaint.department"].search([("company_id", "in", [company.id, False])])
        if not rows:
            return None
        head = [
            rows._fields[name]._description_string(self.env) for name in ("kind_id", "department_id", "days")
        ]
        return table(head, [[row.kind_id.name, row.department_id.name, f"{row.days:g}"] for row in rows])
