"""A report as a record: computed, kept, proved against the ledger, and cheap whatever it holds."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL

from ..exceptions import AgingStateError
from .common import AgingCase


@tagged("post_install", "-at_install")
class TestAgingReport(AgingCase):
    def _items(self, report):
        return sorted((line.move_line_id.id, line.bucket, line.amount_residual) for line in report.line_ids)

    def test_a_kept_report_survives_what_a_new_one_shows(self):
        invoice = self._invoice(100, "2024-02-01")
        self._pay(invoice, 70, "2024-02-10")
        kept = self._report("2024-03-01")
        kept.action_keep()
        items = self._items(kept)
        self.assertColumns(kept, {"1–30 days": 30})
        self._receivable(invoice).remove_move_reconcile()
        self.env.invalidate_all()
        self.assertEqual(self._items(kept), items)
        self.assertColumns(kept, {"1–30 days": 30})
        self.assertColumns(self._report("2024-03-01"), {"1–30 days": 100, "Unapplied credits": -70})

    def test_a_kept_report_survives_a_document_that_is_deleted(self):
        invoice = self._invoice(100, "2024-02-01")
        kept = self._report("2024-03-01")
        kept.action_keep()
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
        self.env.invalidate_all()
        self.assertColumns(kept, {"1–30 days": 100})
        self.assertFalse(kept.line_ids.move_id)
        self.assertEqual(kept.line_ids.partner_id, self.anna)
        self.assertColumns(self._report("2024-03-01"), {})

    def test_a_kept_report_is_not_changed_any_more(self):
        kept = self._report("2024-03-01")
        kept.action_keep()
        with self.assertRaisesRegex(AgingStateError, "is kept as it was. Make a new report"):
            kept.date_to = "2024-03-02"
        with self.assertRaisesRegex(AgingStateError, "is kept as it was. Make a new report"):
            kept.action_compute()

    def test_other_settings_make_the_figures_go(self):
        self._invoice(100, "2024-02-01")
        report = self._report("2024-03-01")
        report.date_to = "2024-03-02"
        self.assertEqual(report.state, "draft")
        self.assertEqual((len(report.line_ids), len(report.check_ids), len(report.bucket_ids)), (0, 0, 0))
        with self.assertRaisesRegex(AgingStateError, "Compute the report “.*” first"):
            report.action_keep()
        report.action_compute()
        self.assertColumns(report, {"1–30 days": 100})

    def test_computing_twice_gives_the_same(self):
        self._invoice(100, "2024-02-01")
        report = self._report("2024-03-01")
        items = self._items(report)
        report.action_compute()
        self.assertEqual(self._items(report), items)

    def test_reports_that_nobody_kept_go_after_a_day(self):
        self._invoice(100, "2024-02-01")
        old, kept, fresh = reports = [self._report("2024-03-01") for _number in range(3)]
        kept.action_keep()
        ids = [report.id for report in reports]
        before = fields.Datetime.now() - timedelta(days=1, minutes=1)
        self.env.flush_all()
        statement = "UPDATE customer_aging_report SET write_date = %s WHERE id = ANY(%s)"
        self.env.cr.execute(SQL(statement, before, [old.id, kept.id]))
        self.env.invalidate_all()
        self.env["customer.aging.report"].sudo()._gc_reports()
        self.assertEqual([report.exists().id for report in reports], [False, kept.id, fresh.id])
        self.env.cr.execute(
            SQL("SELECT DISTINCT report_id FROM customer_aging_item WHERE report_id = ANY(%s)", ids)
        )
        self.assertEqual({row[0] for row in self.env.cr.fetchall()}, {kept.id, fresh.id})

    def test_a_residual_that_was_tampered_with_is_shown_and_its_account_named(self):
        other = self.copy_account(self.company_data["default_account_receivable"])
        self.boris.property_account_receivable_id = other
        self._invoice(100, "2024-02-01", self.anna)
        line = self._receivable(self._invoice(50, "2024-02-01", self.boris))
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE account_move_line SET amount_residual = amount_residual - 7.5 WHERE id = %s", line.id)
        )
        self.env.invalidate_all()
        report = self._report("2024-03-01")
        self.assertEqual((report.total, report.ledger_balance, report.difference), (142.5, 150, -7.5))
        self.assertFalse(report.is_equal)
        wrong = report.check_ids.filtered(lambda check: not check.is_equal)
        self.assertRecordValues(
            wrong, [{"account_id": other.id, "total": 42.5, "ledger_balance": 50, "difference": -7.5}]
        )
        self.env.invalidate_all()
        self.assertEqual(report.check_ids[0], wrong, "what is wrong comes first")
        shown = self.env["account.move.line"].search(wrong.action_open_items()["domain"])
        self.assertEqual(shown, line)

    def test_an_open_item_that_was_hidden_is_missed_in_the_proof(self):
        line = self._receivable(self._invoice(50, "2024-02-01"))
        self.env.flush_all()
        statement = (
            "UPDATE account_move_line SET amount_residual = 0, amount_residual_currency = 0 WHERE id = %s"
        )
        self.env.cr.execute(SQL(statement, line.id))
        self.env.invalidate_all()
        report = self._report("2024-03-01")
        self.assertFalse(report.line_ids)
        self.assertEqual((report.difference, report.is_equal), (-50, False))
        self.assertEqual(report.check_ids.account_id, line.account_id)

    def test_more_invoices_take_no_more_queries(self):
        counts = []
        for number in (5, 45):
            customers = self.env["res.partner"].create([{"name": f"Customer {n}"} for n in range(number)])
            values = [self._invoice_values(100, "2024-02-01", customer) for customer in customers]
            self.env["account.move"].create(values).action_post()
            # The first time also reads rights and settings, which are kept in memory from then on.
            counts.append([self._count_queries() for _time in range(2)][-1])
        self.assertEqual(self._report("2024-03-01").line_count, 50)
        self.assertEqual(counts[0], counts[1])

    def _count_queries(self):
        """Return how many queries computing a report takes."""
        report = self.env["customer.aging.report"].create({"date_to": "2024-03-01"})
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        report.action_compute()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
