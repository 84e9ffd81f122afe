from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.customer_management.exceptions import (
    ApprovalLockError,
    ApprovalRightError,
    ApprovalRuleError,
)

from ..exceptions import SecurityStateError
from .credit_case import CreditCase


class SecurityCase(CreditCase):
    """Securities are entered by the test's user and confirmed by Grace, who manages credit as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.company
        people = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        cls.grace = new_test_user(cls.env, "grace", "customer_credit.group_credit_manager", **people)
        cls.clerk = new_test_user(cls.env, "clerk", "customer_credit.group_credit_user", **people)
        cls.kind = {
            name: cls.env.ref(f"customer_credit.credit_security_kind_{name}")
            for name in ("mortgage", "guarantee_joint", "deposit", "standby", "insurance", "retention")
        }
        cls.account = cls._account(cls.anna, limit=1000)

    @classmethod
    def _security(cls, kind="mortgage", value=100, confirm=True, **values):
        """Return a security of Anna's account with a paper, confirmed by Grace."""
        if kind == "insurance":
            values = {"insurer_id": cls.boris.id, "policy_number": "P-1", **values}
        if kind in ("guarantee_joint", "standby"):
            values = {"guarantor_id": cls.boris.id, **values}
        security = cls.env["customer.credit.security"].create(
            {
                "name": kind,
                "account_id": cls.account.id,
                "kind_id": cls.kind[kind].id,
                "value": value,
                "currency_id": cls.env.company.currency_id.id,
                "date_from": "2020-01-01",
                "document_ids": [Command.create({"name": "deed.txt", "raw": b"Deed"})],
                **values,
            }
        )
        if confirm:
            security.action_submit()
            security.with_user(cls.grace).action_approve()
        return security

    def _limit_in_force(self, day=None):
        return self.account._limits(day)[self.account]


