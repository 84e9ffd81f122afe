from dateutil.relativedelta import relativedelta

from odoo import fields, models

AMOUNTS = ("last_sales", "receivable", "open_orders", "deposit_balance", "rebates_open")


class CustomerDealerExit(models.Model):
    """What the books say of a dealer that leaves: its settlement, and which checks they decide."""

    _inherit = "customer.dealer.exit"

    last_sales = fields.Monetary(
        string="Sales of the Last 12 Months", compute="_compute_figures", compute_sudo=True
    )
    receivable = fields.Monetary(compute="_compute_figures", compute_sudo=True)
    open_orders = fields.Monetary(compute="_compute_figures", compute_sudo=True)
    deposit_balance = fields.Monetary(string="Deposit Held", compute="_compute_figures", compute_sudo=True)
    rebates_open = fields.Monetary(compute="_compute_figures", compute_sudo=True)
    settlement = fields.Monetary(
        string="To Be Paid to the Dealer",
        compute="_compute_figures",
        compute_sudo=True,
        help="Deposit and rebates less what it owes; negative: the dealer pays.",
    )

    def _compute_figures(self):
        facts = self._origin._facts()
        for one in self:
            known = facts.get(one._origin.id, {})
            for name in AMOUNTS:
                one[name] = known.get(name, 0.0)
            one.settlement = one.deposit_balance + one.rebates_open - one.receivable

    def _facts(self):
        """Return what the books say of each dealer: ``{exit id: {name: amount in company currency, number or text}}``.

        Of a closed exit what they said on the day it was closed. The number of queries does not depend on the number
        of exits.
        """
        exits = self.sudo()
        facts = {one.id: dict(one.figures) for one in exits if one.figures}
        for company, some in exits.filtered(lambda one: not one.figures).grouped("company_id").items():
            facts.update(some._facts_today(company))
        return facts

    def _facts_today(self, company):
        """Return what the books of a company say of these exits today."""
        dealers, today = self.dealer_id, fields.Date.context_today(self)
        partners = dealers.partner_id
        known = self.env["customer.metric"]._evaluate(["revenue", "receivable"], today, 12, company, partners)
        orders = self._open_orders(company, partners)
        balances, rebates = dealers._deposit_balances(), dealers._rebates_open()
        disputes = self.env["customer.dispute"]._read_group(
            [("partner_id", "in", partners.ids), ("company_id", "=", company.id), ("state", "!=", "settled")],
            ["partner_id"],
            ["__count"],
        )
        disputes = {partner.id: count for partner, count in disputes}
        reported = self._stock_reported()
        facts = {}
        for one in self:
            dealer, figures = one.dealer_id, known.get(one.partner_id.id, {})
            amounts = orders.get(one.partner_id.id, [])
            facts[one.id] = {
                "last_sales": float(figures.get("revenue") or 0.0),
                "receivable": float(figures.get("receivable") or 0.0),
                "open_orders": sum(amounts),
                "orders": len(amounts),
                "deposit_balance": balances.get(dealer.id, 0.0),
                "rebates_open": rebates.get(dealer.id, 0.0),
                "disputes": disputes.get(one.partner_id.id, 0),
                "violations": dealer.violation_count,
                "children": len(dealer.child_ids.filtered(lambda child: child.state != "closed")),
                "stock": reported.get(one.id, ""),
                "contract": dealer.contract_id.name or "",
                "successor": one.successor_id.partner_id.name or "",
            }
        return facts

    def _open_orders(self, company, partners):
        """Return the amounts of the orders that are not invoiced: ``{partner id: [amount in company currency]}``."""
        orders = self.env["sale.order"].search(
            [
                ("partner_id", "child_of", partners.ids),
                ("company_id", "child_of", company.id),
                ("state", "=", "sale"),
                ("invoice_status", "in", ("no", "to invoice")),
            ]
        )
        amounts = {}
        for order in orders:
            payer = order.partner_id.commercial_partner_id.id
            amounts.setdefault(payer, []).append(order.amount_total / (order.currency_rate or 1.0))
        return amounts

    def _stock_reported(self):
        """Return the last month, since the one before each exit, with a filed stock report: ``{exit id: month}``."""
        reports = self.env["customer.dealer.stock.report"]._read_group(
            [("dealer_id", "in", self.dealer_id.ids), ("state", "=", "filed")], ["dealer_id"], ["month:max"]
        )
        last = {dealer.id: month for dealer, month in reports}
        found = {}
        for one in self:
            month = last.get(one.dealer_id.id)
            since = fields.Date.start_of(one.date_start, "month") - relativedelta(months=1)
            found[one.id] = fields.Date.to_string(month) if month and month >= since else ""
        return found

    def _check_fact(self, kind, facts):
        """Return whether the books meet a check of a kind, and what they say in words.

        :rtype: tuple[bool, str]
        """
        self.ensure_one()
        zero = self.currency_id.is_zero
        money = {"receivable": "receivable", "deposit": "deposit_balance", "rebates": "rebates_open"}
        if kind in money:
            amount = facts.get(money[kind], 0.0)
            return zero(amount), self.currency_id.format(amount)
        if kind in ("orders", "disputes", "violations", "children"):
            return not facts.get(kind), str(facts.get(kind, 0))
        if kind == "contract":
            return not facts.get("contract"), facts.get("contract") or ""
        if kind in ("stock", "successor"):
            return bool(facts.get(kind)), facts.get(kind) or ""
        return False, ""
