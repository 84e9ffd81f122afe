from datetime import timedelta

from psycopg2.errors import ExclusionViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import ServiceRequestError, TechnicianBusyError
from .request_case import DOT, RequestCase


@tagged("post_install", "-at_install")
class TestServiceRequest(RequestCase):
    def test_from_the_call_to_the_signature(self):
        request = self._request()
        self.assertRegex(request.name, r"^S\d{6}-\d{4}$")
        with self.assertRaisesRegex(ServiceRequestError, "Plan when"):
            request.action_plan()
        visit = self._visit(request, "2026-03-02 08:00:00")
        request.action_plan()
        self.assertEqual((request.technician_id, request.date_planned), (self.agent, visit.date_from))
        self.assertEqual(visit.event_id.user_id, self.agent)
        request.action_on_way()
        request.action_start()
        with self.assertRaisesRegex(ServiceRequestError, "what was done"):
            request.action_done()
        request.work_done = "Sealed"
        request.action_done()
        self.assertEqual(visit.state, "done")
        with self.assertRaisesRegex(ServiceRequestError, "have it signed"):
            request.action_close()
        request._sign(" Anna ", DOT, "Quick")
        self.assertEqual((request.state, request.signed_by), ("signed", "Anna"))
        request.action_close()
        self.assertEqual(request.state, "closed")

    def test_what_is_signed_stays_as_it_was_signed(self):
        request = self._done(self._request(part_ids=[Command.create({"product_id": self.seal.id})]))
        request._sign("Anna", DOT)
        for values in ({"work_done": "Nothing"}, {"hours": 9}, {"product_id": self.seal.id}):
            with self.assertRaises(ServiceRequestError):
                request.write(values)
        with self.assertRaises(ServiceRequestError):
            request.part_ids.quantity = 5
        with self.assertRaises(ServiceRequestError):
            self.env["customer.service.part"].create({"request_id": request.id, "product_id": self.seal.id})
        with self.assertRaises(ServiceRequestError):
            self._visit(request, "2026-03-02 08:00:00")
        with self.assertRaisesRegex(ServiceRequestError, "does not wait"):
            request._sign("Boris", DOT)

    def test_no_road_but_the_steps_changes_the_state(self):
        for values in ({"state": "signed"}, {"signed_by": "Anna"}, {"warranty_override": "yes"}):
            with self.assertRaises(ServiceRequestError):
                self._request(**values)
            with self.assertRaises(ServiceRequestError):
                self._request().with_user(self.boss).write(values)
        tricked = (
            self.env["customer.service.request"].with_context(default_state="signed").with_user(self.agent)
        )
        new = tricked.create({"partner_id": self.anna.id, "fault": "x"})
        self.assertEqual(new.state, "draft")

    def test_a_technician_is_at_one_place_at_a_time(self):
        first, second = self._request(), self._request(partner_id=self.boris.id)
        self._visit(first, "2026-03-02 08:00:00")
        self._visit(second, "2026-03-02 10:00:00")
        with self.assertRaisesRegex(TechnicianBusyError, first.name):
            self._visit(second, "2026-03-02 09:30:00")
        self._visit(second, "2026-03-02 09:30:00", user=self.boss)
        first.action_plan()
        first.action_cancel()
        self._visit(second, "2026-03-02 08:00:00")

    def test_the_database_refuses_a_double_booking_too(self):
        first = self._visit(self._request(), "2026-03-02 08:00:00")
        second = self._visit(self._request(), "2026-03-02 12:00:00")
        self.env.flush_all()
        with self.assertRaises(ExclusionViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE customer_service_visit SET date_from = %s, date_to = %s WHERE id = %s",
                [first.date_from, first.date_to, second.id],
            )

    def test_other_meetings_of_the_technician_are_told(self):
        self.env["calendar.event"].create(
            {
                "name": "Secret",
                "start": "2026-03-02 09:00:00",
                "stop": "2026-03-02 09:30:00",
                "user_id": self.agent.id,
            }
        )
        visit = self._visit(self._request(), "2026-03-02 08:00:00")
        self.assertTrue(visit.busy_with)
        self.assertNotIn("Secret", visit.busy_with)
        self.assertFalse(self._visit(self._request(), "2026-03-02 14:00:00").busy_with)

    def test_a_move_is_made_in_the_calendar(self):
        visit = self._visit(self._request(), "2026-03-02 08:00:00")
        visit.write({"date_from": "2026-03-03 08:00:00", "date_to": "2026-03-03 09:00:00"})
        self.assertEqual(visit.event_id.start, visit.date_from)
        event = visit.event_id
        visit.request_id.action_plan()
        visit.request_id.action_cancel()
        self.assertFalse(event.exists())

    def test_reopening_is_for_the_days_of_the_warranty_of_work(self):
        request = self._done(self._request(kind="remote"))
        request.action_close()
        with self.assertRaisesRegex(ServiceRequestError, "Say why"):
            request._reopen(" ")
        request._reopen("Leaks again")
        self.assertEqual((request.state, request.reopen_count, request.date_done), ("draft", 1, False))
        self._done(request)
        request.sudo().date_done = fields.Datetime.now() - timedelta(days=91)
        with self.assertRaisesRegex(ServiceRequestError, "more than 90 days"):
            request._reopen("Leaks again")

    def test_a_reopened_report_is_kept_as_it_was_signed(self):
        request = self._done(self._request())
        request._sign("Anna", DOT)
        request._reopen("Leaks again")
        self.assertFalse(request.signature)
        self.assertIn(f"{request.name}.pdf", request.message_ids.attachment_ids.mapped("name"))

    def test_a_complaint_leads_to_service_and_back(self):
        complaint = self._complaint()
        action = complaint.action_make_service_request()
        request = self.env["customer.service.request"].with_context(**action["context"]).create({})
        self.assertEqual((request.complaint_id, request.partner_id), (complaint, self.anna))
        self.assertEqual(complaint.service_request_count, 1)
        self.assertEqual(request.action_open_complaint()["res_id"], complaint.id)

    def test_an_address_leads_to_a_map(self):
        self.anna.write({"street": "Main & First 1", "city": "Vienna"})
        request = self._request()
        self.assertIn("openstreetmap.org/search?query=Main+%26+First+1", request.map_url)
        self.anna.country_id = self.env.ref("base.cn")
        request.invalidate_recordset(["map_url"])
        self.assertIn("uri.amap.com", request.map_url)


