from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# Accounts whose reviews are asked for at a time.
BATCH = 100


class CustomerCreditAccount(models.Model):
    """The review cycle: who is asked when, and what an expired review leaves of the limit."""

    _inherit = "customer.credit.account"

    def _limit_share(self, day):
        """Override: a review that was not done takes a part of the limit for each period after its day."""
        day = fields.Date.to_date(day)
        shares = dict(super()._limit_share(day))
        due = self._reviews_due_on(day)
        for company, accounts in self.grouped("company_id").items():
            percent, days = company.customer_credit_expiry_percent, company.customer_credit_expiry_days
            for account in accounts if percent else ():
                last = due.get(account)
                periods = (day - last).days // days if last and last < day else 0
                if periods:
                    left = max(1 - periods * percent / 100, 0.0)
                    shares[account] = shares.get(account, 1.0) * left
        return shares

    def _reviews_due_on(self, day):
        """Return when the next review of each account was due, as things stood on a day.

        For days before the last review, the day that the review before it had set; of what was before all
        reviews nothing is known. One statement, and none for today.
        """
        found = {account: account.next_review for account in self}
        if day >= fields.Date.context_today(self) or not self.ids:
            return found
        self.env["customer.credit.review"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT account_id,
                       (ARRAY_AGG(next_review ORDER BY date_from DESC, id DESC)
                            FILTER (WHERE date_from <= %(day)s))[1]
                  FROM customer_credit_review
                 WHERE account_id = ANY(%(accounts)s) AND approval_state = 'approved'
                 GROUP BY account_id HAVING MAX(date_from) > %(day)s
                """,
                day=day,
                accounts=self.ids,
            )
        )
        return {**found, **{self.browse(account): due for account, due in rows}}

    def _last_reviews(self):
        """Return the approved review of each account that holds now: the latest one that has begun."""
        reviews = self.env["customer.credit.review"]
        found = reviews.search(
            [
                ("account_id", "in", self.ids),
                ("approval_state", "=", "approved"),
                ("date_from", "<=", fields.Date.context_today(self)),
            ],
            order="date_from DESC, id DESC",
        )
        return reviews.union(*(rows[:1] for rows in found.grouped("account_id").values()))

    # Asking for reviews

    @api.model
    def _cron_reviews(self):
        """Ask for the reviews that are due soon, and end the overrides that are over.

        What was done is committed batch by batch; nobody is asked twice for the same review.
        """
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([("parent_id", "=", False)]):
            accounts = self.with_company(company)
            domain = accounts._due_domain(company)
            while found := accounts.search(domain, order="id", limit=BATCH):
                found._ask_for_review()
                if not cron._commit_progress(len(found), remaining=accounts.search_count(domain)):
                    return
        self.env["customer.credit.review"]._end_overrides()

    @api.model
    def _due_domain(self, company):
        """Return the accounts whose review is due within the days of notice, and not asked for yet."""
        last = fields.Date.context_today(self) + timedelta(days=company.customer_credit_notice_days)
        return [
            ("company_id", "child_of", company.id),
            ("next_review", "<=", last),
            ("review_asked_for", "=", False),
        ]

    def _ask_for_review(self):
        """Give each of these accounts an activity for who reviews it."""
        kind = self.env.ref("customer_credit.mail_activity_type_review", raise_if_not_found=False)
        if kind:
            activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
            model = self.env["ir.model"]._get_id(self._name)
            activities.create(
                [
                    {
                        "activity_type_id": kind.id,
                        "automated": True,
                        "res_model_id": model,
                        "res_id": account.id,
                        "user_id": user.id,
                        "date_deadline": account.next_review,
                    }
                    for account, user in self._reviewers().items()
                ]
            )
        for account in self:
            account._write_granted({"review_asked_for": account.next_review})

    def _review_done(self):
        """End the activities that asked for the reviews of these accounts."""
        kind = self.env.ref("customer_credit.mail_activity_type_review", raise_if_not_found=False)
        if kind:
            self.env["mail.activity"].sudo().search(
                [
                    ("activity_type_id", "=", kind.id),
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("automated", "=", True),
                ]
            ).action_feedback()
