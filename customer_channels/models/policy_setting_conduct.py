from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from how dealers are watched."""

    _inherit = "customer.policy.setting"

    def _label(self, record, name):
        """Return the label of what a selection field says."""
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], "")

    def _setting_channel_concentration(self, company):
        """Return from which part of the channel on single dealers are too large."""
        return self.env._(
            "one dealer more than %(one)s %% or three dealers more than %(three)s %% of the sales of all dealers",
            one=f"{company.root_id.customer_dealer_share_limit:g}",
            three=f"{company.root_id.customer_dealer_top_limit:g}",
        )

    def _setting_dealer_targets_rules(self, company):
        """Return how targets are counted."""
        return self.env._(
            "what was invoiced, untaxed and less returns, or what was collected, as each target says; for a part of a "
            "period, the part of the target for its days"
        )

    def _setting_dealer_deposit_rules(self, company):
        """Return when a deposit is topped up, and from what it is paid back."""
        return self.env._(
            "the amount of the contract; topped up within %(days)s days after a deduction; deducted by decided cases "
            "only; paid back when all checks of the exit are met; kept as a liability, never as revenue",
            days=company.root_id.customer_dealer_topup_days,
        )

    def _setting_violation_ladder(self, company):
        """Return the table of what follows from which case."""
        rules = self.env["customer.dealer.penalty.rule"].search(
            [("company_id", "in", [company.root_id.id, False])]
        )
        if not rules:
            return None
        names = rules._fields
        head = [
            names[name]._description_string(self.env)
            for name in ("name", "deposit_percent", "rebate", "consequence", "stop_days")
        ]
        rows = [
            [
                rule.name,
                f"{rule.deposit_percent:g}",
                self._label(rule, "rebate"),
                self._label(rule, "consequence"),
                str(rule.stop_days or ""),
            ]
            for rule in rules
        ]
        return table(head, rows)

    def _setting_territory_actions(self, company):
        """Return what happens to orders outside the territory and below the price floor."""
        root = company.root_id
        return self.env._(
            "outside the territory: %(territory)s; below the price floor: %(floor)s",
            territory=self._label(root, "customer_dealer_territory_action"),
            floor=self._label(root, "customer_dealer_floor_action"),
        )

    def _setting_stock_months_limit(self, company):
        """Return how many months of stock are too many."""
        return f"{company.root_id.customer_dealer_stock_months:g}"

    def _setting_exit_phases(self, company):
        """Return the table of the checks of an exit by phase."""
        checks = self.env["customer.dealer.exit.check"].search(
            [("company_id", "in", [company.root_id.id, False])]
        )
        if not checks:
            return None
        head = [checks._fields[name]._description_string(self.env) for name in ("phase", "name", "kind")]
        rows = [[self._label(check, "phase"), check.name, self._label(check, "kind")] for check in checks]
        return table(head, rows)

    def _setting_funding_rule(self, company):
        """Return how the funds of a dealer are judged."""
        return self.env._(
            "its purchases of %(days)s days must not be more than its own funds and its credit limit together",
            days=company.root_id.customer_dealer_store_days,
        )