@tagged("post_install", "-at_install")
class TestSecurity(SecurityCase):
    def test_each_kind_counts_less_its_haircut(self):
        expected = {"mortgage": 60, "guarantee_joint": 50, "deposit": 100, "standby": 95, "retention": 0}
        for kind, amount in expected.items():
            self.assertEqual(self._security(kind).secured_amount, amount, kind)
        self.assertEqual(self._limit_in_force(), 1000 + sum(expected.values()))
        self.assertEqual(self.account.secured_amount, sum(expected.values()))

    def test_who_ranks_before_us_takes_first(self):
        security = self._security("mortgage", 100, rank=2, prior_claims=70)
        self.assertEqual(security.secured_amount, 18)
        self.assertEqual(self._security("mortgage", 100, rank=2, prior_claims=170).secured_amount, 0)

    def test_cover_counts_once_somebody_else_has_confirmed_it(self):
        security = self._security(confirm=False)
        self.assertEqual((security.state, self._limit_in_force()), ("draft", 1000))
        security.action_submit()
        self.assertEqual((security.state, self._limit_in_force()), ("pending", 1000))
        with self.assertRaises(ApprovalRightError):
            security.action_approve()
        security.with_user(self.grace).action_approve()
        self.assertEqual((security.state, self._limit_in_force()), ("force", 1060))

    def test_with_nobody_else_to_confirm_it_is_not_confirmed(self):
        rule = self.env.ref("customer_credit.approval_rule_security").sudo()
        rule.write({"approver_kind": "user", "user_ids": [Command.set(self.env.user.ids)], "group_id": False})
        with self.assertRaises(ApprovalRuleError):
            self._security(confirm=False).action_submit()

    def test_cover_must_outlast_the_longest_agreed_terms(self):
        self.account.sudo().payment_term_id = self._create_term((50, 30), (50, 60))
        today = Date.context_today(self.env.user)
        self._security(date_to=today + timedelta(days=59))
        self.assertEqual(self._limit_in_force(), 1000)
        self._security(date_to=today + timedelta(days=60))
        self.assertEqual(self._limit_in_force(), 1060)
        self.account.sudo().payment_term_id = False
        self.assertEqual(self._limit_in_force(), 1120)

    def test_without_agreed_terms_those_of_the_rating_count(self):
        rating = self.env.ref("customer_credit.credit_rating_aaa")
        self.account.sudo().rating_id = rating
        today = Date.context_today(self.env.user)
        self._security(date_to=today + timedelta(days=rating.credit_days - 1))
        self.assertEqual(self._limit_in_force(), 1000)

    def test_cover_of_another_currency_is_taken_at_the_rate_of_the_day(self):
        other = self.setup_other_currency("EUR", rates=[("2020-01-01", 2.0), ("2021-01-01", 4.0)])
        self._security("deposit", 100, currency_id=other.id)
        self.assertEqual(self._limit_in_force(), 1025)

    def test_cover_neither_gives_a_limit_nor_lifts_cash_only_unseen(self):
        self.account.limit_ids.sudo().unlink()
        self._security("deposit", 100)
        self.assertEqual((self._limit_in_force(), self.account.limit_state), (None, "none"))
        self._limit(self.account, 0)
        self.assertEqual(self._limit_in_force(), 100)

    def test_a_company_that_keeps_cover_on_file_only_has_the_plain_limit(self):
        self._security("deposit", 100)
        self.env.company.customer_credit_cover = "none"
        self.assertEqual((self._limit_in_force(), self.account.secured_amount), (1000, 100))

    def test_released_today_covers_nothing_more_but_did_before(self):
        security = self._security("deposit", 100)
        security.sudo()._approval_write({"confirmed_on": "2020-01-01"})
        security._release("Loan repaid")
        yesterday = Date.context_today(security) - timedelta(days=1)
        self.assertEqual((security.state, self._limit_in_force()), ("released", 1000))
        self.assertEqual(self._limit_in_force(yesterday), 1100)
        with self.assertRaises(SecurityStateError):
            security._release("Again")

    def test_the_daily_job_tells_before_and_expires_after_once_each(self):
        today = Date.context_today(self.env.user)
        soon = self._security(date_to=today + timedelta(days=30), user_id=self.grace.id)
        later = self._security(date_to=today + timedelta(days=31))
        past = self._security(date_to=today)
        past.sudo()._approval_write({"date_to": today - timedelta(days=1)})
        for _run in range(2):
            self.env["customer.credit.security"]._cron_expire()
        told = soon.activity_ids.filtered(lambda one: one.user_id == self.grace)
        self.assertEqual((len(told), told.date_deadline), (1, soon.date_to))
        self.assertFalse(later.activity_ids)
        self.assertEqual((past.state, past.expired_on, soon.state), ("expired", today, "force"))
        self.assertTrue(soon.expires_soon)

    def test_what_lacks_its_paper_guarantor_or_policy_is_not_submitted(self):
        cases = [
            self._security(confirm=False, document_ids=False),
            self._security("guarantee_joint", confirm=False, guarantor_id=False),
            self._security("insurance", confirm=False, policy_number=False),
            self._security(confirm=False, date_to="2020-02-01"),
        ]
        for security in cases:
            with self.assertRaises(SecurityStateError):
                security.action_submit()

    def test_one_statement_for_all_accounts(self):
        accounts = self.account
        for i in range(6):
            partner = self._create_partner(name=f"Payer {i}")
            accounts += self._account(partner, limit=100)
            self._security(account_id=accounts[-1].id)
        self.account._limits()
        with self.assertQueryCount(1):
            self.account._covers(Date.context_today(self.account))
        with self.assertQueryCount(1):
            self.assertEqual(len(accounts._covers(Date.context_today(self.account))), 6)


