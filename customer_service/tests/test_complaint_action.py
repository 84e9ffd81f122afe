from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import ActionStepError, ComplaintStepError
from .service_case import ServiceCase

SALES = "customer_management.group_customer_user,sales_team.group_sale_salesman"


@tagged("post_install", "-at_install")
class TestComplaintAction(ServiceCase):
    """An action corrects or prevents, with evidence; the complaints after it say whether it helped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env.user)
        cls.complaint_1 = cls._complaint(line_ids=[Command.create({"product_id": cls.goods.id})])
        cls._found(cls.complaint_1)

    def setUp(self):
        super().setUp()
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)

    def _action(self, ago=None, **values):
        """Return an action on the first complaint; ``ago``: done so many days ago."""
        values = {"name": "Tighten the seal", "complaint_id": self.complaint_1.id, **values}
        action = self.env["customer.complaint.action"].create(values)
        if ago is not None:
            action.evidence = "Torque sheet"
            action.action_done()
            check = action.check_on and action.check_on - timedelta(days=ago)
            action.sudo().write({"done_on": self.today - timedelta(days=ago), "check_on": check})
        return action

    def _again(self, ago, product=None, cause=None, **values):
        """Return a complaint of Boris about the same goods and cause, received some days ago."""
        complaint = self._complaint(
            self.boris,
            line_ids=[Command.create({"product_id": (product or self.goods).id})],
            date_received=fields.Datetime.now() - timedelta(days=ago),
            **values,
        )
        complaint.cause_id = cause or self.cause
        return complaint

    def _cron(self):
        self.env["customer.complaint.action"]._cron_check()

    def test_an_action_takes_cause_goods_and_company_from_its_complaint(self):
        action = self._action()
        self.assertEqual(action.cause_id, self.cause)
        self.assertEqual(action.product_ids, self.goods)
        self.assertEqual(action.company_id, self.complaint_1.company_id)
        self.assertEqual((action.date_due - self.today).days, 14)

    def test_who_is_responsible_has_one_activity_until_it_is_done(self):
        action = self._action(user_id=self.agent.id)
        self.assertEqual(action.activity_ids.user_id, self.agent)
        action.user_id = self.boss
        self.assertEqual(action.activity_ids.user_id, self.boss)
        action.evidence = "Seen"
        action.action_done()
        self.assertFalse(action.activity_ids)

    def test_nothing_is_done_without_evidence_and_what_is_done_stands(self):
        action = self._action().with_user(self.agent)
        with self.assertRaisesRegex(ActionStepError, "evidence"):
            action.action_done()
        action.evidence = "Torque sheet of the line"
        action.action_done()
        self.assertEqual((action.check_on - action.done_on).days, 90)
        with self.assertRaises(ActionStepError):
            action.name = "Something else"
        with self.assertRaises(ActionStepError):
            action.state = "effective"
        with self.assertRaises(ActionStepError):
            action.copy().sudo(False).write({"done_on": "2020-01-01"})

    def test_an_action_does_not_begin_effective_whatever_the_context_says(self):
        actions = self.env["customer.complaint.action"].with_user(self.agent)
        made = actions.with_context(default_state="effective").create({"name": "x"})
        self.assertEqual(made.state, "planned")
        with self.assertRaises(ActionStepError):
            actions.create({"name": "x", "state": "effective"})

    def test_it_helped_when_the_fault_stays_away_until_the_day_of_the_check(self):
        early, ripe = self._action(ago=89), self._action(ago=90)
        self._cron()
        self.assertEqual((early.state, ripe.state), ("done", "effective"))

    def test_it_did_not_help_when_the_same_cause_comes_back_at_the_same_goods(self):
        action = self._action(ago=50)
        again = self._again(ago=10)
        self._cron()
        self.assertEqual(action.state, "ineffective")
        self.assertEqual(action.recurrence_ids, again)
        follower = action.next_ids
        self.assertEqual((follower.state, follower.cause_id), ("planned", self.cause))
        self.assertIn("did not help", self.complaint_1.message_ids[0].body)

    def test_the_check_done_twice_does_nothing_the_second_time(self):
        action = self._action(ago=50)
        self._again(ago=10)
        self._cron()
        self._cron()
        self._again(ago=5)
        self._cron()
        self.assertEqual(len(action.next_ids), 1)

    def test_what_is_something_else_does_not_count(self):
        other = self.env["customer.complaint.cause"].create({"name": "Ink", "code": "test_ink"})
        self._again(ago=10, product=self.service)
        self._again(ago=10, cause=other)
        self._again(ago=60)
        self._again(ago=10).is_justified = "no"
        self._again(ago=10)._withdraw("A mistake")
        action = self._action(ago=50)
        self._cron()
        self.assertEqual(action.state, "done")

    def test_a_part_of_the_cause_and_a_linked_complaint_count(self):
        part = self.env["customer.complaint.cause"].create(
            {"name": "Seal too soft", "code": "test_soft", "parent_id": self.cause.id}
        )
        first, second = self._action(ago=50), self._action(ago=30)
        again = self._again(ago=40, cause=part)
        linked = self._complaint(follows_id=self.complaint_1.id)
        self._cron()
        self.assertEqual(first.recurrence_ids, again | linked)
        self.assertFalse(second.recurrence_ids & again)

    def test_a_complaint_that_is_judged_late_still_takes_the_effect_back(self):
        action = self._action(ago=95)
        again = self._again(ago=20)
        again.cause_id = False
        self._cron()
        self.assertEqual(action.state, "effective")
        again.cause_id = self.cause
        self._cron()
        self.assertEqual(action.state, "ineffective")

    def test_containment_is_not_checked(self):
        action = self._action(ago=200, kind="containment")
        self._again(ago=10)
        self._cron()
        self.assertEqual((action.state, action.check_on), ("done", False))

    def test_the_check_costs_the_same_for_few_and_for_many(self):
        for _number in range(3):
            self._action(ago=10)
        self._cron()
        counts = []
        for extra in (7, 40):
            self.env["customer.complaint.action"].create(
                [
                    {"name": f"{number}", "complaint_id": self.complaint_1.id, "evidence": "x"}
                    for number in range(extra)
                ]
            ).action_done()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._cron()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_an_urgent_justified_complaint_is_not_closed_without_an_action(self):
        complaint = self._take(self._complaint(harm="4"), "follow_up")
        self.env["customer.complaint.action"].create(
            {"name": "Stop the sale", "kind": "containment", "complaint_id": complaint.id}
        )
        with self.assertRaisesRegex(ComplaintStepError, "corrects or prevents"):
            complaint.action_close()
        action = self.env["customer.complaint.action"].create(
            {"name": "Another cord", "complaint_id": complaint.id}
        )
        action._drop("Too dear")
        with self.assertRaises(ComplaintStepError):
            complaint.action_close()
        action.copy()
        complaint.action_close()
        self.assertEqual(complaint.outcome, "settled")

    def test_a_kind_may_ask_for_an_action_and_the_company_may_ask_for_none(self):
        complaint = self._take(self._complaint(), "follow_up")
        self.assertFalse(complaint._missing_for("closed"))
        self.kind.needs_action = True
        self.assertTrue(complaint._missing_for("closed"))
        self.kind.needs_action = False
        self.env.company.customer_service_action_severity = "normal"
        self.assertTrue(complaint._missing_for("closed"))
        complaint.is_justified = "no"
        self.assertFalse(complaint._missing_for("closed"))

    def test_who_carries_it_out_needs_no_rights_in_service(self):
        worker = self._user("service_worker", "base.group_user")
        action = self._action(user_id=worker.id)
        other = self._action()
        mine = self.env["customer.complaint.action"].with_user(worker).search([("state", "=", "planned")])
        self.assertEqual(mine, action)
        mine.evidence = "Done at the line"
        mine.action_done()
        self.assertEqual(action.state, "done")
        with self.assertRaises(AccessError):
            other.with_user(worker).evidence = "x"
        with self.assertRaises(AccessError):
            self._action(ago=1, user_id=worker.id).with_user(worker).action_check()

    def test_a_salesperson_reads_the_actions_of_own_customers_only(self):
        lena, igor = (self._user(f"prevention_{name}", SALES) for name in ("lena", "igor"))
        self.anna.user_id = lena
        action = self._action()
        self.assertTrue(action.with_user(lena).name)
        with self.assertRaises(AccessError):
            action.with_user(lena).name = "x"
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            action.with_user(igor).check_access("read")

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._user("prevention_stranger", "customer_service.group_service_manager")
        stranger.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
        self._action()
        for model in ("action", "risk", "pareto", "pareto.line", "summary", "analysis", "statistics"):
            with self.subTest(model=model):
                rows = self.env[f"customer.complaint.{model}"].with_user(stranger)
                self.assertFalse(rows.search([("company_id", "!=", False)]))
