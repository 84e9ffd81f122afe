"""The books hold what dealers earned: accrued each month, cleared by what settles it."""

from odoo import fields
from odoo.tests import tagged

from ..exceptions import RebateSettingError
from .rebate_case import RebateCase


@tagged("post_install", "-at_install")
class TestAccrual(RebateCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        accounts = cls.env["account.account"]
        cls.accrued = accounts.create(
            {"name": "Accrued rebates", "code": "RB1", "account_type": "liability_current"}
        )
        cls.reduced = accounts.create({"name": "Rebates", "code": "RB2", "account_type": "income"})
        cls.journal = cls._accounts_of(cls.env.company)["journal"]

    def _configure(self):
        self.env.company.write(
            {
                "customer_rebate_accrual_account_id": self.accrued.id,
                "customer_rebate_revenue_account_id": self.reduced.id,
                "customer_rebate_journal_id": self.journal.id,
            }
        )

    def _accrue(self, day):
        return self.env["customer.dealer.rebate.accrual"]._accrue(self.env.company, fields.Date.to_date(day))

    def _balance(self, account, partner=None):
        self.env.flush_all()
        domain = [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        if partner:
            domain.append(("partner_id", "=", partner.id))
        return round(sum(self.env["account.move.line"].search(domain).mapped("balance")), 2)

    def test_without_accounts_it_says_what_to_do(self):
        with self.assertRaises(RebateSettingError):
            self._accrue("2025-05-31")

    def test_each_month_books_what_changed(self):
        self._configure()
        plan = self._plan((0, 10), (100, 20))
        self._statements(plan, "2025-12-31", today="2025-05-01")
        self._sell(100, "2025-04-10")
        self._sell(100, "2025-05-10")
        self._sell(50, "2025-05-10", partner=self.boris)
        april = self._accrue("2025-04-30")
        self.assertEqual(april.line_ids.mapped("amount"), [10])
        may = self._accrue("2025-05-31")
        self.assertEqual(sorted(may.line_ids.mapped("amount")), [5, 20])
        self.assertEqual((self._balance(self.accrued), self._balance(self.reduced)), (-35, 35))
        self.assertEqual(self._balance(self.accrued, self.anna), -30)
        self._sell(80, "2025-05-20", kind="out_refund")
        june = self._accrue("2025-06-30")
        self.assertEqual(june.line_ids.mapped("amount"), [-16])

    def test_a_month_is_booked_once(self):
        self._configure()
        self._statements(self._plan((0, 10)), "2025-12-31", today="2025-05-01")
        self._sell(100, "2025-04-10")
        self.assertEqual(self._accrue("2025-04-30"), self._accrue("2025-04-30"))
        self.assertEqual(self._balance(self.accrued), -10)

    def test_what_is_settled_leaves_the_account(self):
        self._configure()
        plan = self._plan((0, 10), interim="quarter")
        self._sell(100, "2025-02-10")
        self._statements(plan, "2025-02-10", today="2025-02-20")
        self._accrue("2025-02-28")
        interim = self._statement(plan, "2025-02-10", "interim", today="2025-04-05")
        self._settled(interim)
        self.assertEqual(self._balance(self.accrued), 0)
        self._sell(300, "2025-06-10")
        self._accrue("2025-06-30")
        self.assertEqual(self._balance(self.accrued), -30)
        final = self._statement(plan)
        self._settled(final)
        self._accrue("2025-12-31")
        self.assertEqual((self._balance(self.accrued), self._balance(self.reduced)), (0, 40))

    def test_what_is_forfeited_is_taken_back(self):
        self._configure()
        self._sell(100, "2025-05-10")
        statement = self._statement(self._plan((0, 10)))
        self._accrue("2025-05-31")
        statement.action_forfeit()
        self._accrue("2025-06-30")
        self.assertEqual((self._balance(self.accrued), self._balance(self.reduced)), (0, 0))
