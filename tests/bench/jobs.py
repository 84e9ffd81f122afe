"""What credit does at night, and the page of accounts in the morning: bounded queries, whatever the ledger."""

from .probe import Side

PAGE = 80
COLUMNS = ("partner_id", "limit", "exposure", "available", "receivable_amount", "orders_amount", "rating_id")
# What the parts of the exposure have to add up to: read from the books and the orders, not by the suite's views.
RIVAL = """
SELECT (SELECT sum(l.balance) FROM account_move_line l JOIN account_account a ON a.id = l.account_id
         WHERE a.account_type = 'asset_receivable' AND l.parent_state = 'posted' AND l.company_id = %(company)s),
       (SELECT sum(sl.price_total) FROM sale_order_line sl JOIN sale_order o ON o.id = sl.order_id
         WHERE o.company_id = %(company)s AND o.state = 'sale' AND sl.invoice_status IN ('no', 'to invoice'))
"""
# The open items of some payers, in one statement.
OPEN = """
SELECT p.commercial_partner_id, sum(l.amount_residual) FROM account_move_line l
  JOIN account_account a ON a.id = l.account_id JOIN res_partner p ON p.id = l.partner_id
 WHERE a.account_type = 'asset_receivable' AND l.parent_state = 'posted' AND NOT l.reconciled
   AND l.company_id = %(company)s AND p.commercial_partner_id = ANY(%(payers)s) GROUP BY 1
"""


class Jobs:
    """The nightly check, the monthly standing and a page of the register, with an account for each customer."""

    def __init__(self, env):
        self.env, self.company = env(su=True), env.company

    def make(self):
        """Open the accounts with their limits, once for each database."""
        accounts = self.env["customer.credit.account"]
        payers = self.env["res.partner"].search([("ref", "=like", "PERF%"), ("parent_id", "=", False)])
        fresh = payers - accounts.search([("company_id", "=", self.company.id)]).partner_id
        accounts = accounts.create(
            [{"partner_id": payer.id, "company_id": self.company.id} for payer in fresh]
        )
        self.env["customer.credit.limit"].create(
            [
                {
                    "account_id": account.id,
                    "amount": 50_000,
                    "currency_id": self.company.currency_id.id,
                    "date_from": "2000-01-01",
                    "reason": "Bench",
                }
                for account in accounts
            ]
        )
        self.accounts = self.env["customer.credit.account"].search([("company_id", "=", self.company.id)])
        self.env.cr.commit()
        self.env.invalidate_all()

    def _execute(self, statement, **given):
        self.env.cr.execute(statement, {"company": self.company.id, **given})
        return self.env.cr.fetchall()

    def standing(self):
        """Return the side of the standing of the last month."""
        job = self.env["customer.credit.standing"]
        month = job._last_month_end()
        return [Side("suite", lambda: job._record(self.company, month), tables=("customer_credit_standing",))]

    def check(self):
        """Return the sides of the nightly check."""
        job = self.env["customer.credit.check"]
        return [
            Side("suite", lambda: job._check(self.company)),
            Side("items", lambda: self._execute(RIVAL)),
        ]

    def register(self):
        """Return the sides of a page of the register of accounts."""
        page = self.accounts[:PAGE]
        payers = page.partner_id.ids
        self.env.invalidate_all()
        return [
            Side("suite", lambda: page.web_read({name: {} for name in COLUMNS}), self.env.invalidate_all),
            Side("items", lambda: self._execute(OPEN, payers=payers)),
        ]

    def figures(self, page=False):
        """Return what is owed by the suite and by the ledger: they must be equal."""
        accounts = self.accounts[:PAGE] if page else self.accounts
        payers = accounts.partner_id
        engine = self.env["customer.credit.exposure"]
        found = engine._exposure_of(self.company, payers)
        owed = sum(part["receivable"] + part["advance"] for part in found.values())
        plain = sum(amount for _payer, amount in self._execute(OPEN, payers=payers.ids))
        rounded = self.company.currency_id.round
        return {
            side: {"rows": len(accounts), "total": rounded(float(total))}
            for side, total in (("suite", owed), ("items", plain))
        }
