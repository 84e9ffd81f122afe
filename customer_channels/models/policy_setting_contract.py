from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from contracts with dealers and their conditions."""

    _inherit = "customer.policy.setting"

    def _setting_contract_renewal_days(self, company):
        """Return how many days before its end the renewal of a contract is looked at."""
        return str(company.customer_contract_renewal_days)

    def _setting_contract_deposit_grace_days(self, company):
        """Return after how many days without its deposit a dealer is suspended."""
        return str(company.customer_contract_deposit_days)

    def _setting_contract_kinds(self, company):
        """Return a table of the kinds of contracts with the number of their clauses."""
        kinds = self.env["customer.dealer.contract"]._fields["kind"]._description_selection(self.env)
        counts = dict(
            self.env["customer.dealer.clause"]._read_group(
                [("company_id", "in", [False, company.id])], ["kind"], ["__count"]
            )
        )
        head = [self.env._("Kind of Contract"), self.env._("Clauses")]
        return table(head, [[name, counts.get(kind, 0)] for kind, name in kinds])

    def _setting_condition_extensions(self, company):
        """Return in words how long a condition may take with its extensions, such as 3 + 1 + 1 months."""
        months = [company.customer_condition_months]
        months += [company.customer_condition_extension_months] * company.customer_condition_extensions
        return self.env._("%s months", " + ".join(map(str, months)))
