from odoo import fields, models
from odoo.tools import SQL

from ..exceptions import PromotionStateError


class CustomerDealerPromotion(models.Model):
    """From the plan of a promotion to its settlement."""

    _inherit = "customer.dealer.promotion"

    def _sales(self):
        """Return what was sold in the days of each promotion and in as many days before.

        One statement a company. ``{id: (sales, sales before)}``, untaxed, in the company's currency.
        """
        self.env.flush_all()
        found = {}
        for company, promotions in self.grouped("company_id").items():
            first = min(
                promotions.mapped(lambda one: 2 * one.date_from.toordinal() - one.date_to.toordinal() - 1)
            )
            lines = self.env["customer.dealer.sales"]._lines_sql(
                company,
                fields.Date.to_date("0001-01-01").fromordinal(first),
                max(promotions.mapped("date_to")),
                promotions.dealer_id,
            )
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT p.id, COALESCE(SUM(s.amount) FILTER (WHERE s.date >= p.date_from), 0),
                           COALESCE(SUM(s.amount) FILTER (WHERE s.date < p.date_from), 0)
                      FROM customer_dealer_promotion p
                 LEFT JOIN product_category top ON top.id = p.categ_id
                      JOIN (%s) s ON s.dealer_id = p.dealer_id AND s.date <= p.date_to
                       AND s.date >= p.date_from - (p.date_to - p.date_from + 1)
                 LEFT JOIN product_category c ON c.id = s.categ_id
                     WHERE p.id = ANY(%s) AND (top.id IS NULL OR c.parent_path LIKE top.parent_path || '%%')
                     GROUP BY p.id
                    """,
                    lines,
                    promotions.ids,
                )
            )
            found |= {promotion: (now, before) for promotion, now, before in rows}
        return found

    def _approval_amount(self):
        """Override: what it costs us."""
        self.ensure_one()
        return self.budget_ours, self.currency_id

    def _approval_summary(self):
        """Override: what, when, for what, and what it costs whom."""
        self.ensure_one()
        known = self.env["customer.approval"]
        money = {
            name: known._format(self[name], self.currency_id)
            for name in ("goal_amount", "budget_ours", "budget_dealer")
            if self[name]
        }
        way = dict(self._fields["way"]._description_selection(self.env))[self.way]
        facts = [
            ("dealer_id", self.dealer_id.display_name),
            ("date_from", known._format_day(self.date_from)),
            ("date_to", known._format_day(self.date_to)),
            ("aim", self.aim),
            ("audience", self.audience),
            ("way", way),
            ("categ_id", self.categ_id.display_name),
            *money.items(),
            ("materials", self.materials),
            ("staff", self.staff),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]

    def _approval_check(self):
        """Override: a plan says what it shall bring.

        :raises PromotionStateError: without a goal
        """
        for promotion in self:
            if promotion.currency_id.is_zero(promotion.goal_amount):
                raise PromotionStateError(
                    self.env._(
                        "Say what “%s” shall bring: without a sales goal its result cannot be judged.",
                        promotion.name,
                    )
                )
        return super()._approval_check()

    def action_close(self):
        """Settle promotions whose days are over and whose proofs are all checked.

        :raises PromotionStateError: naming what is missing
        """
        self._ensure_step("approved")
        today = fields.Date.context_today(self)
        for promotion in self:
            if promotion.date_to >= today:
                raise PromotionStateError(
                    self.env._("“%(name)s” runs until %(day)s.", name=promotion.name, day=promotion.date_to)
                )
            if unchecked := promotion.cost_ids.filtered(lambda cost: cost.state == "open"):
                raise PromotionStateError(
                    self.env._(
                        "%(number)s proofs of “%(name)s” are not checked yet.",
                        number=len(unchecked),
                        name=promotion.name,
                    )
                )
        self.sudo()._approval_write({"closed_on": today, "checked_by_id": self.env.uid})