@tagged("post_install", "-at_install")
class TestServiceAccess(RequestCase):
    def test_salespeople_see_the_service_of_their_own_customers(self):
        seller = self._user("seller_own", "customer_management.group_customer_user")
        other = self._user("seller_other", "customer_management.group_customer_user")
        self.anna.user_id = seller
        request = self._request()
        found = self.env["customer.service.request"].with_user(seller).search([("id", "=", request.id)])
        self.assertEqual(found.name, request.name)
        self.assertFalse(
            self.env["customer.service.request"].with_user(other).search([("id", "=", request.id)])
        )
        with self.assertRaises(AccessError):
            request.with_user(other).action_cancel()
        with self.assertRaises(AccessError):
            self.env["customer.service.part"].with_user(other).create(
                {"request_id": request.id, "product_id": self.seal.id}
            )

    def test_who_works_in_service_does_it_all_without_rights_on_stock_and_sales(self):
        request = self._request(part_ids=[Command.create({"product_id": self.seal.id})], hours=1)
        agent = request.with_user(self.agent)
        self._visit(request, "2026-03-02 08:00:00")
        agent.action_plan()
        agent.action_start()
        agent.work_done = "Sealed"
        agent.action_done()
        wizard = (
            self.env["customer.service.sign"]
            .with_user(self.agent)
            .create({"request_id": request.id, "name": "Anna", "signature": DOT})
        )
        wizard.action_sign()
        self.assertEqual(request.state, "signed")
        with self.assertRaisesRegex(AccessError, "Managers"):
            agent._decide_warranty("yes", "Nice customer")

    def test_other_companies_see_nothing(self):
        foreign = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._user("stranger", "customer_service.group_service_manager")
        request = self._request()
        stranger.write({"company_ids": [Command.set(foreign.ids)], "company_id": foreign.id})
        self.assertFalse(
            self.env["customer.service.request"].with_user(stranger).search([("id", "=", request.id)])
        )
        with self.assertRaises(UserError):
            self._visit(request, "2026-03-02 08:00:00", user=stranger)

    def test_a_request_under_way_is_cancelled_not_deleted(self):
        request = self._done(self._request())
        with self.assertRaisesRegex(ServiceRequestError, "cancel it"):
            request.with_user(self.boss).unlink()
        self._request().with_user(self.boss).unlink()