@tagged("post_install", "-at_install")
class TestInsurance(SecurityCase):
    def _parts(self):
        found = self.env["customer.credit.exposure"]._exposure_of(self.env.company, self.anna)[self.anna.id]
        return found["receivable"], found["insured"], found["total"]

    def test_the_insured_part_up_to_the_buyer_limit_leaves_the_exposure(self):
        self._security("insurance", 500, cover_percent=90)
        self._invoice(300, self.today)
        self.assertEqual(self._parts(), (300, -270, 30))
        self._invoice(700, self.today)
        self.assertEqual(self._parts(), (1000, -450, 550))
        self.assertEqual(self._limit_in_force(), 1000)

    def test_two_insurances_never_cover_more_than_there_is(self):
        self._security("insurance", 500, cover_percent=90)
        self._security("insurance", 500, cover_percent=80)
        self._invoice(100, self.today)
        self.assertEqual(self._parts(), (100, -100, 0))

    def test_insurance_may_raise_the_limit_instead(self):
        self._security("insurance", 500, cover_percent=90)
        self._invoice(300, self.today)
        self.env.company.customer_credit_insurance = "limit"
        self.assertEqual((self._parts(), self._limit_in_force()), ((300, 0, 300), 1450))
        self.env.company.customer_credit_insurance = "none"
        self.assertEqual((self._parts(), self._limit_in_force()), ((300, 0, 300), 1000))

    def test_terms_longer_than_the_policy_allows_are_not_insured(self):
        self._security("insurance", 500, longest_term=30)
        self._invoice(100, self.today)
        self.account.sudo().payment_term_id = self._create_term((100, 45))
        self.assertEqual(self._parts(), (100, 0, 100))

    def test_money_in_advance_is_not_insured(self):
        self._security("insurance", 500)
        self._payment(100, self.today)
        self.assertEqual(self._parts(), (0, 0, -100))


@tagged("post_install", "-at_install")
class TestSecurityAccess(SecurityCase):
    def test_what_the_steps_write_is_not_written_by_hand_on_any_road(self):
        security = self._security(confirm=False)
        for values in (
            {"confirmed_on": "2020-01-01"},
            {"released_on": "2020-01-01"},
            {"approval_state": "approved"},
        ):
            with self.assertRaises(UserError):
                security.write(values)
        born = security.with_context(default_confirmed_on="2020-01-01", default_expired_on="2020-01-01").copy(
            {"name": "Copy"}
        )
        self.assertEqual((born.confirmed_on, born.expired_on, born.state), (False, False, "draft"))
        born = security.with_context(default_approval_state="approved").copy({"name": "Another"})
        self.assertEqual((born.approval_state, self._limit_in_force()), ("draft", 1000))

    def test_what_is_in_force_is_locked_with_its_papers(self):
        security = self._security()
        for values in ({"value": 10000}, {"haircut": 0}, {"date_to": False}, {"account_id": self.account.id}):
            with self.assertRaises(ApprovalLockError):
                security.write(values)
        with self.assertRaises(ApprovalLockError):
            security.document_ids.unlink()
        security.user_id = self.grace

    def test_a_paper_of_something_else_is_no_evidence(self):
        paper = self.env["ir.attachment"].create(
            {"name": "other", "raw": b"x", "res_model": "res.partner", "res_id": self.anna.id}
        )
        with self.assertRaises(ValidationError):
            self._security(confirm=False, document_ids=[Command.link(paper.id)])

    def test_hostile_values_are_refused(self):
        for values in ({"value": -1}, {"value": 0}, {"haircut": 101}, {"prior_claims": -5}, {"rank": 0}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self._security(confirm=False, **values)
        with self.assertRaises(ValidationError):
            self._security("guarantee_joint", confirm=False, guarantor_id=self.anna_buyer.id)

    def test_users_read_and_only_controllers_enter(self):
        security = self._security()
        self.assertEqual(security.with_user(self.clerk).secured_amount, 60)
        with self.assertRaises(AccessError):
            security.with_user(self.clerk).copy()
        with self.assertRaises(AccessError):
            security.with_user(self.clerk)._release("Mine")

    def test_other_companies_neither_see_nor_use_it(self):
        security = self._security()
        other = self.setup_other_company()["company"]
        stranger = new_test_user(
            self.env,
            "stranger",
            "customer_credit.group_credit_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        with self.assertRaises(AccessError):
            security.with_user(stranger).read(["value"])
        with self.assertRaises(AccessError):
            self.env["customer.credit.security"].with_user(stranger).create(
                {
                    "name": "Ours",
                    "account_id": self.account.id,
                    "kind_id": self.kind["deposit"].id,
                    "value": 1,
                }
            )
