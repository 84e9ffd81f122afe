from odoo import models
from odoo.tools import format_date

from odoo.addons.customer_management.tools.living_text import table

BLANK = "____________"


class CustomerDealerContract(models.Model):
    """What the codes in clauses stand for: each returns text, or Markup for a table, in the contract's language."""

    _inherit = "customer.dealer.contract"

    def _words_day(self, day):
        return format_date(self.env, day) if day else BLANK

    def _words_money(self, amount):
        return self.env["customer.approval"]._format(amount, self.currency_id)

    def _words_address(self, partner):
        return " ".join(partner._display_address(without_company=True).split()) or BLANK

    def _months(self):
        """Return how long the contract runs in months; a month that is begun counts."""
        last, first = self.date_to, self.date_from
        months = (last.year - first.year) * 12 + last.month - first.month
        return months + (1 if last.day >= first.day else 0)

    # Parties

    def _clause_company_name(self):
        return self.company_id.name

    def _clause_company_address(self):
        return self._words_address(self.company_id.partner_id)

    def _clause_company_representative(self):
        return self.company_representative or BLANK

    def _clause_dealer_name(self):
        return self.partner_id.name

    def _clause_dealer_address(self):
        return self._words_address(self.partner_id)

    def _clause_dealer_representative(self):
        return self.dealer_representative or BLANK

    def _clause_dealer_tax_id(self):
        return self.partner_id.vat or BLANK

    def _clause_sub_dealer_name(self):
        return self.sub_dealer_id.partner_id.name or self.third_party or BLANK

    def _clause_third_party_name(self):
        return self._clause_sub_dealer_name()

    # The contract

    def _clause_contract_number(self):
        return self.name

    def _clause_contract_kind(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _clause_date_from(self):
        return self._words_day(self.date_from)

    def _clause_date_to(self):
        return self._words_day(self.date_to)

    def _clause_months(self):
        return str(self._months())

    def _clause_signed_on(self):
        return self._words_day(self.signed_on)

    def _clause_forum(self):
        return self.forum or self.company_id.city or self.company_id.name

    # Territory and goods

    def _clause_territory_table(self):
        if not self.territory_ids:
            return self.env._("no territory of its own")
        yes, no = self.env._("exclusive"), self.env._("not exclusive")
        rows = [
            [
                line.area_id.display_name,
                line._goods_words(),
                yes if line.is_exclusive else no,
                line.note or "",
            ]
            for line in self.territory_ids
        ]
        return table(
            [self.env._("Area"), self.env._("Goods"), self.env._("Right"), self.env._("Remark")], rows
        )

    def _clause_goods(self):
        goods = self.territory_ids.categ_id.mapped("display_name")
        if not goods or any(not line.categ_id for line in self.territory_ids):
            return self.env._("all goods of the price list")
        return ", ".join(goods)

    def _clause_exclusive_words(self):
        exclusive = self.territory_ids.filtered("is_exclusive")
        if not exclusive:
            return self.env._("not exclusive")
        if exclusive == self.territory_ids:
            return self.env._("exclusive")
        areas = ", ".join(dict.fromkeys(exclusive.mapped("area_id.display_name")))
        return self.env._("exclusive in %s, not elsewhere", areas)
