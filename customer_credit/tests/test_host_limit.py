"""The host's own limit and banner say what the credit account says. (DESIGN 4)"""

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..exceptions import CreditWriteError
from .credit_case import CreditCase

HOST = ["credit_limit", "use_partner_credit_limit"]


@tagged("post_install", "-at_install")
class TestHostLimit(CreditCase):
    def _host(self, partner=None, company=None):
        partner = (partner or self.anna).with_company(company or self.env.company)
        return partner.use_partner_credit_limit, partner.credit_limit

    def _usual(self, amount):
        """Set the limit that the host has for everybody in this company."""
        self.env["ir.default"].sudo().set(
            "res.partner", "credit_limit", amount, company_id=self.env.company.id
        )

    def _run_job(self):
        """Run the nightly job, without its commits."""
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        self.env["customer.credit.account"].sudo()._cron_mirror()

    def test_no_limit_cash_only_and_a_number_are_three_things_there_too(self):
        self._usual(9000)
        account = self._account()
        self.assertEqual(self._host(), (False, 0))
        cash = self._limit(account, 0)
        self.assertEqual(self._host(), (True, 0))
        self._limit(account, 500, day_from="2024-02-01")
        self.assertEqual(self._host(), (True, 500))
        self.assertEqual(self._host(self.anna_buyer), (True, 500))
        account.limit_ids.sudo().unlink()
        self.assertEqual(self._host(), (False, 0))
        self.assertFalse(cash.exists())
        account.unlink()
        self.assertEqual(self._host(), (False, 9000))

    def test_without_an_account_the_host_is_left_alone(self):
        self._usual(9000)
        self.boris.credit_limit = 70
        self.assertEqual(self._host(self.boris), (True, 70))
        self.boris.use_partner_credit_limit = False
        self.assertEqual(self._host(self.boris), (False, 9000))
        self._account(limit=5)
        self.assertEqual(self._host(self.boris), (False, 9000))

    def test_a_limit_of_the_host_that_counts_no_more_is_noted(self):
        self.anna.credit_limit = 70
        account = self._account()
        self.assertIn("70.00", account.message_ids[:1].body)
        self.assertEqual(self._host(), (False, 0))
        self.assertFalse("had a limit" in str(self._account(self.boris).message_ids.mapped("body")))

    def test_days_begin_and_end_limits_over_night(self):
        account = self._account(limit=1000)
        self._limit(account, 300, self.today, self.today + relativedelta(days=3), kind="temporary")
        self.assertEqual(self._host(), (True, 1300))
        with freeze_time(self.today + relativedelta(days=4)):
            self._run_job()
            self.assertEqual(self._host(), (True, 1000))

    def test_an_expired_review_lowers_it(self):
        account = self._account(limit=1000)
        account.sudo().next_review = self.today - relativedelta(days=30)
        self.assertEqual(self._host(), (True, 750))

    def test_settings_of_the_company_set_off_the_job(self):
        cron = self.env.ref("customer_credit.credit_mirror_cron")
        triggers = self.env["ir.cron.trigger"].sudo()
        before = triggers.search_count([("cron_id", "=", cron.id)])
        self.env.company.sudo().customer_credit_expiry_percent = 50
        self.assertEqual(triggers.search_count([("cron_id", "=", cron.id)]), before + 1)

    def test_each_company_has_its_own_and_branches_that_of_their_root(self):
        self._account(limit=1000)
        companies = self.env["res.company"].sudo()
        other = companies.create({"name": "Other"})
        self.assertEqual(self._host(company=other), (False, 0))
        branch = companies.create({"name": "Branch", "parent_id": self.env.company.id})
        self._run_job()
        self.assertEqual(self._host(company=branch), (True, 1000))

    def test_nobody_changes_it_on_the_customer(self):
        self._account(limit=1000)
        accountant = new_test_user(
            self.env,
            "host_limit_accountant",
            "base.group_partner_manager,account.group_account_invoice",
            company_id=self.env.company.id,
            company_ids=[Command.set(self.env.company.ids)],
        )
        for user in (accountant, self.env.user, self.env.ref("base.user_root")):
            for partner in (self.anna, self.anna_buyer):
                partner = partner.with_user(user).with_company(self.env.company)
                for vals in (
                    {"credit_limit": 5000},
                    {"credit_limit": 0},
                    {"credit_limit": False},
                    {"use_partner_credit_limit": False},
                ):
                    with self.assertRaisesRegex(CreditWriteError, "1,000.00"), self.env.cr.savepoint():
                        partner.with_context(credit_merge=True, default_credit_limit=5).write(vals)
        self.anna.with_user(accountant).write({"credit_limit": 1000, "use_partner_credit_limit": True})
        result = self.env["res.partner"].load([".id", "credit_limit"], [[str(self.anna.id), "5000"]])
        self.assertFalse(result["ids"])
        self.assertEqual(self._host(), (True, 1000))

    def test_a_new_contact_of_a_payer_has_its_limit(self):
        self._account(limit=1000)
        contact = self.env["res.partner"].create({"name": "New", "parent_id": self.anna.id})
        self.assertEqual(self._host(contact), (True, 1000))

    def test_merged_customers_have_the_limit_of_the_account(self):
        account = self._account(limit=0)
        other = self._create_partner(name="Anna Ltd again")
        other.credit_limit = 800
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge([other.id, self.anna.id], self.anna, extra_checks=False)
        self.assertEqual(account.partner_id, self.anna)
        self.assertEqual(self._host(), (True, 0))

    def test_many_limits_cost_one_update(self):
        accounts = (
            self.env["customer.credit.account"]
            .sudo()
            .create([{"partner_id": self._create_partner(name=f"P {i}").id} for i in range(20)])
        )
        for account in accounts:
            self._limit(account, 100 + account.id)
        few, many = accounts[:2], accounts
        counts = []
        for some in (few, many):
            self.env.invalidate_all()
            some.mapped("company_id.name")
            before = self.env.cr.sql_log_count
            some._mirror_limits()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLess(counts[1], 10)


