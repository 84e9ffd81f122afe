from datetime import date, datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..exceptions import CareError
from ..tools import lunar
from .service_case import ServiceCase

TODAY = date(2026, 3, 2)


class CareCase(ServiceCase):
    """Anna Ltd buys, so its people are cared for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["customer.care.rule"].search([("active", "=", True)]).active = False
        cls.order = cls.env["sale.order"].create({"partner_id": cls.anna.id})
        cls.order.write({"state": "sale", "date_order": "2024-03-05 10:00:00"})
        cls.anna_buyer.write(
            {"email": "buyer@example.com", "customer_birthday_month": 3, "customer_birthday_day": 4}
        )
        cls.template = cls.env.ref("customer_service.care_mail_wishes")

    @classmethod
    def _rule(cls, kind="birthday", **values):
        values = {"name": kind, "kind": kind, "channel": "call", "begins_on": TODAY, "lead_days": 3, **values}
        return cls.env["customer.care.rule"].create({"company_id": cls.env.company.id, **values})

    def _mail_rule(self, **values):
        return self._rule(channel="mail", template_id=self.template.id, **values)


@tagged("post_install", "-at_install")
class TestCarePlan(CareCase):
    def test_a_birthday_is_planned_once_however_often_the_job_runs(self):
        rule = self._rule()
        care = rule._plan(TODAY)
        self.assertEqual(
            (care.partner_id, care.date, care.occasion), (self.anna_buyer, date(2026, 3, 4), "birthday-2026")
        )
        self.assertEqual(care.commercial_partner_id, self.anna)
        for day in range(5):
            self.assertFalse(rule._plan(TODAY + timedelta(days=day)))
        self.assertTrue(rule._plan(date(2027, 3, 4)))

    def test_what_was_done_is_not_planned_again_nor_may_it_be_deleted(self):
        rule = self._rule()
        care = rule._plan(TODAY)
        care.with_user(self.agent).action_done()
        self.assertFalse(rule._plan(TODAY))
        with self.assertRaises(CareError):
            care.with_user(self.boss).unlink()

    def test_the_first_run_plans_nothing_of_the_past(self):
        self.assertFalse(self._rule(begins_on=date(2026, 3, 5))._plan(date(2026, 3, 5)))
        self.assertFalse(self._rule("inactive", begins_on=TODAY)._plan(TODAY))

    def test_a_rule_that_is_switched_on_again_begins_today(self):
        rule = self._rule(begins_on=date(2020, 1, 1))
        rule.active = False
        rule.active = True
        self.assertEqual(rule.begins_on, fields.Date.context_today(rule))

    def test_only_customers_of_the_company_are_cared_for(self):
        self.order.state = "cancel"
        self.assertFalse(self._rule()._plan(TODAY))

    def test_a_lunar_birthday_moves_in_the_solar_year(self):
        self.anna_buyer.write(
            {"customer_birthday_calendar": "lunar", "customer_birthday_month": 8, "customer_birthday_day": 15}
        )
        rule = self._rule(lead_days=0)
        for year, day in ((2026, date(2026, 9, 25)), (2027, date(2027, 9, 15))):
            self.assertFalse(rule._plan(day - timedelta(days=1)))
            self.assertEqual(rule._plan(day).occasion, f"birthday-{year}")
        self.assertEqual(lunar.to_solar(2027, 8, 15), date(2027, 9, 15))

    def test_a_birthday_in_a_leap_month_comes_once_a_year(self):
        self.anna_buyer.write(
            {
                "customer_birthday_calendar": "lunar",
                "customer_birthday_month": 5,
                "customer_birthday_day": 30,
                "customer_birthday_leap": True,
            }
        )
        rule = self._rule(lead_days=60)
        found = [
            care.date for start in range(0, 365, 30) for care in rule._plan(TODAY + timedelta(days=start))
        ]
        self.assertEqual(found, [lunar.celebrated(2026, 5, 30, True)])

    def test_29_february_is_kept_on_the_28th(self):
        self.anna_buyer.write({"customer_birthday_month": 2, "customer_birthday_day": 29})
        rule = self._rule(begins_on=date(2027, 2, 1), lead_days=0)
        self.assertEqual(rule._plan(date(2027, 2, 28)).date, date(2027, 2, 28))
        self.assertFalse(rule._plan(date(2028, 2, 28)))
        self.assertEqual(rule._plan(date(2028, 2, 29)).date, date(2028, 2, 29))

    def test_a_day_that_no_calendar_has_is_refused(self):
        for calendar, month, day in (("solar", 2, 30), ("solar", 4, 31), ("lunar", 1, 31), ("lunar", 13, 1)):
            with self.assertRaises(ValidationError):
                self.anna_buyer.write(
                    {
                        "customer_birthday_calendar": calendar,
                        "customer_birthday_month": month,
                        "customer_birthday_day": day,
                    }
                )

    def test_who_declined_is_left_in_peace(self):
        planned = self._rule()._plan(TODAY)
        seller = self._user("carer", "customer_management.group_customer_user")
        self.anna_buyer.with_user(seller).customer_care_no_call = True
        self.assertEqual((planned.state, self.anna_buyer.customer_care_declined_by_id), ("skipped", seller))
        self.assertTrue(self.anna_buyer.customer_care_declined_on)
        self.assertFalse(self._rule()._plan(TODAY))
        with self.assertRaisesRegex(CareError, "has declined"):
            self.env["customer.care"].with_user(self.agent).create(
                {"partner_id": self.anna_buyer.id, "channel": "call"}
            )
        self.assertTrue(self._rule(channel="activity")._plan(TODAY))

    def test_what_a_company_declined_holds_for_its_people(self):
        self.anna.customer_care_no_call = True
        self.assertFalse(self._rule()._plan(TODAY))

    def test_rules_are_for_grades_tags_and_salespeople(self):
        seller = self._user("carer", "customer_management.group_customer_user")
        tag = self.env["res.partner.category"].create({"name": "Friends"})
        for values in ({"tag_ids": [Command.set(tag.ids)]}, {"salesperson_ids": [Command.set(seller.ids)]}):
            self.assertFalse(self._rule(**values)._plan(TODAY))
        self.anna.write({"category_id": [Command.link(tag.id)], "user_id": seller.id})
        care = self._rule(tag_ids=[Command.set(tag.ids)], salesperson_ids=[Command.set(seller.ids)])._plan(
            TODAY
        )
        self.assertEqual(care.user_id, seller)
        always = self._rule(user_id=self.agent.id, is_always_user=True)._plan(TODAY)
        self.assertEqual(always.user_id, self.agent)
        scheme = self.env["customer.grade.scheme"].search([("company_id", "=", self.env.company.id)], limit=1)
        grade = scheme.grade_ids[:1] or self.env["customer.grade"].search([], limit=1)
        if grade:
            rule = self._rule(grade_ids=[Command.set(grade.ids)])
            self.assertFalse(rule._plan(TODAY))
            self.anna.sudo().customer_grade_id = grade
            self.assertTrue(rule._plan(TODAY))

    def test_holidays_and_anniversaries(self):
        spring = self.env.ref("customer_service.care_holiday_spring")
        rule = self._rule("holiday", holiday_id=spring.id, begins_on=date(2026, 2, 1))
        self.assertEqual(rule._plan(date(2026, 2, 15)).date, date(2026, 2, 17))
        self.assertEqual(rule._plan(date(2027, 2, 6)).partner_id, self.anna)
        people = self._rule("holiday", holiday_id=spring.id, begins_on=date(2026, 2, 1), target="people")
        self.assertEqual(people._plan(date(2026, 2, 17)).partner_id, self.anna_buyer)
        since = self._rule("customer_since")._plan(TODAY)
        self.assertEqual((since.partner_id, since.date), (self.anna, date(2026, 3, 5)))
        self.anna.customer_contract_on = date(2026, 3, 3)
        contract = self._rule("contract")
        self.assertFalse(contract._plan(TODAY), "The first day is no anniversary.")
        self.assertEqual(contract._plan(date(2027, 3, 3)).date, date(2027, 3, 3))

    def test_silence_is_answered_once(self):
        self.order.date_order = "2025-12-03 10:00:00"
        rule = self._rule("inactive", months=3)
        self.assertFalse(rule._plan(TODAY))
        self.assertEqual(rule._plan(date(2026, 3, 3)).occasion, "silent-2025-12-03")
        self.assertFalse(rule._plan(date(2026, 4, 3)))

    def test_calls_follow_receipts_after_7_to_15_days(self):
        order = self._order((self.goods, 2))
        self._ship(order, 1)
        first = order.picking_ids.filtered(lambda one: one.state == "done")
        first.date_done = "2026-03-02 04:00:00"
        rule = self._rule("delivery", day_from=7, day_to=15, lead_days=0, gap_days=30)
        self.assertFalse(rule._plan(date(2026, 3, 8)))
        call = rule._plan(date(2026, 3, 9))
        self.assertEqual((call.picking_id, call.date_to), (first, date(2026, 3, 17)))
        self._ship(order, 1)
        order.picking_ids.date_done = "2026-03-05 04:00:00"
        self.assertFalse(rule._plan(date(2026, 3, 12)), "One call a month is enough.")
        late = self._rule("delivery", day_from=7, day_to=15, begins_on=date(2026, 1, 1))
        self.assertFalse(late._plan(date(2026, 3, 25)), "Too late to ask.")

    def test_calls_follow_closed_complaints_after_3_to_7_days(self):
        complaint = self._take(self._complaint(), "closed")
        complaint.sudo().date_closed = "2026-03-02 04:00:00"
        rule = self._rule("complaint", day_from=3, day_to=7, lead_days=0)
        self.assertFalse(rule._plan(date(2026, 3, 4)))
        self.assertEqual(rule._plan(date(2026, 3, 5)).complaint_id, complaint)

    def test_two_thousand_birthdays_cost_no_more_statements_than_two(self):
        people = [
            {
                "name": f"P{i}",
                "parent_id": self.anna.id,
                "customer_birthday_month": 3,
                "customer_birthday_day": 3,
            }
            for i in range(2000)
        ]
        self.env["res.partner"].create(people)
        rule = self._rule()
        self.env.flush_all()
        with self.assertQueryCount(12):
            made = rule._plan(TODAY)
        self.assertEqual(len(made), 2001)


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
