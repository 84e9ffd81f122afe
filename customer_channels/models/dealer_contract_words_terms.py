from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerDealerContract(models.Model):
    """What the codes in clauses stand for: prices, payment, deposit, days and shares."""

    _inherit = "customer.dealer.contract"

    def _clause_pricelist(self):
        return self.pricelist_id.name or self.env._("our price list for dealers as it is in force")

    def _clause_payment_terms(self):
        return self.payment_term_id.name or self.env._("payment before delivery")

    def _clause_deposit_amount(self):
        return self._words_money(self.deposit_amount)

    def _clause_deposit_topup_days(self):
        return str(self.deposit_topup_days)

    def _clause_credit_limit(self):
        account = self.env["customer.credit.account"].sudo()
        own = account._of(self.partner_id, self.company_id).get(self.partner_id.id)
        limit = own._limits()[own] if own else None
        if limit is None:
            return self.env._("as granted by separate notice")
        return self._words_money(limit)

    def _clause_target_table(self):
        return self._target_table() or self.env._("as agreed in the annex")

    def _clause_rebate_table(self):
        return self._rebate_table() or self.env._("as agreed in the annex")

    def _clause_commission_table(self):
        if not self.commission_ids:
            return self.env._("as agreed in the annex")
        rows = [
            [line.categ_id.display_name or self.env._("all goods"), f"{line.rate:g} %", line.note or ""]
            for line in self.commission_ids
        ]
        return table([self.env._("Goods"), self.env._("Commission"), self.env._("Remark")], rows)

    def _clause_order_day(self):
        return dict(self._fields["order_day"]._description_selection(self.env)).get(
            self.order_day, self.env._("any working day")
        )

    def _clause_minimum_order(self):
        return self._words_money(self.minimum_order)

    def _clause_inspection_days_visible(self):
        return str(self.inspection_days_visible)

    def _clause_inspection_days_hidden(self):
        return str(self.inspection_days_hidden)

    def _clause_interest_rate(self):
        return f"{self.interest_rate:g}"

    def _clause_price_notice_days(self):
        return str(self.price_notice_days)

    def _clause_report_day(self):
        return str(self.report_day)

    def _clause_renewal_months(self):
        return str(self.renewal_months)

    def _clause_termination_months_without_order(self):
        return str(self.termination_months_without_order)

    def _clause_swap_percent(self):
        return f"{self.swap_percent:g}"

    def _clause_swap_months(self):
        return str(self.swap_months)

    def _clause_early_exit_months(self):
        return str(self.early_exit_months)

    def _clause_stock_buyback_words(self):
        if not self.buys_stock_back:
            return self.env._("the company does not buy it back")
        return self.env._(
            "the company buys saleable goods back at %s %% of what the dealer paid, less wear",
            f"{self.stock_buyback_percent:g}",
        )

    def _clause_settlement_days(self):
        return str(self.settlement_days)
