from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import AccessError

from ..exceptions import ExitStateError
from .dealer_exit import OPEN


class CustomerDealerExit(models.Model):
    """The steps of an exit, and what the books say of it."""

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
        names = ("last_sales", "receivable", "open_orders", "deposit_balance", "rebates_open")
        for one in self:
            facts = one._facts()
            for name in names:
                one[name] = facts[name]
            one.settlement = one.deposit_balance + one.rebates_open - one.receivable

    def _facts(self):
        """Return what the books say of the dealer: amounts in company currency, numbers and days.

        Of a closed exit what they said on the day it was closed.
        """
        self.ensure_one()
        dealer = self.sudo().dealer_id
        if self.sudo().figures:
            return self.sudo().figures
        if not dealer:
            return dict.fromkeys(
                ("last_sales", "receivable", "open_orders", "deposit_balance", "rebates_open"), 0.0
            )
        today = fields.Date.context_today(self)
        metrics = self.env["customer.metric"].sudo()
        known = metrics._evaluate(
            ["revenue", "receivable"], today, company=dealer.company_id, partners=dealer.partner_id
        ).get(dealer.partner_id.id, {})
        orders = self.env["sale.order"].sudo().search(self._open_orders_domain())
        return {
            "last_sales": float(known.get("revenue") or 0.0),
            "receivable": float(known.get("receivable") or 0.0),
            "open_orders": sum(order.amount_total / (order.currency_rate or 1.0) for order in orders),
            "orders": len(orders),
            "deposit_balance": dealer._deposit_balances().get(dealer.id, 0.0),
            "rebates_open": dealer._rebates_open().get(dealer.id, 0.0),
            "disputes": self.env["customer.dispute"]
            .sudo()
            .search_count([("partner_id", "=", dealer.partner_id.id), ("state", "!=", "settled")]),
            "violations": dealer.violation_count,
            "children": len(dealer.child_ids.filtered(lambda child: child.state != "closed")),
            "stock": self._stock_reported(today),
            "contract": dealer.contract_id.name or "",
            "successor": self.successor_id.partner_id.name or "",
        }

    def _open_orders_domain(self):
        return [
            ("partner_id", "child_of", self.sudo().partner_id.id),
            ("company_id", "child_of", self.sudo().company_id.id),
            ("state", "=", "sale"),
            ("invoice_status", "in", ("no", "to invoice")),
        ]

    def _stock_reported(self, today):
        """Return the month of the last stock report that was filed since the month before the exit, or nothing."""
        since = fields.Date.start_of(min(self.date_start or today, today), "month") - relativedelta(months=1)
        report = self.env["customer.dealer.stock.report"].sudo()
        last = report.search(
            [("dealer_id", "=", self.sudo().dealer_id.id), ("month", ">=", since), ("state", "=", "filed")],
            order="month desc",
            limit=1,
        )
        return last.month and fields.Date.to_string(last.month) or ""

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

    # Steps

    def _ensure_manager(self):
        """:raises AccessError: unless the user decides on dealers"""
        if not self.env.su and not self.env.user.has_group("customer_channels.group_channel_manager"):
            raise AccessError(self.env._("This step is for managers of channels."))

    def _approval_check(self):
        """Override: an exit has its real reason in writing.

        :raises ExitStateError: without it
        """
        for one in self:
            if not (one.reason or "").strip():
                raise ExitStateError(self.env._("%s: write down why the dealer leaves.", one.display_name))
        return super()._approval_check()

    def _approval_granted(self):
        """Override: the exit is under way, and the dealer is leaving."""
        self._approval_write({"begun_on": fields.Date.context_today(self)})
        return super()._approval_granted()

    def action_next(self):
        """Go on to the next phase; the last one ends by closing the dealer.

        :raises ExitStateError: naming the checks that are left
        """
        self.check_access("write")
        for one in self:
            one._ensure_state("before", "during")
            one._ensure_met([one.phase])
            following = OPEN[OPEN.index(one.phase) + 1]
            one.sudo()._approval_write({"phase": following})

    def action_close(self):
        """Close the dealers: all checks are met or waived. What the books say is kept with the exit.

        :raises ExitStateError: naming the checks that are left
        """
        self._ensure_manager()
        self.check_access("write")
        today = fields.Date.context_today(self)
        for one in self:
            one._ensure_state("after")
            one._ensure_met(OPEN)
            one.sudo()._approval_write({"figures": one._facts(), "closed_on": today, "phase": "closed"})
            one.dealer_id.sudo().write({"closed_on": today})
            one.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    def action_cancel(self):
        """Call the exit off: the dealer stays."""
        self._ensure_manager()
        self.check_access("write")
        for one in self:
            one._ensure_state("draft", "refused", *OPEN)
        self.sudo()._approval_write({"cancelled_on": fields.Date.context_today(self)})

    def _ensure_state(self, *states):
        """:raises ExitStateError: when the exit is at another point"""
        labels = dict(self._fields["state"]._description_selection(self.env))
        if self.state not in states:
            raise ExitStateError(
                self.env._(
                    "%(exit)s is %(state)s; this step comes elsewhere.",
                    exit=self.display_name,
                    state=labels[self.state],
                )
            )

    def _ensure_met(self, phases):
        """:raises ExitStateError: naming the checks of these phases that are neither met nor waived"""
        self.line_ids.invalidate_recordset(["fact", "is_met"])
        left = self.line_ids.filtered(lambda line: line.phase in phases and not line.is_met)
        if left:
            raise ExitStateError(
                self.env._("%(exit)s cannot go on. Left to do:", exit=self.display_name)
                + "".join(f"\n• {line.check_id.name} {line.fact or ''}".rstrip() for line in left)
            )

    def action_refund(self):
        """Open a draft that pays the deposit back."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.dealer.deposit",
            "views": [(False, "form")],
            "context": {
                "default_dealer_id": self.dealer_id.id,
                "default_exit_id": self.id,
                "default_kind": "refunded",
                "default_amount": self.deposit_balance,
            },
        }
