"""Buckets are contiguous whatever is entered; what would make a gap or an overlap is refused in words."""

from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import AgingBucketError
from .common import AgingCase


@tagged("post_install", "-at_install")
class TestAgingBuckets(AgingCase):
    def test_two_buckets_that_end_on_the_same_day_are_refused(self):
        with self.assertRaisesRegex(AgingBucketError, "“Twice”: two buckets end on day 30, so they overlap"):
            self._create_buckets(30, 60, 30, name="Twice")

    def test_a_bucket_moved_onto_another_is_refused(self):
        with self.assertRaisesRegex(AgingBucketError, "two buckets end on day 60, so they overlap"):
            self.buckets.bucket_ids[0].day_to = 60

    def test_a_bucket_that_ends_on_day_zero_or_before_is_refused(self):
        for day in (0, -30):
            with self.subTest(day=day):
                words = f"“Odd”: a bucket ends on day {day}. It must end on day 1 or later"
                with self.assertRaisesRegex(AgingBucketError, words):
                    self._create_buckets(day, name="Odd")

    def test_the_order_of_entry_does_not_matter(self):
        mixed = self._create_buckets(90, 30, 60)
        self.assertEqual(mixed._limits(), (30, 60, 90))
        self.assertEqual(mixed.summary, self.buckets.summary)
        self.assertEqual(
            {bucket.day_to: bucket.day_from for bucket in mixed.bucket_ids}, {30: 1, 60: 31, 90: 61}
        )

    def test_two_sets_may_have_the_same_limits(self):
        self.assertEqual(self._create_buckets(30, 60, 90)._limits(), self.buckets._limits())

    def test_without_limits_there_is_one_open_bucket(self):
        bare = self._create_buckets()
        self._invoice(100, "2024-02-01", invoice_date_due="2024-03-01")
        for day, basis, columns in (
            ("2024-03-01", "due", {"Not due": 100}),
            ("2024-03-02", "due", {"Over 0 days": 100}),
            (self.today, "due", {"Over 0 days": 100}),
            ("2024-02-01", "invoice", {"Any age": 100}),
            (self.today, "invoice", {"Any age": 100}),
        ):
            with self.subTest(day=day, basis=basis):
                self.assertColumns(self._report(day, bucket_set_id=bare.id, basis=basis), columns)

    def test_a_bucket_of_one_day(self):
        short = self._create_buckets(1, 2)
        self._invoice(100, "2024-02-01")
        for day, name in (
            ("2024-02-02", "1–1 days"),
            ("2024-02-03", "2–2 days"),
            ("2024-02-04", "Over 2 days"),
        ):
            with self.subTest(day=day):
                self.assertColumns(self._report(day, bucket_set_id=short.id), {name: 100})

    def test_a_report_takes_the_basis_of_its_buckets_unless_told_otherwise(self):
        years = self._create_buckets(365, basis="invoice")
        reports = self.env["customer.aging.report"]
        self.assertEqual(reports.create({"bucket_set_id": years.id}).basis, "invoice")
        self.assertEqual(reports.create({"bucket_set_id": years.id, "basis": "due"}).basis, "due")

    def test_a_computed_report_keeps_its_columns_when_the_buckets_change(self):
        self._invoice(100, "2024-02-01")
        report = self._report("2024-02-20")
        self.buckets.bucket_ids = [Command.clear(), Command.create({"day_to": 10})]
        self.assertColumns(report, {"1–30 days": 100})
        report.action_compute()
        self.assertColumns(report, {"Over 10 days": 100})