@tagged("post_install", "-at_install")
class TestHostBanner(CreditCase):
    """With an account there is one banner, and the credit rules write it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.sudo().account_use_credit_limit = True

    def _draft(self, amount, partner=None):
        values = self._invoice_values(amount, self.today, partner)
        return self.env["account.move"].create(values)

    def test_an_invoice_over_the_limit_says_that_it_will_be_held(self):
        self._account(limit=100)
        move = self._draft(150)
        self.assertIn("If you post, the invoice will be held", move.partner_credit_warning)
        self.assertNotIn("has reached its credit limit", move.partner_credit_warning)
        move.action_post()
        self.assertEqual(move.state, "draft")
        move.invalidate_recordset()
        self.assertIn("The invoice is held", move.partner_credit_warning)

    def test_cash_only_holds_though_the_host_takes_zero_for_no_limit(self):
        self._account(limit=0)
        self.assertIn("will be held", self._draft(1).partner_credit_warning)

    def test_within_the_limit_and_without_one_there_is_no_banner(self):
        self._account(limit=1000)
        self._account(self.boris)
        self.assertFalse(self._draft(150).partner_credit_warning)
        self.assertFalse(self._draft(150, self.boris).partner_credit_warning)

    def test_without_an_account_the_host_says_what_it_always_said(self):
        self.boris.credit_limit = 100
        self.assertIn("has reached its credit limit", self._draft(150, self.boris).partner_credit_warning)

    def test_the_limit_of_a_buyer_who_does_not_pay_says_nothing(self):
        self._account(limit=100)
        order = self.env["sale.order"].create(
            {
                "partner_id": self.anna.id,
                "partner_invoice_id": self.boris.id,
                "order_line": [
                    Command.create({"product_id": self.service.id, "price_unit": 900, "tax_ids": False})
                ],
            }
        )
        self.assertFalse(order.partner_credit_warning)
        order.partner_invoice_id = self.anna
        self.assertIn("will be held", order.partner_credit_warning)

    def test_without_rules_the_hosts_banner_has_our_limit(self):
        self._account(limit=100)
        self.env["customer.credit.rule"].sudo().search([("id", "!=", 0)]).active = False
        self.assertIn("100.00", self._draft(150).partner_credit_warning)
