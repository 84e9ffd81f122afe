from datetime import timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import CreditRequestError
from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewCycle(ReviewCase):
    """Reviews are asked for in time; one that is not done takes a part of the limit each month."""

    def _due(self, account, day):
        account.sudo().next_review = day

    def _run_job(self):
        """Run the daily job, without its commits."""
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        self.env["customer.credit.account"].sudo()._cron_reviews()

    def _asked(self, account):
        kind = self.env.ref("customer_credit.mail_activity_type_review")
        return account.activity_ids.filtered(lambda one: one.activity_type_id == kind)

    def test_an_expired_review_takes_a_quarter_each_thirty_days(self):
        account = self._account(limit=800)
        self._due(account, self.today)
        days = {0: 800, 29: 800, 30: 600, 59: 600, 60: 400, 90: 200, 120: 0, 999: 0}
        found = {day: account._limits(self.today + timedelta(days=day))[account] for day in days}
        self.assertEqual(found, days)
        self.company.sudo().customer_credit_expiry_percent = 0
        self.assertEqual(account._limits(self.today + timedelta(days=999))[account], 800)

    def test_the_temporary_increase_does_not_fall(self):
        account = self._account(limit=800)
        self._limit(account, 100, "2024-01-01", self.today + timedelta(days=999), "temporary")
        self._due(account, self.today)
        self.assertEqual(account._limits(self.today + timedelta(days=60))[account], 500)

    def test_past_days_keep_what_they_had(self):
        account = self._account(limit=800)
        start = self.today - relativedelta(days=400)
        with freeze_time(start):
            self._approve(self._review(account, 75, limit_choice="keep", date=start, date_from=start))
        self.assertEqual(account.next_review, start + relativedelta(months=6))
        late = account.next_review + timedelta(days=60)
        before = account._limits(late)[account]
        self.assertEqual(before, 400)
        self._approve(self._review(account, 75, limit_choice="keep"))
        self.assertEqual((account._limits()[account], account._limits(late)[account]), (800, before))
        self.assertEqual(account._limits(start - timedelta(days=1))[account], 800)

    def test_many_accounts_take_no_more_statements(self):
        payers = self.env["res.partner"].create([{"name": f"Payer {i}"} for i in range(30)])
        accounts = self.env["customer.credit.account"].create([{"partner_id": payer.id} for payer in payers])
        for account in accounts:
            self._limit(account, 100)
        accounts.sudo().next_review = self.today - timedelta(days=31)
        (accounts[:1] | accounts)._limits()
        self.env.flush_all()
        with self.assertQueryCount(2):
            self.assertEqual(set(accounts._limits().values()), {75})

    def test_the_controller_is_asked_in_time_and_once(self):
        self.company.sudo().customer_credit_controller_id = self.controller
        account, later = self._account(limit=800), self._account(self.boris, limit=10)
        self._due(account, self.today + timedelta(days=14))
        self._due(later, self.today + timedelta(days=15))
        for _run in range(2):
            self._run_job()
        asked = self._asked(account)
        self.assertEqual((len(asked), asked.user_id), (1, self.controller))
        self.assertEqual(asked.date_deadline, self.today + timedelta(days=14))
        self.assertFalse(self._asked(later))

    def test_who_does_not_see_credit_is_not_asked(self):
        account = self._account(limit=800)
        self._due(account, self.today)
        self.assertNotEqual(account._reviewers().get(account), self.seller)
        self.seller.group_ids += self.env.ref("customer_credit.group_credit_user")
        self.assertEqual(account._reviewers()[account], self.seller)

    def test_a_review_ends_the_asking_and_the_next_one_is_asked_again(self):
        self.company.sudo().customer_credit_controller_id = self.controller
        account = self._account(limit=800)
        self._due(account, self.today)
        self._run_job()
        self._approve(self._review(account, 75, limit_choice="keep"))
        self.assertFalse(self._asked(account))
        self.assertFalse(account.review_asked_for)
        with freeze_time(self.today + relativedelta(months=6)):
            self._run_job()
            self.assertEqual(len(self._asked(account)), 1)

    def test_the_end_of_an_override_gives_back_the_rating_by_rule(self):
        account = self._account()
        until = self.today + relativedelta(months=1)
        self._approve(
            self._review(
                account,
                45,
                limit_choice="keep",
                override_rating_id=self.ratings["A"].id,
                override_reason="Guaranteed",
                override_until=until,
            )
        )
        with freeze_time(until):
            self._run_job()
            self.assertEqual(account.rating_id.name, "A")
        with freeze_time(until + timedelta(days=1)):
            self._run_job()
            self._run_job()
        self.assertEqual(account.rating_id.name, "B")
        changes = account.change_ids.sorted("id")
        self.assertEqual(changes.mapped("trigger"), ["review", "expired"])


@tagged("post_install", "-at_install")
class TestReviewRound(ReviewCase):
    """Twice a year all limits are looked at together and decided at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = cls._account(limit=500) | cls._account(cls.boris, limit=0)
        rounds = cls.env["customer.credit.review.round"].with_user(cls.controller)
        cls._invoice(300, cls.today)
        cls.round = rounds.create({"date": "2026-12-31", "date_from": cls.today})
        cls.round.action_fill()

    def _line(self, partner):
        return self.round.request_ids.filtered(lambda line: line.partner_id == partner)

    def test_it_lists_each_account_once_with_its_half_year(self):
        self.round.action_fill()
        self.assertEqual(self.round.request_ids.partner_id, self.anna | self.boris)
        line = self._line(self.anna)
        self.assertEqual((line.half_year_sales, line.peak_exposure), (300, 300))
        self.assertEqual((line.kind, line.amount), ("base", 500))
        self.assertEqual(self._line(self.boris).kind, "cash")

    def test_all_lines_are_decided_together(self):
        self._line(self.anna).amount = 700
        self.round.action_submit()
        self.assertEqual(self.round.state, "pending")
        self.round.with_user(self.boss).action_approve()
        self.assertEqual((self.round.state, self.round.open_count), ("done", 0))
        self.assertEqual(list(self.accounts._limits().values()), [700, 0])

    def test_a_salesperson_proposes_for_own_customers_only(self):
        mine = self._line(self.anna).with_user(self.seller)
        mine.proposal_sales = 900
        for values in ({"amount": 900}, {"kind": "none"}, {"proposal_sales": 1, "date_to": self.today}):
            with self._refused(CreditRequestError, "what they propose"):
                mine.write(values)
        with self._refused(CreditRequestError):
            mine.write({"proposal_finance": 900})
        with self._refused(AccessError):
            mine.read(["proposal_finance"])
        with self._refused(CreditRequestError):
            self._request(amount=5, round_id=self.round.id)
        requests = self.env["customer.credit.limit.request"].with_user(self.seller)
        sneaked = requests.with_context(default_round_id=self.round.id)
        made = sneaked.create({"partner_id": self.anna.id, "amount": 5, "reason": "x"})
        self.assertFalse(made.round_id)

    def test_the_days_of_the_round_are_a_setting(self):
        rounds = self.env["customer.credit.review.round"]
        with freeze_time("2026-05-20"):
            self.assertEqual(str(rounds._default_date()), "2026-06-30")
        with freeze_time("2026-10-20"):
            self.assertEqual(str(rounds._default_date()), "2026-12-31")
        self.company.sudo().customer_credit_rounds = "31-06"
        with self._refused(CreditRequestError, "is no day of a year"):
            rounds._default_date()
