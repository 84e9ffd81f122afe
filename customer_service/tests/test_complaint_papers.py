from odoo.fields import Command
from odoo.tests import tagged

from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestComplaintPapers(ServiceCase):
    """The registers and the cards say what happened, when."""

    def test_the_tracking_has_the_day_of_each_stage(self):
        complaint = self._take(self._complaint(date_received="2025-03-01 08:00:00"), "agree")
        self.assertTrue(complaint.date_confirmed and complaint.date_investigated)
        self.assertFalse(complaint.date_agreed or complaint.date_followed_up)
        self.assertEqual(complaint.due, complaint.date_due)
        self.assertGreater(complaint.days_late, 0)

    def test_the_registers_cost_a_fixed_number_of_queries(self):
        names = ["date_confirmed", "days_late", "reminder_count", "repeat_count", "opinions_open"]
        complaints = self._complaint() + self._complaint()
        complaints.read(names)
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            few = self.env.cr.sql_log_count
            complaints.read(names)
            few = self.env.cr.sql_log_count - few
        more = complaints + self._complaint() + self._complaint() + self._complaint()
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        more.read(names)
        self.assertLessEqual(self.env.cr.sql_log_count - start, few)

    def test_the_cards_print_for_the_agent(self):
        complaint = self._complaint(
            claim_amount=1200,
            claim_other="An apology",
            line_ids=[Command.create({"product_id": self.goods.id, "quantity": 3, "note": "leaks"})],
        )
        self._take(complaint, "closed")
        complaint.customer_response = "Content"
        for report in ("complaint_record", "complaint_report", "complaint_sheet"):
            html, _kind = (
                self.env["ir.actions.report"]
                .with_user(self.agent)
                ._render_qweb_html(f"customer_service.{report}", complaint.ids)
            )
            with self.subTest(report=report):
                self.assertIn(complaint.name, html.decode())
                self.assertIn("An apology", html.decode())

    def test_policies_read_who_decides_and_what_is_asked_for(self):
        settings = self.env["customer.policy.setting"]
        for code in ("stages", "evidence", "authority", "repeat"):
            self.assertTrue(getattr(settings, f"_setting_complaint_{code}")(self.env.company), code)
