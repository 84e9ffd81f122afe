from odoo import models
from odoo.tools import format_amount

from odoo.addons.customer_management.tools.living_text import table

from .penalty_deduction import LEGAL_PART


class CustomerPolicySetting(models.Model):
    """What policies read from remedies and penalties of complaints."""

    _inherit = "customer.policy.setting"

    def _setting_complaint_remedy_authority(self, company):
        """Return the table of who approves up to which total of a complaint."""
        rules = (
            self.env["customer.approval.rule"]
            .sudo()
            .search(
                [
                    ("model_id.model", "=", "customer.complaint.remedy"),
                    ("company_id", "in", (False, company.id)),
                ],
                order="amount_min, sequence",
            )
        )
        if not rules:
            return self.env._("Who handles the complaint decides, whatever the amount.")
        money = company.currency_id
        rows = []
        if rules[0].amount_min:
            last = format_amount(self.env, rules[0].amount_min - money.rounding, money)
            rows.append([self.env._("up to %s", last), self.env._("Who handles it")])
        for rule in rules:
            start = self.env._("from %s", format_amount(self.env, rule.amount_min, money))
            last = format_amount(self.env, rule.amount_max - money.rounding, money)
            end = rule.amount_max and self.env._("up to %s", last)
            rows.append([f"{start} {end}" if end else start, rule.name])
        return table([self.env._("Total of the Complaint"), self.env._("Approved By")], rows)

    def _setting_complaint_credit_days(self, company):
        """Return within how many working days a credit note of a complaint is posted."""
        return str(company.customer_complaint_credit_days)

    def _setting_complaint_dispute(self, company):
        """Return when the contested amount becomes a dispute on the invoice."""
        if company.customer_complaint_dispute == "confirm":
            return self.env._("as soon as the facts are confirmed")
        return self.env._("when who handles the complaint says so")

    def _setting_complaint_penalty_mode(self, company):
        """Return whether penalties are points or money, and within which limits."""
        if company.customer_complaint_penalty_mode == "points":
            return self.env._("points of the appraisal only; nothing is deducted from anybody's pay")
        return self.env._(
            "deducted from the bonus: at most %(bonus)s %% of the month's bonus and %(legal)s %% of the month's wage, "
            "and never so that less than the minimum wage is left; the rest is carried over",
            bonus=f"{company.customer_complaint_bonus_cap:g}",
            legal=LEGAL_PART,
        )

    def _setting_complaint_penalty_table(self, company):
        """Return the table of penalties by the loss for each base point."""
        rules = (
            self.env["customer.complaint.penalty.rule"]
            .sudo()
            .search([("company_id", "in", (False, company.id))], order="amount_min")
        )
        rules = rules.filtered("company_id") or rules
        if not rules:
            return None
        measures = dict(rules._fields["measure"]._description_selection(self.env))
        rows = [
            [
                format_amount(self.env, rule.amount_min, company.currency_id),
                measures[rule.measure],
                f"{rule.points:g}",
            ]
            for rule in rules
        ]
        head = [
            rules._fields[name]._description_string(self.env) for name in ("amount_min", "measure", "points")
        ]
        return table(head, rows)
