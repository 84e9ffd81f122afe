from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import CareError
from ..tools import lunar
from .care_case import TODAY, CareCase


@tagged("post_install", "-at_install")
class TestCarePlan(CareCase):
    def test_a_birthday_is_planned_once_however_often_the_job_runs(self):
        rule = self._rule()
        care = rule._plan(TODAY)
        self.assertEqual((care.partner_id, care.date), (self.anna_buyer, date(2026, 3, 4)))
        self.assertEqual(care.occasion, "birthday-2026")
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
