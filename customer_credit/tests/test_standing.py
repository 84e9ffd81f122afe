from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.customer_credit.exceptions import StandingWriteError

from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestStanding(CreditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standing = cls.env["customer.credit.standing"]
        cls.month_end = cls.standing._last_month_end()
        cls.account = cls._account(limit=1000)

    def _rate(self, rating):
        self.account.sudo().rating_id = rating and self.env.ref(f"customer_credit.credit_rating_{rating}")

    def _record(self, back=0):
        date = self.standing._month_end(self.month_end, back) if back else self.month_end
        return self.standing._record(self.env.company, date)

    def test_a_month_says_what_was_and_what_is_open(self):
        day = self.month_end.replace(day=1)
        self._pay(self._invoice(300, day, invoice_date_due=day), 200, day + relativedelta(days=4))
        self._rate("bb")
        row = self._record()
        self.assertEqual((row.account_id, row.date, row.mark), (self.account, self.month_end, "new"))
        self.assertEqual((row.rating_id.name, row.limit_state, row.limit_amount), ("BB", "limit", 1000))
        self.assertEqual((row.exposure, row.limit_use, row.overdue), (100, 0.1, 100))
        self.assertEqual((row.sales, row.receipts, row.days_late), (300, 200, 4))
        self.assertTrue(row.has_payments and not row.is_event)

    def test_orders_count_in_the_first_days_after_the_month_end(self):
        self._order((self.goods, 2))
        self.patch(self.registry["customer.credit.standing"], "_is_past", lambda standing, date: False)
        row = self._record()
        self.assertEqual((row.exposure, row.from_ledger), (200, False))
        row.sudo().unlink()
        self.patch(self.registry["customer.credit.standing"], "_is_past", lambda standing, date: True)
        row = self._record()
        self.assertEqual((row.exposure, row.from_ledger), (0, True))

    def test_it_is_written_once(self):
        self.assertTrue(self._record())
        self.account.sudo().limit_ids.amount = 5
        self.assertFalse(self._record())
        self.assertEqual(self.account.standing_ids.limit_amount, 1000)

    def test_no_limit_zero_and_a_number_are_three_things(self):
        boris = self._account(self.boris)
        cash = self._account(self._create_partner(name="Cash"))
        self._invoice(10, self.month_end, cash.partner_id)
        self._limit(cash, 0)
        rows = {row.account_id: row for row in self._record()}
        self.assertEqual((rows[boris].limit_state, rows[boris].limit_use), ("none", 0))
        self.assertEqual((rows[cash].limit_state, rows[cash].limit_use), ("cash", 1))
        self.assertEqual(rows[self.account].limit_state, "limit")

    def test_a_group_takes_up_what_its_members_take_up(self):
        self._account(self.boris, parent_id=self.account.id)
        self._invoice(40, self.month_end, self.boris)
        self._invoice(100, self.month_end)
        for back in (0, 1):
            rows = {row.account_id: row.exposure for row in self._record(back)}
            self.assertEqual(rows[self.account], 0 if back else 140)

    def test_a_rating_that_falls_by_two_steps_asks_for_a_review(self):
        for before, after, mark, event in (
            ("bbb", "bb", "down", False),
            ("bbb", "b", "down", True),
            ("b", "bbb", "up", True),
            ("bbb", "bbb", "same", False),
            (None, "d", "same", False),
        ):
            with self.subTest(f"{before} {after}"), self.cr.savepoint() as savepoint:
                self._rate(before)
                self._record(1)
                self._rate(after)
                row = self._record()
                self.assertEqual((row.mark, row.is_event), (mark, event))
                self.assertEqual(len(self.account.activity_ids), event)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_use_that_jumps_by_more_than_thirty_points_asks_for_a_review(self):
        before = self.standing._month_end(self.month_end, 1)
        self._invoice(200, before)
        for amount, event in ((300, False), (301, True)):
            with self.subTest(amount), self.cr.savepoint() as savepoint:
                self._record(1)
                self._invoice(amount, self.month_end)
                row = self._record()
                self.assertEqual((row.mark, row.is_event), ("down", event))
                self.assertIn("after 20%", row.change_note)
                if event:
                    self.assertEqual(
                        self.account.activity_ids.user_id, self.account._reviewers()[self.account]
                    )
                savepoint.rollback()
                self.env.invalidate_all()

    def test_months_that_were_missed_are_made_up_for_from_the_ledger(self):
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        self._record(3)
        self.standing.sudo()._cron_record()
        rows = self.account.standing_ids.sorted("date")
        self.assertEqual(len(rows), 4)
        late = self.today.day > 7
        self.assertEqual(rows.mapped("from_ledger"), [True, True, True, late])
        self.standing.sudo()._cron_record()
        self.assertEqual(len(self.account.standing_ids), 4)

    def test_the_statements_do_not_grow_with_the_accounts(self):
        self._record()
        counts = []
        for size in (4, 40):
            self.standing.sudo().search([("company_id", "=", self.env.company.id)]).unlink()
            for i in range(size):
                self._account(self._create_partner(name=f"P{size} {i}"), limit=100)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self.assertGreater(len(self._record()), size)
            counts.append(self.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])

    def test_the_register_takes_as_many_statements_for_forty_as_for_five(self):
        accounts = self.account
        names = [
            "limit",
            "exposure",
            "temporary_limit",
            "security_amount",
            "receivable_amount",
            "orders_amount",
        ]
        counts = []
        for size in (5, 40):
            while len(accounts) < size:
                accounts += self._account(self._create_partner(name=f"P{len(accounts)}"), limit=100)
            self.env.flush_all()
            accounts.web_read({name: {} for name in ("partner_id", "company_id", *names)})
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            accounts.web_read({name: {} for name in ("partner_id", "company_id", *names)})
            counts.append(self.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])

    def test_the_register_adds_up(self):
        self._limit(self.account, 500, day_from=self.today, day_to=self.today, kind="temporary")
        self._invoice(100, self.today)
        self._payment(30, self.today)
        self._order((self.goods, 2))
        account = self.account
        account.invalidate_recordset()
        self.assertEqual((account.limit, account.temporary_limit), (1500, 500))
        self.assertEqual((account.receivable_amount, account.orders_amount), (70, 200))
        self.assertEqual(account.available, 1500 - account.receivable_amount - account.orders_amount)
        self.assertEqual((account.security_amount, account.notes_amount), (0, 0))

    def test_people_write_cause_and_measure_only(self):
        row = self._record()
        company = {"company_id": self.env.company.id, "company_ids": self.env.company.ids}
        clerk = new_test_user(self.env, "standing_clerk", "customer_credit.group_credit_user", **company)
        controller = new_test_user(
            self.env, "standing_ctrl", "customer_credit.group_credit_controller", **company
        )
        seller = new_test_user(
            self.env, "standing_seller", "customer_management.group_customer_user", **company
        )
        row.with_user(controller).write({"cause": "A fire", "measure": "Wait"})
        with self.assertRaises(StandingWriteError):
            row.with_user(controller).write({"exposure": 0})
        for user, values in ((clerk, {"cause": "x"}), (seller, {"cause": "x"})):
            with self.assertRaises(AccessError):
                row.with_user(user).write(values)
        with self.assertRaises(StandingWriteError):
            self.standing.with_user(controller).create({"account_id": self.account.id})
        self.assertEqual(row.with_user(clerk).cause, "A fire")
        with self.assertRaises(AccessError):
            row.with_user(seller).read(["exposure"])

    def test_companies_are_written_and_seen_apart(self):
        other = (
            self.company_data_2["company"]
            if hasattr(self, "company_data_2")
            else self.env["res.company"].create({"name": "Elsewhere"})
        )
        theirs = self._account(self.boris, company_id=other.id)
        row = self._record()
        self.assertNotIn(theirs, row.account_id)
        stranger = new_test_user(
            self.env,
            "standing_stranger",
            "customer_credit.group_credit_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        self.assertFalse(self.standing.with_user(stranger).search([("id", "in", row.ids)]))

    def test_the_chart_has_limit_exposure_rating_and_lateness(self):
        self._rate("bb")
        self._record(1)
        self._record()
        chart = self.account.standing_chart
        self.assertEqual(len(chart["labels"]), 2)
        self.assertEqual([panel["unit"] for panel in chart["panels"]], ["money", "days", "place"])
        self.assertEqual(chart["panels"][2]["series"][0]["values"], [4, 4])
        self.assertEqual(chart["panels"][1]["series"][0]["values"], [None, None])

    def test_the_tile_says_how_much_of_the_limit_is_used(self):
        self.anna.customer_rank = 1
        self._invoice(900, self.today)
        tiles = {tile["key"]: tile for tile in self.anna.customer_known["tiles"]}
        self.assertEqual((tiles["limit_use"]["value"], tiles["limit_use"]["tone"]), ("90%", "warning"))
        self.assertEqual(self.anna.action_open_known("limit_use")["res_id"], self.account.id)
        company = {"company_id": self.env.company.id, "company_ids": self.env.company.ids}
        seller = new_test_user(self.env, "tile_seller", "customer_management.group_customer_user", **company)
        tiles = self.anna.with_user(seller).customer_known["tiles"]
        self.assertNotIn("limit_use", [tile["key"] for tile in tiles])
