from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from the credit rules, and from the ladder of releases."""

    _inherit = "customer.policy.setting"

    def _setting_credit_rules(self, company):
        """Return the table of the active rules: what is checked, from when on, what follows, and where."""
        rules = self.env["customer.credit.rule"].search([("company_id", "in", [company.id, False])])
        if not rules:
            return None
        names = rules._fields
        kinds = dict(names["kind"]._description_selection(self.env))
        actions = dict(names["action"]._description_selection(self.env))
        head = [names[name]._description_string(self.env) for name in ("name", "kind", "threshold", "action")]
        rows = [
            [
                rule.name,
                kinds[rule.kind],
                rule._threshold_text(company),
                actions[rule.action],
                rule._places_text(),
            ]
            for rule in rules
        ]
        return table([*head, self.env._("Where")], rows)

    def _setting_credit_release_ladder(self, company):
        """Return the table of the levels of a hold, and who releases each."""
        low = f"{company.customer_credit_release_low:g}"
        middle = f"{company.customer_credit_release_middle:g}"
        days = company.customer_credit_release_overdue
        levels = {
            "low": self.env._("up to %s %% over the limit", low),
            "middle": self.env._("up to %s %% over the limit", middle),
            "high": self.env._(
                "more than %(percent)s %% over the limit, or more than %(days)s days overdue",
                percent=middle,
                days=days,
            ),
        }
        holds = self.env["customer.credit.hold"]
        labels = dict(holds._fields["ladder"]._description_selection(self.env))
        rows = [[labels[level], text, self._deciders(level, company)] for level, text in levels.items()]
        return table([self.env._("Level"), self.env._("Excess"), self.env._("Who Decides")], rows)

    def _deciders(self, level, company):
        """Return the names of the steps that decide holds of a level."""
        rules = self.env["customer.approval.rule"].search(
            [
                ("model_id.model", "=", "customer.credit.hold"),
                ("company_id", "in", [company.id, False]),
                ("domain", "like", f'"{level}"'),
            ]
        )
        names = [
            rule.group_id.full_name or ", ".join(rule.user_ids.mapped("name")) or rule.name for rule in rules
        ]
        return "; ".join(names) or self.env._("nobody")

    def _setting_credit_release_days(self, company):
        """Return how many days a release is good for, when nobody says otherwise."""
        return str(company.customer_credit_release_days)
