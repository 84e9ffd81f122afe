from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..exceptions import CareError
from .care_case import TODAY, CareCase


@tagged("post_install", "-at_install")
class TestCareSteps(CareCase):
    def test_an_answer_is_one_click_and_a_low_one_is_looked_into(self):
        call = self._rule(user_id=self.agent.id)._plan(TODAY)
        with Form(call.with_user(self.agent), "customer_service.care_view_form") as form:
            form.satisfaction = "1"
            form.result = "Never again"
        call.with_user(self.agent).action_done()
        self.assertEqual((call.state, call.done_by_id), ("done", self.agent))
        self.assertEqual(
            call.activity_ids.user_id,
            self.env["customer.service.team"]
            ._best(self.env.company, self.env["customer.complaint.kind"])
            .user_id
            or self.agent,
        )
        self.assertIn("Dissatisfied", call.activity_ids.summary)
        with self.assertRaises(CareError):
            call.with_user(self.agent).satisfaction = "5"

    def test_nobody_there_is_tried_tomorrow_and_no_more_calls_is_kept(self):
        call = self._rule()._plan(TODAY)
        call.with_user(self.agent).action_not_reached()
        self.assertEqual((call.state, call.attempts), ("planned", 1))
        self.assertEqual(call.date, fields.Date.context_today(call) + timedelta(days=1))
        call.with_user(self.agent).action_declined()
        self.assertEqual(call.state, "skipped")
        self.assertTrue(self.anna_buyer.customer_care_no_call)

    def test_who_ticks_off_the_activity_has_done_it(self):
        care = self._rule(channel="gift", user_id=self.agent.id)._plan(TODAY)
        care._announce()
        care._announce()
        self.assertEqual(len(care.activity_ids), 1)
        self.assertIn("Gift", care.activity_ids.summary)
        care.activity_ids.with_user(self.agent).action_feedback(feedback="Tea")
        self.assertEqual(care.state, "done")

    def test_free_care_is_noted_by_hand_and_rules_are_not_faked(self):
        own = self.env["customer.care"].with_user(self.agent)
        care = own.create({"partner_id": self.anna.id, "channel": "visit", "result": "Flowers"})
        care.action_done()
        self.assertEqual((care.kind, care.state), ("free", "done"))
        rule = self._rule()
        for values in ({"kind": "birthday"}, {"rule_id": rule.id}, {"state": "done"}, {"occasion": "x"}):
            with self.assertRaises(CareError):
                own.create({"partner_id": self.anna.id, **values})
        with self.assertRaises(AccessError):
            rule.with_user(self.agent).action_plan_now()

    def test_salespeople_see_the_care_and_the_birthdays_of_their_customers(self):
        seller = self._user("carer", "customer_management.group_customer_user")
        self.anna.user_id = self.agent
        care = self._rule()._plan(TODAY)
        self.assertFalse(care.with_user(seller).search([("id", "in", care.ids)]))
        plain = self._user("plain", "base.group_user,base.group_partner_manager")
        with self.assertRaises(AccessError):
            self.anna_buyer.with_user(plain).read(["customer_birthday_month"])
        self.assertTrue(self.anna_buyer.with_user(seller).customer_birthday_month)
        self.anna_buyer.with_user(plain).name = "Still writable"

    def test_birthdays_show_their_next_day(self):
        self.assertEqual(
            (self.anna_buyer.customer_birthday_next.month, self.anna_buyer.customer_birthday_next.day), (3, 4)
        )
        self.assertFalse(self.boris.customer_birthday_next)

    def test_policies_read_the_rules(self):
        self._rule("delivery", name="Ask")
        values = self.env["customer.policy.setting"].search([])._values(self.env.company)
        self.assertEqual(values["call_after_delivery_days"], "7-15")
        self.assertIn("Ask", values["care_rules"])
        self.assertEqual(values["warranty_months"], str(self.env.company.customer_warranty_months))


