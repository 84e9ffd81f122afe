from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from exposure, securities and disputes."""

    _inherit = "customer.policy.setting"

    def _setting_credit_exposure(self, company):
        """Return a table of what takes up credit, what frees it, and what is left out."""
        counts = self._exposure_counts(company)
        labels = self.env["customer.credit.exposure"]._exposure_labels()
        rows = [[name, counts.get(code, self.env._("counts"))] for code, name in labels.items()]
        return table([self.env._("What"), self.env._("In the Exposure")], rows)

    def _exposure_counts(self, company):
        """Return in words how each component counts in a company; one that is absent simply counts."""
        out, off = self.env._("is left out"), self.env._("is taken off")
        days = company.customer_credit_horizon
        horizon = self.env._("counts when due within %s days", days) if days else self.env._("counts")
        return {
            "advance": off,
            **({} if company.customer_credit_draft else {"draft": out}),
            **({"undelivered": horizon} if company.customer_credit_orders else {}),
            **({} if company.customer_credit_orders else {"delivered": out, "undelivered": out}),
            "disputed": off
            if company.customer_credit_disputed == "out"
            else self.env._("is not taken off: it counts until the dispute is settled"),
            "insured": off
            if company.customer_credit_insurance == "exposure"
            else self.env._("is not taken off"),
        }

    def _setting_credit_cover(self, company):
        """Return a table of the kinds of security with their haircuts and what they do."""
        kinds = self._of_company("customer.credit.security.kind", company)
        if not kinds:
            return None
        words = {
            name: dict(company._fields[f"customer_credit_{name}"]._description_selection(self.env))[
                company[f"customer_credit_{name}"]
            ]
            for name in ("cover", "insurance")
        }
        rows = [
            [
                kind.name,
                self.env._("what the insurer does not pay") if kind.is_insurance else f"{kind.haircut:g} %",
                words["insurance" if kind.is_insurance else "cover"],
                kind.note or "",
            ]
            for kind in kinds
        ]
        head = [self.env._("Kind"), self.env._("Haircut"), self.env._("What It Does"), self.env._("Look At")]
        return table(head, rows)

    def _setting_credit_cover_days(self, company):
        """Return how many days before a security expires its responsible is told."""
        return str(company.customer_credit_cover_days)

    def _setting_credit_dispute_reasons(self, company):
        """Return a table of the reasons of disputes: who clears them up, within how many working days."""
        reasons = self._of_company("customer.dispute.reason", company)
        if not reasons:
            return None
        departments = dict(reasons._fields["department"]._description_selection(self.env))
        rows = [
            [
                reason.code,
                reason.name,
                departments[reason.department],
                self.env._("%s working days", reason.days or company.customer_credit_dispute_days),
            ]
            for reason in reasons
        ]
        head = [self.env._("Code"), self.env._("Reason"), self.env._("Department"), self.env._("Within")]
        return table(head, rows)
