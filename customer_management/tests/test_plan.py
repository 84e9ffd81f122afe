from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..exceptions import PlanStateError
from .alert_common import AlertCase


@tagged("post_install", "-at_install")
class TestPlan(AlertCase):
    """A plan starts, its measures are carried out, and its effect is measured in the books."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.rules)
        cls._invoice(cls.anna, 100, cls.today - timedelta(days=10))
        cls.plan = cls._make_plan(goal_value=150).with_user(cls.seller)

    def _finish(self, plan=None, result="It worked."):
        plan = plan or self.plan
        for line in plan.line_ids.filtered(lambda line: line.state == "open"):
            line.result = "Done."
            line.action_done()
        plan.result = result
        plan.action_done()

    def test_a_plan_gets_its_number_and_the_value_before_when_it_starts(self):
        self.assertFalse(self.plan.number)
        self.plan.action_start()
        self.assertRecordValues(
            self.plan,
            [{"state": "running", "value_before": 100, "has_before": True, "measured_from": self.today}],
        )
        self.assertRegex(self.plan.number, r"^PL\d{4}/\d{4}$")
        self.assertIn("Anna", self.plan.display_name)

    def test_a_plan_without_a_measure_does_not_start(self):
        self.plan.line_ids.unlink()
        with self.assertRaises(PlanStateError):
            self.plan.action_start()

    def test_the_effect_is_what_changed_in_the_figure(self):
        self.plan.action_start()
        self._invoice(self.anna, 60, self.today)
        self.plan.action_measure()
        self.assertRecordValues(
            self.plan,
            [{"value_after": 160, "effect": 60, "effect_rate": 0.6, "attained": True, "state": "running"}],
        )
        self._invoice(self.anna, -30, self.today)
        self._finish()
        self.assertRecordValues(
            self.plan,
            [{"value_after": 130, "effect": 30, "attained": False, "state": "done", "has_effect": True}],
        )

    def test_no_sales_are_zero_and_an_unknown_figure_is_no_effect(self):
        boris = self._make_customer("Boris")
        sales = self._make_plan(boris)
        rhythm = self._make_plan(boris, "development", metric_id=self._metric("cadence_days").id)
        (sales | rhythm).action_start()
        self._invoice(boris, 40, self.today)
        (sales | rhythm).action_measure()
        self.assertRecordValues(sales, [{"has_effect": True, "effect": 40, "effect_rate": 0}])
        self.assertRecordValues(rhythm, [{"has_effect": False, "effect": 0, "has_before": False}])

    def test_less_is_better_for_some_figures(self):
        plan = self._make_plan(kind="development", metric_id=self._metric("recency_days").id, goal_value=5)
        plan.action_start()
        self.assertEqual(plan.value_before, 10)
        self._invoice(self.anna, 10, self.today)
        plan.action_measure()
        self.assertRecordValues(plan, [{"value_after": 0, "effect": -10, "attained": True}])

    def test_a_plan_ends_when_each_measure_has_a_result(self):
        self.plan.action_start()
        with self.assertRaises(PlanStateError):
            self.plan.action_done()
        line = self.plan.line_ids
        with self.assertRaises(PlanStateError):
            line.action_done()
        line.result = "Nobody answers."
        line.action_drop()
        self.assertRecordValues(line, [{"state": "dropped", "closed_on": self.today}])
        with self.assertRaises(PlanStateError):
            self.plan.action_done()
        self.plan.result = "No."
        self.plan.action_done()

    def test_a_finished_plan_stands(self):
        self.plan.action_start()
        self._finish()
        for values in (
            {"goal_value": 1},
            {"result": "Better."},
            {"line_ids": [Command.clear()]},
            {"user_id": False},
        ):
            with self.assertRaises(PlanStateError):
                self.plan.write(values)
        with self.assertRaisesRegex(PlanStateError, "is at “Done”: Goal, Owner cannot be changed any more"):
            self.plan.write({"goal_value": 1, "user_id": False})
        with self.assertRaises(PlanStateError):
            self.plan.line_ids.write({"result": "Better."})
        with self.assertRaises(PlanStateError):
            self.plan.line_ids.unlink()
        with self.assertRaises(PlanStateError):
            self.env["customer.plan.line"].with_user(self.seller).create(
                {"plan_id": self.plan.id, "measure": "More"}
            )

    def test_what_is_measured_stands_from_the_start(self):
        self.plan.action_start()
        for values in (
            {"metric_id": self._metric("growth").id},
            {"months": 1},
            {"partner_id": self.manager.partner_id.id},
        ):
            with self.assertRaises(PlanStateError):
                self.plan.write(values)
        self.plan.goal_value = 200

    def test_nobody_writes_a_state_or_a_figure(self):
        for values in ({"state": "done"}, {"value_before": 1}, {"number": "X"}, {"has_after": True}):
            with self.assertRaises(PlanStateError):
                self.plan.write(values)
            with self.assertRaises(PlanStateError):
                self.plan.with_user(self.manager).copy(values)
        with self.assertRaises(PlanStateError):
            self.plan.line_ids.write({"state": "done"})
        # Not even back to where it began: that is a step as well.
        with self.assertRaises(PlanStateError):
            self.plan.line_ids.write({"state": "open"})
        plans = self.plan.with_context(default_state="done", default_value_before=5)
        plan = plans.create(
            {"partner_id": self.anna.id, "kind_id": self.env.ref("customer_management.plan_kind_new").id}
        )
        self.assertRecordValues(plan, [{"state": "draft", "value_before": 0}])

    def test_a_customer_has_one_open_plan_of_a_kind(self):
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._make_plan()
        self.plan.action_cancel()
        self.env.flush_all()
        self._make_plan()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.plan.action_draft()

    def test_owners_of_measures_have_an_activity_as_long_as_it_runs(self):
        line = self.plan.line_ids
        self.assertFalse(line.activity_id)
        self.plan.action_start()
        self.assertRecordValues(line.activity_id, [{"user_id": self.seller.id, "summary": "Call"}])
        line.date_due = self.today + timedelta(days=3)
        self.assertEqual(line.activity_id.date_deadline, line.date_due)
        line.user_id = self.manager
        self.assertEqual(line.activity_id.user_id, self.manager)
        activity = line.activity_id
        line.result = "Called."
        line.action_done()
        self.assertFalse(activity.sudo().exists().active)
        line.action_reopen()
        self.assertTrue(line.activity_id)
        self.plan.action_cancel()
        self.assertFalse(line.activity_id)

    def test_overdue_measures_are_found(self):
        line = self.plan.line_ids
        self.plan.action_start()
        for days, late in ((0, False), (-1, True)):
            line.date_due = self.today + timedelta(days=days)
            self.assertEqual(line.is_overdue, late)
            self.assertEqual(bool(line.search([("is_overdue", "=", True), ("id", "=", line.id)])), late)
            self.assertEqual(bool(line.search([("is_overdue", "=", False), ("id", "=", line.id)])), not late)
            self.assertEqual(self.plan.overdue_count, int(late))
        line.result = "Done."
        line.action_done()
        self.assertFalse(line.is_overdue)

    def test_the_plan_of_the_next_period_begins_where_this_one_ended(self):
        self.plan.write({"date_start": "2024-01-01", "date_due": "2024-03-31"})
        self.plan.line_ids.date_due = "2024-02-01"
        self.plan.action_start()
        self._finish()
        again = self.plan.browse(self.plan.action_next_period()["res_id"])
        self.assertRecordValues(
            again,
            [
                {
                    "state": "draft",
                    "number": False,
                    "has_before": False,
                    "date_start": fields.Date.to_date("2024-04-01"),
                    "date_due": fields.Date.to_date("2024-06-30"),
                    "result": False,
                }
            ],
        )
        self.assertRecordValues(again.line_ids, [{"state": "open", "measure": "Call", "result": False}])
        self.assertEqual(again.line_ids.date_due, fields.Date.to_date("2024-05-02"))

    def test_a_new_plan_begins_with_what_usually_helps(self):
        kind = self.env.ref("customer_management.plan_kind_endangered")
        with Form(self.env["customer.plan"].with_user(self.seller)) as form:
            form.partner_id = self.anna
            form.kind_id = kind
        plan = form.record
        self.assertEqual(plan.line_ids.mapped("measure"), kind.suggestion_ids.mapped("measure"))
        self.assertEqual(plan.metric_id, kind.metric_id)
        self.assertEqual(plan.date_due, plan.date_start + timedelta(days=kind.duration))
        plan.line_ids[0].unlink()
        plan.action_suggest()
        self.assertEqual(len(plan.line_ids), len(kind.suggestion_ids))

    def test_a_plan_is_printed_with_fields_to_sign(self):
        self.plan.action_start()
        report = self.env["ir.actions.report"].with_user(self.seller)
        html = report._render_qweb_html("customer_management.plan_report", self.plan.ids)[0].decode()
        for words in ("Anna", "Call", "Manager, date", self.plan.number):
            self.assertIn(words, html)

    def test_figures_of_the_customer_stand_beside_the_plan(self):
        self.assertEqual(self.plan.monthly_average, 100 / 12)
        self.assertEqual(self.plan.three_years, 100)
        self.assertEqual(self.plan.recency_days, 10)

    def test_salespeople_see_plans_of_their_customers_and_those_they_have_a_part_in(self):
        rival = self._make_user("rival", "customer_management.group_customer_user")
        plan = self.plan.with_user(rival)
        self.assertFalse(plan.search([("id", "=", plan.id)]))
        with self.assertRaises(AccessError):
            plan.action_cancel()
        self.plan.line_ids = [Command.create({"measure": "Help", "user_id": rival.id})]
        self.assertTrue(plan.search([("id", "=", plan.id)]))
        self.assertTrue(plan.with_user(self.manager).search([("id", "=", plan.id)]))
        with self.assertRaises(AccessError):
            plan.with_user(self.outsider).read(["result"])

    def test_other_companies_see_nothing(self):
        other = self._make_company("Elsewhere", books=False)
        stranger = self._make_user(
            "stranger",
            "customer_management.group_customer_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        for record in (self.plan, self.plan.line_ids):
            with self.assertRaises(AccessError):
                record.with_user(stranger).with_context(allowed_company_ids=other.ids).read(["state"])

    def test_only_drafts_are_deleted_and_only_by_managers(self):
        with self.assertRaises(AccessError):
            self.plan.unlink()
        self.plan.action_start()
        with self.assertRaises(PlanStateError):
            self.plan.with_user(self.manager).unlink()
        self.plan.action_cancel()
        self.plan.with_user(self.manager).unlink()