@tagged("post_install", "-at_install")
class TestCareMail(CareCase):
    def _due(self, **values):
        """Return an e-mail that is due today."""
        today = fields.Date.context_today(self.env["res.partner"])
        self.anna_buyer.write({"customer_birthday_month": today.month, "customer_birthday_day": today.day})
        return self._mail_rule(begins_on=today, **values)._plan(today)

    def _run(self, awake=True):
        # The hours of the company are tested by themselves.
        jobs = self.registry["customer.care"]
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        with patch.object(jobs, "_may_write", lambda *args: awake):
            self.env["customer.care"].sudo()._cron_mail()

    def _mails(self, care):
        return (
            self.env["mail.mail"].sudo().search([("model", "=", "customer.care"), ("res_id", "in", care.ids)])
        )

    def test_wishes_are_sent_once_in_the_language_of_the_contact(self):
        care = self._due()
        self._run()
        self._run()
        self.assertEqual((care.state, len(self._mails(care))), ("done", 1))
        self.assertEqual(self._mails(care).recipient_ids, self.anna_buyer)
        self.assertIn("happy birthday", self._mails(care).body_html)

    def test_nobody_is_written_to_in_the_quiet_hours(self):
        care = self._due()
        self._run(awake=False)
        self.assertEqual(care.state, "planned")
        company, zone = self.env.company, "Asia/Shanghai"
        company.partner_id.tz = zone
        may = self.env["customer.care"]._may_write
        self.assertTrue(may(company, datetime(2026, 3, 2, 1, 0)))
        self.assertFalse(may(company, datetime(2026, 3, 2, 0, 59)))
        self.assertTrue(may(company, datetime(2026, 3, 2, 11, 59)))
        self.assertFalse(may(company, datetime(2026, 3, 2, 12, 0)))

    def test_who_declined_or_is_blacklisted_since_is_not_written_to(self):
        for refuse in (
            lambda: self.env["mail.blacklist"]._add("buyer@example.com"),
            lambda: self.anna.write({"customer_care_no_mail": True}),
        ):
            care = self._due()
            refuse()
            self._run()
            self.assertEqual((care.state, len(self._mails(care))), ("skipped", 0))
            self.env["mail.blacklist"]._remove("buyer@example.com")

    def test_who_is_blacklisted_or_has_no_address_is_not_planned(self):
        self.env["mail.blacklist"]._add("buyer@example.com")
        self.assertFalse(self._due())
        self.env["mail.blacklist"]._remove("buyer@example.com")
        self.anna_buyer.email = False
        self.assertFalse(self._due())

    def test_late_wishes_are_left_out(self):
        care = self._due()
        care._expire(care.date_to + timedelta(days=1))
        self.assertEqual((care.state, care.skip_reason), ("skipped", "Too late"))


@tagged("post_install", "-at_install")
class TestCareMerge(CareCase):
    def _merge(self, target, source):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((target | source).ids, target)

    def test_merged_contacts_are_greeted_once_and_what_was_done_stays(self):
        twin = self.env["res.partner"].create(
            {
                "name": "Anna's buyer again",
                "parent_id": self.anna.id,
                "customer_birthday_month": 3,
                "customer_birthday_day": 4,
            }
        )
        rule = self._rule()
        cares = rule._plan(TODAY)
        self.assertEqual(len(cares), 2)
        cares.filtered(lambda care: care.partner_id == twin).action_done()
        self._merge(self.anna_buyer, twin)
        left = self.env["customer.care"].search([("rule_id", "=", rule.id)])
        self.assertEqual((left.partner_id, left.state), (self.anna_buyer, "done"))
        self.assertFalse(rule._plan(TODAY))

    def test_a_refusal_and_a_birthday_survive_the_merge(self):
        twin = self.env["res.partner"].create(
            {
                "name": "Twin",
                "parent_id": self.anna.id,
                "customer_birthday_calendar": "lunar",
                "customer_birthday_month": 12,
                "customer_birthday_day": 30,
                "customer_birthday_leap": True,
                "customer_care_no_mail": True,
            }
        )
        self._merge(self.anna_buyer, twin)
        buyer = self.anna_buyer
        self.assertTrue(buyer.customer_care_no_mail)
        self.assertEqual((buyer.customer_birthday_month, buyer.customer_birthday_day), (3, 4))
        self.assertFalse(buyer.customer_birthday_leap)
