"""What becomes of a rebate: checked, confirmed, settled once; interims are deducted from the year."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.customer_management.exceptions import ApprovalRightError

from ..exceptions import RebateSettingError, RebateStateError, RebateWriteError
from .rebate_case import RebateCase


@tagged("post_install", "-at_install")
class TestSettlement(RebateCase):
    def _rebate(self, amount=1000, **values):
        self._sell(amount, "2025-05-05")
        return self._statement(self._plan((0, 10), **values))

    def test_a_credit_note_settles_it_and_is_no_return(self):
        statement = self._settled(self._rebate())
        note = statement.move_id
        self.assertEqual(
            (statement.state, note.move_type, note.amount_untaxed), ("settled", "out_refund", 100)
        )
        self.assertEqual((note.state, note.partner_id), ("posted", self.anna))
        self.assertIn("1279", note.narration)
        sales = self.env["customer.dealer.sales"]._amounts(self.env.company, "2025-01-01", "2030-12-31")
        self.assertEqual(sales[self.dealer.id]["amount"], 1000)

    def test_what_takes_the_credit_note_back_is_no_sale(self):
        note = self._settled(self._rebate()).move_id
        note._reverse_moves().action_post()
        sales = self.env["customer.dealer.sales"]._amounts(self.env.company, "2025-01-01", "2030-12-31")
        self.assertEqual(sales[self.dealer.id]["amount"], 1000)

    def test_it_is_settled_once(self):
        statement = self._settled(self._rebate())
        with self.assertRaises(RebateStateError):
            statement.action_settle()

    def test_a_cancelled_credit_note_opens_it_again(self):
        statement = self._settled(self._rebate())
        note = statement.move_id
        note.button_draft()
        self.assertEqual(statement.state, "confirmed")
        with self.assertRaises(RebateStateError):
            statement.action_settle()
        note.button_cancel()
        statement.action_settle()
        self.assertEqual((statement.state, statement.move_id.state), ("settled", "posted"))
        self.assertNotEqual(statement.move_id, note)

    def test_a_manager_prepares_and_an_accountant_posts(self):
        statement = self._confirmed(self._rebate())
        manager = new_test_user(self.env, "channel_boss", "customer_channels.group_channel_manager")
        statement.with_user(manager).action_settle()
        self.assertEqual((statement.state, statement.move_id.state), ("confirmed", "draft"))
        with self.assertRaises(RebateStateError):
            statement.action_forfeit()
        statement.move_id.unlink()
        statement.with_user(manager).action_settle()
        statement.move_id.action_post()
        self.assertEqual(statement.state, "settled")

    def test_taxes_come_on_top(self):
        self.rebate.taxes_id = self.tax_sale_a
        note = self._settled(self._rebate()).move_id
        self.assertEqual((note.amount_untaxed, note.amount_total), (100, 115))

    def test_without_a_product_it_says_what_to_do(self):
        statement = self._confirmed(self._rebate())
        self.env.company.customer_rebate_product_id = False
        with self.assertRaises(RebateSettingError):
            statement.action_settle()

    def test_sales_and_finance_check_it(self):
        clerk = new_test_user(self.env, "clerk", "customer_channels.group_channel_user")
        sales, finance = self.checkers
        statement = self._rebate()
        self.anna.user_id = False
        with self.assertRaises(RebateStateError):
            statement.action_confirm()
        statement.with_user(clerk).action_submit()
        self.assertEqual(statement.state, "pending")
        statement.with_user(sales).action_approve()
        self.assertEqual(statement.state, "pending")
        statement.with_user(finance).action_approve()
        self.assertEqual(statement.state, "checked")
        self._sell(9000, "2025-06-05")
        self.engine._compute(statement)
        self.assertEqual(statement.amount, 100)

    def test_what_is_submitted_is_true_at_that_moment(self):
        statement = self._rebate()
        self._sell(500, "2025-06-05")
        statement.action_submit()
        self.assertEqual((statement.state, statement.amount), ("pending", 150))

    def test_a_period_that_runs_is_not_submitted(self):
        self._plan((0, 10))
        plan = self._plan((0, 10), contracts=self._contract(date_from="2090-01-01", date_to="2090-12-31"))
        statement = self._statements(plan, "2090-05-05")
        with self.assertRaises(RebateStateError):
            statement.action_submit()

    def test_figures_are_not_written_by_hand(self):
        statement = self._rebate()
        boss = new_test_user(self.env, "boss5", "customer_channels.group_channel_manager")
        mine = statement.with_user(boss)
        for error, change in (
            (RebateStateError, lambda: mine.write({"amount": 5000})),
            (RebateStateError, lambda: mine.write({"confirmed_on": "2026-01-01"})),
            (RebateWriteError, lambda: mine.create({"plan_id": statement.plan_id.id, "dealer_id": 1})),
            (RebateWriteError, lambda: mine.copy()),
        ):
            with self.assertRaises(error), self.env.cr.savepoint():
                change()
        with self.assertRaises(ApprovalRightError):
            mine.write({"approval_state": "approved"})
        with self.assertRaises(RebateWriteError):
            statement.line_ids.with_user(boss).write({"amount": 5})
        seller = new_test_user(
            self.env, "seller5", "sales_team.group_sale_manager,account.group_account_invoice"
        )
        invoice = self._sell(10, "2025-07-07")
        with self.assertRaises(RebateWriteError):
            invoice.invoice_line_ids.with_user(seller).write({"rebate_statement_id": statement.id})

    def test_a_salesperson_sees_the_rebates_of_the_own_dealers(self):
        self._sell(10, "2025-05-05")
        statements = self._statements(self._plan((0, 10)))
        seller = new_test_user(self.env, "seller6", "customer_channels.group_channel_user")
        self.anna.user_id, self.boris.user_id = seller, self.env.user
        seen = statements.with_user(seller).search([("id", "in", statements.ids)])
        self.assertEqual(seen.dealer_id, self.dealer)
        with self.assertRaises(AccessError):
            seen.action_settle()
        with self.assertRaises(AccessError):
            seen.action_forfeit()
        with self.assertRaises(AccessError):
            (statements - seen).with_user(seller).line_ids.read(["amount"])

    def test_what_is_forfeited_is_gone(self):
        statement = self._rebate()
        self.assertEqual(self.dealer._rebates_open(), {self.dealer.id: 100})
        statement.action_forfeit("Gave up")
        self.assertEqual((statement.state, self.dealer._rebates_open()), ("forfeited", {}))


@tagged("post_install", "-at_install")
class TestInterims(RebateCase):
    def _year(self, **values):
        return self._plan((0, 10), (100, 20), (300, 30), interim="quarter", **values)

    def test_interims_are_deducted_from_the_year(self):
        plan = self._year()
        paid = []
        for month, amount in (("02", 100), ("05", 200), ("08", 100), ("11", 100)):
            self._sell(amount, f"2025-{month}-10")
            interim = self._statement(plan, f"2025-{month}-28", "interim", today="2026-01-15")
            self.assertExplained(self._settled(interim))
            paid.append(interim.amount)
        self.assertEqual(paid, [10, 40, 30, 30])
        final = self._statement(plan)
        self.assertEqual((final.earned, final.amount), (110, 0))
        self._sell(200, "2025-12-30", kind="out_refund")
        final = self._statement(plan)
        self.assertEqual((final.earned, final.amount), (50, -60))
        self.assertExplained(final)
        self._settled(final)
        self.assertEqual((final.move_id.move_type, final.move_id.amount_untaxed), ("out_invoice", 60))

    def test_an_interim_pays_a_part_on_account(self):
        plan = self._year(interim_share=50)
        self._sell(100, "2025-02-10")
        self.assertExplained(
            self._settled(self._statement(plan, "2025-02-10", "interim")), [("tier", 10), ("share", -5)]
        )
        self.assertEqual(self._statement(plan).amount, 5)

    def test_a_missed_interim_is_caught_up_or_stays_lost(self):
        for catch_up, expected in ((True, 10), (False, 0)):
            with self.subTest(catch_up):
                plan = self._year(needs_reports=True, catch_up=catch_up)
                if catch_up:
                    self._sell(100, "2025-02-10")
                missing = {(self.dealer.id, "2025-03-31")}
                self.patch(
                    self.registry["customer.dealer"],
                    "_reports_missing",
                    lambda dealers, first, last, m=missing: {
                        dealer.id: 1 for dealer in dealers if (dealer.id, str(last)) in m
                    },
                )
                interim = self._statement(plan, "2025-02-10", "interim")
                self.assertEqual((interim.amount, interim.lost), (0, 10))
                final = self._statement(plan)
                self.assertEqual(final.amount, expected)
                self.assertExplained(final)

    def test_interims_are_decided_before_the_year(self):
        plan = self._year()
        self._sell(100, "2025-02-10")
        interim, final = self._statement(plan, "2025-02-10", "interim"), self._statement(plan)
        interim.action_submit()
        with self.assertRaises(RebateStateError):
            final.action_submit()
        interim.action_withdraw()
        final.action_submit()
        with self.assertRaises(RebateStateError):
            interim.action_submit()
