from datetime import timedelta

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.customer_management.exceptions import ApprovalLockError, ApprovalRightError

from ..exceptions import CreditRequestError, CreditWriteError
from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestLimitRequest(ReviewCase):
    """The only way to a limit besides a review is a request that somebody else approves."""

    def _account_of(self, partner=None):
        payer = partner or self.anna
        return self.env["customer.credit.account"]._of(payer, self.company).get(payer.id)

    def _days(self, count):
        return self.today + timedelta(days=count)

    def test_a_first_limit_opens_the_account(self):
        request = self._request(amount=5000)
        self.assertFalse(self._account_of())
        self._approve(request)
        account = self._account_of()
        self.assertEqual(account._limits()[account], 5000)
        self.assertEqual(account.limit_ids.approved_by_id, self.boss)
        self.assertEqual(request.sudo().account_id, account)
        self.assertTrue(account.next_review > self.today)

    def test_a_contact_asks_for_the_company_that_pays(self):
        self.assertEqual(self._request(partner_id=self.anna_buyer.id, amount=10).partner_id, self.anna)

    def test_cash_only_and_no_limit_are_two_things(self):
        account = self._account(limit=500)
        self._approve(self._request(kind="cash"))
        self.assertEqual(account._limits()[account], 0)
        self._approve(self._request(kind="none"))
        self.assertIsNone(account._limits()[account])
        # What was before is history.
        self.assertEqual(account._limits(self.today - timedelta(days=1))[account], 500)

    def test_a_limit_may_begin_later(self):
        account = self._account(limit=500)
        self._approve(self._request(amount=800, date_from=self._days(10)))
        self.assertEqual(account._limits()[account], 500)
        self.assertEqual(account._limits(self._days(10))[account], 800)

    def test_terms_are_agreed_by_request_only(self):
        account = self._account(limit=500)
        term = self._create_term((100, 45))
        with self._refused(CreditRequestError, "choose the new payment terms"):
            self._request(kind="terms").action_submit()
        self._approve(self._request(kind="terms", payment_term_id=term.id))
        self.assertEqual((account.payment_term_id, account._limits()[account]), (term, 500))

    def test_it_takes_down_what_the_payer_had_and_did(self):
        self._account(limit=500)
        invoice = self._invoice(300, self.today - timedelta(days=60))
        self._invoice(100, self.today - timedelta(days=10))
        self._pay(invoice, 300, self.today)
        request = self._request(amount=900)
        request.action_submit()
        seen = request.with_user(self.boss)
        self.assertEqual((seen.old_state, seen.old_amount, seen.change), ("limit", 500, 400))
        self.assertEqual((seen.sales, seen.receipts, seen.overdue), (400, 300, 100))
        self.assertEqual(request.sudo()._approval_amount()[0], 400)

    def test_a_limit_in_another_currency_counts_at_its_rate(self):
        euro = self._currency()
        account = self._account(limit=500)
        request = self._request(amount=400, currency_id=euro.id)
        request.action_submit()
        # Two euros a dollar: 400 are 200 of ours, 300 less than before.
        self.assertEqual(request.sudo().change, -300)
        self.assertEqual(request.sudo()._approval_amount()[0], 0)
        request.with_user(self.boss).action_approve()
        self.assertEqual(account._limits()[account], 200)

    def _currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "name": "2020-01-01", "rate": 2.0, "company_id": self.company.id}
        )
        return euro

    def test_no_limit_at_all_is_the_largest_request(self):
        self._account(limit=500)
        request = self._request(kind="none")
        request.action_submit()
        self.assertGreater(request.sudo()._approval_amount()[0], 1e9)

    def test_zero_is_asked_for_as_cash_only(self):
        with self._refused(CreditRequestError, "asks for a limit of zero"):
            self._request(amount=0).action_submit()

    def test_many_opening_limits_are_submitted_at_once(self):
        partners = self.env["res.partner"].create([{"name": f"Payer {i}"} for i in range(12)])
        requests = self.env["customer.credit.limit.request"].with_user(self.controller)
        rows = requests.create(
            [{"partner_id": partner.id, "amount": 100, "reason": "Opening"} for partner in partners]
        )
        rows.action_submit()
        rows.with_user(self.boss).action_approve()
        accounts = self.env["customer.credit.account"].search([("partner_id", "in", partners.ids)])
        self.assertEqual(set(accounts._limits().values()), {100})
        self.assertEqual(len(accounts), 12)

    # Temporary increases

    def _season(self, **values):
        return self._request(
            **{
                "kind": "temporary",
                "amount": 150,
                "date_from": self.today,
                "date_to": self._days(29),
                **values,
            }
        )

    def test_a_temporary_increase_ends_by_itself(self):
        account = self._account(limit=500)
        self._approve(self._season())
        limits = [account._limits(self._days(day))[account] for day in (0, 29, 30)]
        self.assertEqual(limits, [650, 650, 500])

    def test_it_is_neither_longer_nor_larger_than_allowed(self):
        self._account(limit=500)
        with self._refused(CreditRequestError, "for 31 days; a temporary increase lasts 30"):
            self._season(date_to=self._days(30)).action_submit()
        with self._refused(CreditRequestError, "30 % of the limit, that is .*150.00"):
            self._season(amount=150.01).action_submit()
        self.company.sudo().write(
            {"customer_credit_temporary_days": 0, "customer_credit_temporary_percent": 0}
        )
        self._season(amount=9999, date_to=self._days(300)).action_submit()

    def test_it_needs_a_limit_to_raise(self):
        with self._refused(CreditRequestError, "has no limit that could be raised"):
            self._season().action_submit()
        self._account(limit=0)
        with self._refused(CreditRequestError, "has no limit that could be raised"):
            self._season().action_submit()

    def test_there_are_two_within_ninety_days(self):
        self._account(limit=500)
        for day in (0, 30):
            self._approve(self._season(date_from=self._days(day), date_to=self._days(day + 5)))
        with self._refused(CreditRequestError, "would be number 3 within 90 days"):
            self._season(date_from=self._days(89), date_to=self._days(90)).action_submit()
        self._season(date_from=self._days(90), date_to=self._days(95)).action_submit()

    def test_those_that_wait_count_too(self):
        self._account(limit=500)
        requests = self._season() | self._season() | self._season()
        with self._refused(CreditRequestError, "would be number 3"):
            requests.action_submit()

    def test_not_while_something_is_overdue(self):
        self._account(limit=500)
        self._invoice(10, self._days(-5))
        with self._refused(CreditRequestError, "has something overdue"):
            self._season().action_submit()
        self.company.sudo().customer_credit_temporary_overdue = True
        self._season().action_submit()

    # Who may do what, on whatever road

    def test_what_is_submitted_does_not_change_any_more(self):
        request = self._request(amount=10)
        request.action_submit()
        for user in (self.seller, self.controller, self.boss):
            with self._refused(ApprovalLockError):
                request.with_user(user).write({"amount": 99})
        request.with_user(self.boss).action_approve()
        for name, value in (("amount", 99), ("old_amount", 99), ("date_to", self.today)):
            with self._refused(ApprovalLockError):
                request.sudo().write({name: value})

    def test_nobody_approves_the_own_request(self):
        request = self._request(user=self.boss, amount=10)
        self._rule(request._name, user_ids=[Command.set(self.controller.ids)], name="Second")
        with self._refused(ValidationError):
            request.action_submit()
        mine = self._request(amount=10)
        mine.action_submit()
        with self._refused(ApprovalRightError):
            mine.action_approve()
        with self._refused(ApprovalRightError):
            mine.write({"approval_state": "approved"})

    def test_nobody_writes_limits_ratings_or_terms(self):
        account = self._account(limit=500)
        limit, term = account.limit_ids, self._create_term((100, 45))
        for user in (self.seller, self.controller, self.boss):
            with self._refused(AccessError):
                limit.with_user(user).write({"amount": 9})
            with self._refused(AccessError):
                limit.with_user(user).create({"account_id": account.id, "amount": 9, "reason": "x"})
            with self._refused(AccessError):
                limit.with_user(user).unlink()
            for values in (
                {"rating_id": self.ratings["AAA"].id},
                {"payment_term_id": term.id},
                {"next_review": self._days(999)},
                {"limit_ids": [Command.create({"amount": 9, "reason": "x"})]},
            ):
                with self._refused(AccessError):
                    account.with_user(user).write(values)
        with self._refused(CreditWriteError):
            account.with_user(self.boss).create(
                {"partner_id": self.boris.id, "rating_id": self.ratings["A"].id}
            )

    def test_a_default_of_the_context_gives_no_rating(self):
        accounts = self.env["customer.credit.account"].with_user(self.boss)
        account = accounts.with_context(default_rating_id=self.ratings["AAA"].id).create(
            {"partner_id": self.boris.id}
        )
        self.assertFalse(account.rating_id)
        self.assertFalse(account.change_ids)

    def test_a_salesperson_asks_for_own_customers_and_sees_no_credit(self):
        self.boris.user_id = self.controller
        with self._refused(AccessError):
            self._request(partner_id=self.boris.id, amount=10)
        request = self._request(amount=10)
        request.action_submit()
        with self._refused(AccessError):
            request.read(["old_amount"])
        with self._refused(AccessError):
            request.env["customer.credit.account"].search([("id", ">", 0)])
        self.assertNotIn("Overdue", dict(request._approval_summary()))

    def test_two_companies_keep_apart(self):
        other = self.env["res.company"].create({"name": "Other Ltd"})
        request = self._request(amount=10)
        foreign = self._person("foreign", "customer_credit.group_credit_manager")
        foreign.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        self.assertFalse(request.with_user(foreign).search([("id", "=", request.id)]))
        with self._refused(AccessError):
            request.with_user(foreign).read(["amount"])
        self._approve(request)
        there = self.env["customer.credit.account"].sudo()._of(self.anna, other)
        self.assertFalse(there)
