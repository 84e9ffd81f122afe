from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ..exceptions import CreditRequestError


class CustomerCreditLimitRequest(models.Model):
    """What a request must have to be submitted, what is taken down then, and what approval grants."""

    _inherit = "customer.credit.limit.request"

    def _approval_check(self):
        """Override: a request is complete and within the company's rules; its figures are taken down.

        :raises CreditRequestError: saying what is missing, or which bound is passed by how much
        """
        for request in self:
            request._check_complete()
        self._take_figures()
        for company, requests in self.filtered(lambda r: r.kind == "temporary").grouped("company_id").items():
            requests._check_temporary(company)
        return super()._approval_check()

    def _check_complete(self):
        if not (self.reason or "").strip():
            raise CreditRequestError(self.env._("“%s”: say why it is asked for.", self.display_name))
        if self.kind == "base" and not self.amount:
            raise CreditRequestError(
                self.env._(
                    "“%s” asks for a limit of zero. Ask for “Cash Only” if everything is to be paid first, or "
                    "enter the new limit.",
                    self.display_name,
                )
            )
        if self.kind == "temporary" and not (self.amount and self.date_to):
            raise CreditRequestError(
                self.env._("“%s”: a temporary increase needs an amount and its last day.", self.display_name)
            )
        if self.kind == "terms" and not self.payment_term_id:
            raise CreditRequestError(self.env._("“%s”: choose the new payment terms.", self.display_name))
        today = fields.Date.context_today(self)
        if self.date_to and self.date_to < today:
            raise CreditRequestError(
                self.env._(
                    "The last day of “%(request)s”, %(date)s, is past: choose a day from %(today)s on.",
                    request=self.display_name,
                    date=self.date_to,
                    today=today,
                )
            )

    def _take_figures(self):
        """Take down what the accounts have today, and what their payers bought, paid and owe: a few statements."""
        today = fields.Date.context_today(self)
        self._link_accounts()
        accounts = self.account_id
        limits = accounts._base_limits(today)
        for company, requests in self.grouped("company_id").items():
            figures = self.env["customer.metric"]._evaluate(
                ["revenue", "receipts", "overdue_amount"], today, 12, company, requests.partner_id
            )
            for request in requests:
                row, account = figures.get(request.partner_id.id, {}), request.account_id
                request._approval_write(
                    {
                        "rated_as": account.rating_id.name or self.env._("Not rated"),
                        "old_state": account._state_of(limits.get(account)),
                        "old_amount": limits.get(account) or 0.0,
                        "old_term_id": account.payment_term_id.id,
                        "sales": row.get("revenue") or 0.0,
                        "receipts": row.get("receipts") or 0.0,
                        "overdue": row.get("overdue_amount") or 0.0,
                        "figures_on": today,
                    }
                )

    # The rules of temporary increases (domain 4.5)

    def _check_temporary(self, company):
        """:raises CreditRequestError: when an increase is longer, larger or more frequent than allowed"""
        others = self._others_in_period(company)
        for request in self:
            request._check_base()
            request._check_length(company)
            request._check_size(company)
            request._check_overdue(company)
            request._check_count(company, others)

    def _check_base(self):
        if self.old_state != "limit":
            raise CreditRequestError(
                self.env._(
                    "“%(request)s”: %(payer)s has no limit that could be raised for a while. Ask for a limit.",
                    request=self.display_name,
                    payer=self.partner_id.name,
                )
            )

    def _check_length(self, company):
        most, days = company.customer_credit_temporary_days, (self.date_to - self.date_from).days + 1
        if most and days > most:
            raise CreditRequestError(
                self.env._(
                    "“%(request)s” is for %(days)s days; a temporary increase lasts %(most)s days at most, until "
                    "%(last)s.",
                    request=self.display_name,
                    days=days,
                    most=most,
                    last=self.date_from + timedelta(days=most - 1),
                )
            )

    def _check_size(self, company):
        known, percent = self.env["customer.approval"], company.customer_credit_temporary_percent
        most, asked = self.old_amount * percent / 100, self._in_company_currency()
        if percent and company.currency_id.compare_amounts(asked, most) > 0:
            raise CreditRequestError(
                self.env._(
                    "“%(request)s” asks for %(asked)s; %(percent)g %% of the limit, that is %(most)s, is the most "
                    "for a while. Ask for another limit instead.",
                    request=self.display_name,
                    asked=known._format(asked, company.currency_id),
                    percent=percent,
                    most=known._format(most, company.currency_id),
                )
            )

    def _check_overdue(self, company):
        if (
            not company.customer_credit_temporary_overdue
            and company.currency_id.compare_amounts(self.overdue, 0.0) > 0
        ):
            raise CreditRequestError(
                self.env._(
                    "“%(request)s”: %(payer)s has something overdue, so its limit is not raised for a while. "
                    "Collect it first.",
                    request=self.display_name,
                    payer=self.partner_id.name,
                )
            )

    def _others_in_period(self, company):
        """Return the days on which temporary increases of these accounts begin, granted or asked for."""
        granted = self.env["customer.credit.limit"].search(
            [("account_id", "in", self.account_id.ids), ("kind", "=", "temporary")]
        )
        asked = self.search(
            [
                ("account_id", "in", self.account_id.ids),
                ("kind", "=", "temporary"),
                ("approval_state", "=", "pending"),
            ]
        )
        found = [(row.account_id, row.date_from, None) for row in granted]
        return found + [(row.account_id, row.date_from, row) for row in asked | self]

    def _check_count(self, company, others):
        most, period = company.customer_credit_temporary_count, company.customer_credit_temporary_period
        first = self.date_from - timedelta(days=period - 1)
        days = [
            day
            for account, day, request in others
            if account == self.account_id and request != self and first <= day <= self.date_from
        ]
        if most and len(days) >= most:
            raise CreditRequestError(
                self.env._(
                    "“%(request)s” would be number %(number)s within %(period)s days for %(payer)s; there are "
                    "%(most)s at most. Ask for another limit instead.",
                    request=self.display_name,
                    number=len(days) + 1,
                    period=period,
                    payer=self.partner_id.name,
                    most=most,
                )
            )

    # Granting

    def _approval_granted(self):
        """Override: accounts are opened where there are none, and get what was asked for."""
        self._open_accounts()
        self.account_id._bump()
        self._grant_limits()
        for company, requests in self.grouped("company_id").items():
            requests._grant_terms(company)
        return super()._approval_granted()

    def _link_accounts(self):
        """Take down the accounts that the payers have now; return the requests of payers without one."""
        missing = self.browse()
        for company, requests in self.grouped("company_id").items():
            accounts = self.env["customer.credit.account"]._of(requests.partner_id, company)
            for request in requests:
                account = accounts.get(request.partner_id.id)
                if account and request.account_id != account:
                    request._approval_write({"account_id": account.id})
                elif not account:
                    missing |= request
        return missing

    def _open_accounts(self):
        """Open the accounts of payers who have none in the company of their request."""
        missing = self._link_accounts()
        wanted = {(request.company_id, request.partner_id): None for request in missing}
        accounts = self.env["customer.credit.account"].sudo()
        accounts.create([{"company_id": company.id, "partner_id": payer.id} for company, payer in wanted])
        missing._link_accounts()

    def _grant_limits(self):
        base = self.filtered(lambda request: request.kind in ("base", "cash", "none"))
        states = {"base": "limit"}
        self.account_id._grant_base_limits(
            [
                {
                    "account": request.account_id,
                    "state": states.get(request.kind, request.kind),
                    "amount": request.amount,
                    "currency": request.currency_id,
                    "date_from": request.date_from,
                    "date_to": request.date_to,
                    "reason": request.reason,
                }
                for request in base
            ]
        )
        self.env["customer.credit.limit"].sudo().create(
            [
                {
                    "account_id": request.account_id.id,
                    "kind": "temporary",
                    "amount": request.amount,
                    "currency_id": request.currency_id.id,
                    "date_from": request.date_from,
                    "date_to": request.date_to,
                    "reason": request.reason,
                    "approved_by_id": self.env.uid,
                }
                for request in self.filtered(lambda request: request.kind == "temporary")
            ]
        )

    def _grant_terms(self, company):
        """Give the terms that were asked for; a limit without any review so far gets a day for one."""
        months = company.customer_credit_unrated_months
        values = {}
        for request in self.sorted("id"):
            account, vals = request.account_id, values.setdefault(request.account_id, {})
            if request.payment_term_id and request.kind != "temporary":
                vals["payment_term_id"] = request.payment_term_id.id
            if request.kind == "base" and not account.next_review and months:
                vals["next_review"] = request.date_from + relativedelta(months=months)
        self.account_id._grant(values)
