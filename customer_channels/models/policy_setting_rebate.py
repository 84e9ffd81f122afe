from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies and contracts read from the rebate plans and their settings."""

    _inherit = "customer.policy.setting"

    def _rebate_plans(self, company):
        return self.env["customer.dealer.rebate.plan"].search([("company_id", "=", company.root_id.id)])

    def _setting_rebate_rules(self, company):
        """Return the table of the rebate plans: period, base, rates, conditions."""
        return self._rebate_plans(company)._plans_table()

    def _setting_rebate_settlement_bands(self, company):
        """Return the table of the collection bands of the plans that pay by collection days."""
        plans = self._rebate_plans(company).filtered("band_ids")
        if not plans:
            return None
        rows = [[plan.name, plan._bands_text()] for plan in plans]
        return table([self.env._("Rebate"), self.env._("Paid By Collection Days")], rows)

    def _setting_rebate_accounts(self, company):
        """Return in which accounts rebates are accrued and settled."""
        root = company.root_id
        accrued, reduced = root.customer_rebate_accrual_account_id, root.customer_rebate_revenue_account_id
        if not accrued or not reduced:
            return None
        return self.env._(
            "each month to “%(reduced)s” against “%(accrued)s”, which the settlement clears",
            reduced=reduced.display_name,
            accrued=accrued.display_name,
        )
