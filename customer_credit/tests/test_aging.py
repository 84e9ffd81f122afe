"""What is open on a day, how old it is, and in which column it stands: one small story each."""

from datetime import timedelta

from odoo.tests import tagged

from ..exceptions import AgingDateError
from .common import AgingCase


@tagged("post_install", "-at_install")
class TestAging(AgingCase):
    def test_due_on_the_day_is_not_due_yet(self):
        self._invoice(100, "2024-02-01", invoice_date_due="2024-03-01")
        self.assertColumns(self._report("2024-03-01"), {"Not due": 100})
        self.assertColumns(self._report("2024-03-02"), {"1–30 days": 100})

    def test_day_30_and_day_31_stand_in_different_columns(self):
        self._invoice(100, "2024-02-01", invoice_date_due="2024-03-01")
        self.assertColumns(self._report("2024-03-31"), {"1–30 days": 100})
        self.assertColumns(self._report("2024-04-01"), {"31–60 days": 100})

    def test_what_is_older_than_the_last_limit_stands_in_the_open_column(self):
        self._invoice(100, "2024-02-01", invoice_date_due="2024-03-01")
        self.assertColumns(self._report("2024-05-30"), {"61–90 days": 100})
        self.assertColumns(self._report("2024-05-31"), {"Over 90 days": 100})
        self.assertColumns(self._report(self.today), {"Over 90 days": 100})

    def test_by_invoice_date_the_first_column_begins_on_the_day_of_the_invoice(self):
        self._invoice(100, "2024-02-01", invoice_date_due="2024-06-01")
        self.assertColumns(self._report("2024-02-01", basis="invoice"), {"0–30 days": 100})
        self.assertColumns(self._report("2024-03-02", basis="invoice"), {"0–30 days": 100})
        self.assertColumns(self._report("2024-03-03", basis="invoice"), {"31–60 days": 100})

    def test_without_a_due_date_the_invoice_date_counts(self):
        self._entry(100, "2024-02-20", self.anna, invoice_date="2024-02-01")
        report = self._report("2024-03-02")
        self.assertFalse(report.line_ids.date_maturity)
        self.assertEqual(report.line_ids.days, 30)
        self.assertColumns(report, {"1–30 days": 100})

    def test_without_a_due_and_an_invoice_date_the_date_of_the_entry_counts(self):
        self._entry(100, "2024-02-20", self.anna)
        for basis in ("due", "invoice"):
            with self.subTest(basis=basis):
                self.assertEqual(self._report("2024-03-02", basis=basis).line_ids.days, 11)

    def test_an_invoice_paid_later_is_open_until_the_day_of_the_payment(self):
        invoice = self._invoice(100, "2024-02-01")
        self._pay(invoice, 100, "2024-03-10")
        self.assertEqual(invoice.amount_residual, 0)
        self.assertColumns(self._report("2024-01-31"), {})
        self.assertColumns(self._report("2024-03-09"), {"31–60 days": 100})
        self.assertColumns(self._report("2024-03-10"), {})

    def test_a_payment_in_advance_is_a_credit_until_the_day_of_the_invoice(self):
        self._pay(self._invoice(100, "2024-02-01"), 100, "2024-01-10")
        self.assertColumns(self._report("2024-01-31"), {"Unapplied credits": -100})
        self.assertColumns(self._report("2024-02-01"), {})

    def test_a_part_payment_leaves_the_rest_at_its_age(self):
        self._pay(self._invoice(100, "2024-02-01"), 30, "2024-02-15")
        self.assertColumns(self._report("2024-02-14"), {"1–30 days": 100})
        self.assertColumns(self._report("2024-02-15"), {"1–30 days": 70})

    def test_an_overpayment_stands_in_unapplied_credits_only(self):
        self._pay(self._invoice(100, "2024-02-01"), 120, "2024-02-15")
        self.assertColumns(self._report("2024-03-01"), {"Unapplied credits": -20})

    def test_instalments_age_by_their_own_due_dates(self):
        term = self._create_term((50, 0), (30, 30), (20, 60))
        invoice = self._invoice(1000, "2024-01-01", invoice_payment_term_id=term.id)
        columns = {"31–60 days": 500, "1–30 days": 300, "Not due": 200}
        self.assertColumns(self._report("2024-02-15"), columns)
        self.assertColumns(self._report("2024-02-15", basis="invoice"), {"31–60 days": 1000})
        self._pay(invoice, 600, "2024-02-16")
        self.assertColumns(self._report("2024-02-16"), {"1–30 days": 200, "Not due": 200})

    def test_a_credit_note_stands_in_its_own_column_until_it_is_applied(self):
        invoice = self._invoice(100, "2024-02-01")
        note = self._credit_note(40, "2024-02-10")
        self.assertColumns(self._report("2024-03-01"), {"1–30 days": 100, "Unapplied credits": -40})
        self._apply(invoice, note)
        self.assertColumns(self._report("2024-02-09"), {"1–30 days": 100})
        self.assertColumns(self._report("2024-02-10"), {"1–30 days": 60})

    def test_a_reconciliation_that_is_undone_never_was(self):
        invoice = self._invoice(100, "2024-02-01")
        self._pay(invoice, 100, "2024-02-10")
        self._receivable(invoice).remove_move_reconcile()
        self.assertColumns(self._report("2024-02-20"), {"1–30 days": 100, "Unapplied credits": -100})

    def test_drafts_and_cancelled_entries_never_count(self):
        self.env["account.move"].create(self._invoice_values(100, "2024-02-01"))
        self._invoice(200, "2024-02-01").button_cancel()
        self.assertColumns(self._report("2024-03-01"), {})

    def test_a_paid_invoice_back_in_draft_leaves_its_payment_as_a_credit(self):
        invoice = self._invoice(100, "2024-02-01")
        payment = self._pay(invoice, 60, "2024-02-10")
        invoice.button_draft()
        # The host keeps the reconciliation, so that posting again is enough.
        self.assertTrue(self._receivable(payment).reconciled)
        self.assertColumns(self._report("2024-03-01"), {"Unapplied credits": -60})
        invoice.action_post()
        self.assertColumns(self._report("2024-03-01"), {"1–30 days": 40})

    def test_contacts_owe_for_their_company(self):
        self._invoice(100, "2024-02-01", self.anna_buyer)
        report = self._report("2024-02-01")
        self.assertEqual(report.line_ids.partner_id, self.anna)
        chosen = self._report("2024-02-01", partner_ids=self.anna_buyer.ids)
        self.assertColumns(chosen, {"Not due": 100})
        self.assertColumns(self._report("2024-02-01", partner_ids=self.boris.ids), {})

    def test_an_item_without_a_customer_is_shown_and_counted(self):
        self._entry(100, "2024-02-20")
        report = self._report("2024-03-01")
        self.assertFalse(report.line_ids.partner_id)
        self.assertColumns(report, {"1–30 days": 100})

    def test_two_companies_are_proved_each_in_its_own_currency(self):
        euro = self.setup_other_currency("EUR", rates=[("2020-01-01", 0.5)])
        there = self.setup_other_company(currency_id=euro.id)["company"]
        self._invoice(100, "2024-02-01")
        self._invoice(70, "2024-02-01", company=there)
        report = self._report("2024-02-20")
        self.assertEqual(report.company_ids, self.company + there)
        mine = {"company_id": self.company.id, "currency_id": self.currency.id}
        theirs = {"company_id": there.id, "currency_id": euro.id}
        self.assertRecordValues(
            report.check_ids.sorted("total"),
            [{**theirs, "total": 70, "ledger_balance": 70}, {**mine, "total": 100, "ledger_balance": 100}],
        )
        self.assertEqual(report.total, 240, "70 EUR are 140 USD")
        self.assertTrue(report.is_equal)
        alone = self._report("2024-02-20", company_id=there.id, company_ids=there.ids)
        self.assertEqual((alone.total, alone.currency_id), (70, euro))
        self.assertEqual(alone.line_ids.company_id, there)

    def test_an_invoice_in_another_currency_is_shown_in_both(self):
        euro = self.setup_other_currency("EUR", rates=[("2024-01-01", 0.5), ("2024-03-01", 0.8)])
        invoice = self._invoice(100, "2024-02-01", currency_id=euro.id)
        self._pay(invoice, 25, "2024-03-10")
        # 25 EUR were invoiced as 50 USD and paid as 31.25; the host books the difference at the month's end.
        for day, amount, amount_currency in (
            ("2024-03-09", 200, 100),
            ("2024-03-10", 168.75, 75),
            ("2024-03-31", 150, 75),
        ):
            with self.subTest(day=day):
                expected = {"amount_residual": amount, "amount_residual_currency": amount_currency}
                line = self._report(day).line_ids
                self.assertRecordValues(line, [{**expected, "currency_id": euro.id}])
                self.assertEqual(line.company_currency_id, self.currency)

    def test_of_an_invoice_paid_in_full_at_another_rate_the_difference_stays_until_it_is_booked(self):
        euro = self.setup_other_currency("EUR", rates=[("2024-01-01", 0.5), ("2024-03-01", 0.8)])
        invoice = self._invoice(100, "2024-02-01", currency_id=euro.id)
        self._pay(invoice, 100, "2024-03-10")
        for day, columns in (
            ("2024-02-29", {"1–30 days": 200}),
            ("2024-03-09", {"31–60 days": 200}),
            ("2024-03-10", {"31–60 days": 75}),
            ("2024-03-30", {"31–60 days": 75}),
            ("2024-03-31", {}),
            (self.today, {}),
        ):
            with self.subTest(day=day):
                self.assertColumns(self._report(day), columns)

    def test_cents_that_are_nothing_in_our_currency_are_open_all_the_same(self):
        cheap = self.setup_other_currency("EUR", rates=[("2024-01-01", 100)])
        self._invoice(0.4, "2024-02-01", currency_id=cheap.id)
        self._credit_note(0.3, "2024-02-01", currency_id=cheap.id)
        report = self._report("2024-02-20")
        self.assertRecordValues(
            report.line_ids.sorted("amount_residual_currency"),
            [
                {"amount_residual": 0, "amount_residual_currency": -0.3, "bucket": -1},
                {"amount_residual": 0, "amount_residual_currency": 0.4, "bucket": 1},
            ],
        )
        self.assertTrue(report.is_equal)

    def test_a_day_to_come_is_refused_with_the_days_in_the_message(self):
        tomorrow = self.today + timedelta(days=1)
        words = rf"as of {tomorrow}: that day is still to come\. Choose a day up to {self.today}\."
        with self.assertRaisesRegex(AgingDateError, words):
            self._report(tomorrow)

    def test_an_entry_posted_for_tomorrow_is_not_in_the_report_of_today(self):
        self._entry(100, self.today, self.anna)
        self._entry(900, self.today + timedelta(days=1), self.anna)
        self.assertColumns(self._report(self.today), {"Not due": 100})

    def test_an_item_reconciled_with_an_entry_for_tomorrow_is_open_today(self):
        invoice = self._invoice(100, "2024-02-01")
        self._apply(invoice, self._entry(-100, self.today + timedelta(days=1), self.anna))
        self.assertEqual(invoice.amount_residual, 0)
        self.assertColumns(self._report(self.today), {"Over 90 days": 100})

    def test_an_account_that_was_closed_is_still_proved(self):
        account = self.copy_account(self.company_data["default_account_receivable"])
        self._entry(100, "2024-02-20", self.anna, line={"account_id": account.id})
        account.active = False
        report = self._report("2024-03-01")
        self.assertEqual(report.check_ids.account_id, account)
        self.assertColumns(report, {"1–30 days": 100})

    def test_the_heads_of_the_columns_follow_the_limits(self):
        bucket_set = self._create_buckets(7, 14)
        for basis, names in (
            ("due", ["Unapplied credits", "Not due", "1–7 days", "8–14 days", "Over 14 days"]),
            ("invoice", ["Unapplied credits", "0–7 days", "8–14 days", "Over 14 days"]),
        ):
            with self.subTest(basis=basis):
                report = self._report("2024-03-01", bucket_set_id=bucket_set.id, basis=basis)
                self.assertEqual(report.bucket_ids.sorted("sequence").mapped("name"), names)
                self.assertEqual([bar["name"] for bar in report.chart["buckets"]], names)

    def test_the_bar_shows_what_the_columns_hold(self):
        self._invoice(100, "2024-02-01", invoice_date_due="2024-02-01")
        self._invoice(50, "2024-02-01", invoice_date_due="2024-12-01")
        self._payment(30, "2024-02-10")
        chart = self._report("2024-03-01").chart
        amounts = {bar["name"]: (bar["kind"], bar["amount"]) for bar in chart["buckets"] if bar["amount"]}
        self.assertEqual(
            amounts,
            {"Unapplied credits": ("credit", -30), "Not due": ("current", 50), "1–30 days": ("aged", 100)},
        )
        self.assertEqual(
            (chart["total"], chart["overdue"], chart["currency_id"]), (120, 100, self.currency.id)
        )

    def test_customers_are_listed_with_what_they_owe(self):
        self._invoice(100, "2024-02-01", self.anna_buyer)
        self._invoice(50, "2024-02-01", self.anna, invoice_date_due="2024-12-01")
        self._payment(500, "2024-02-10", self.boris)
        report = self._report("2024-03-01")
        rows = self.env["customer.aging.partner"].search([("report_id", "=", report.id)], order="total")
        self.assertRecordValues(
            rows,
            [
                {
                    "partner_id": self.boris.id,
                    "current": 0,
                    "overdue": 0,
                    "credit": -500,
                    "total": -500,
                    "days": 0,
                },
                {
                    "partner_id": self.anna.id,
                    "current": 50,
                    "overdue": 100,
                    "credit": 0,
                    "total": 150,
                    "days": 29,
                },
            ],
        )
        self.assertEqual(report.top_ids.partner_id, self.anna)
        self.assertEqual((report.partner_count, report.line_count), (2, 3))
