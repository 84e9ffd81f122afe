from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..exceptions import GradeRunStateError
from .common import TODAY, CustomerCase

AMOUNTS = {"anna": 700, "boris": 200, "carla": 100}


class RunCase(CustomerCase):
    """Three customers, one of each grade, and the people who grade them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls.customers = cls._invoice_all(AMOUNTS)
        cls.anna, cls.boris, cls.carla = cls.customers.values()
        cls.scheme = cls._make_scheme(70, 90)
        cls.a, cls.b, cls.c = cls.scheme.grade_ids
        cls.env.flush_all()

    def _run(self, date_to=TODAY, scheme=None, user=None):
        """Return a run that a manager computed."""
        return (scheme or self.scheme).with_user(user or self.manager).action_run(date_to)

    def _letters(self):
        """Return the grades that the three customers have now."""
        self.env.invalidate_all()
        return "".join(customer.customer_grade_id.name or "-" for customer in self.customers.values())


@tagged("post_install", "-at_install")
class TestRun(RunCase):
    """From a new run to grades that hold."""

    def test_a_run_goes_from_new_to_computed_to_applied(self):
        run = (
            self.env["customer.grade.run"]
            .with_user(self.manager)
            .create({"scheme_id": self.scheme.id, "date_to": TODAY})
        )
        self.assertEqual((run.state, run.result_count, run.chart), ("draft", 0, False))
        run.action_compute()
        self.assertEqual((run.state, run.result_count, run.changed_count), ("computed", 3, 3))
        self.assertEqual(self._letters(), "---")
        run.action_apply()
        self.assertEqual(run.state, "applied")
        self.assertEqual(self._letters(), "ABC")
        self.assertEqual((run.computed_by_id, run.months), (self.manager, 12))

    def test_a_new_run_cannot_be_applied_and_an_applied_one_cannot_be_computed(self):
        run = self.env["customer.grade.run"].with_user(self.manager).create({"scheme_id": self.scheme.id})
        with self.assertRaisesRegex(GradeRunStateError, "is at “Draft”; this step is for: Computed"):
            run.action_apply()
        run.action_compute()
        run.action_apply()
        for step in (run.action_compute, run.action_apply, run.action_reset, run.action_approve):
            with self.assertRaisesRegex(GradeRunStateError, "is at “Applied”"):
                step()

    def test_an_applied_run_cannot_be_changed_or_deleted(self):
        run = self._run()
        run.action_apply()
        for values in ({"date_to": "2023-12-31"}, {"scheme_id": self._make_scheme(50).id}):
            with self.assertRaisesRegex(GradeRunStateError, "is at “Applied”"):
                run.write(values)
        with self.assertRaisesRegex(GradeRunStateError, "is at “Applied”"):
            run.unlink()
        with self.assertRaisesRegex(GradeRunStateError, "is at “Applied”"):
            run.result_ids[0].write({"override_grade_id": self.c.id, "override_reason": "Late"})

    def test_nobody_is_graded_as_of_a_day_to_come(self):
        tomorrow = fields.Date.today() + timedelta(days=2)
        with self.assertRaisesRegex(GradeRunStateError, "still to come"):
            self._run(tomorrow)

    def test_a_run_that_was_not_applied_can_be_deleted_with_its_results(self):
        run = self._run()
        results = run.result_ids
        run.unlink()
        self.assertFalse(results.exists())

    def test_a_run_for_another_day_has_to_be_computed_again(self):
        run = self._run()
        run.date_to = "2023-12-31"
        self.assertEqual(run.state, "draft")
        with self.assertRaises(GradeRunStateError):
            run.action_apply()
        run.action_compute()
        self.assertEqual(set(self._grades(run).values()), {"C"})

    def test_a_run_for_another_scheme_forgets_the_results_of_the_first(self):
        run = self._run()
        self._result(run, self.carla).write(
            {"override_grade_id": self.a.id, "override_reason": "Key account"}
        )
        run.scheme_id = self._make_scheme(50)
        self.assertFalse(run.result_ids)
        run.action_compute()
        self.assertEqual(run.result_ids.grade_id.scheme_id, run.scheme_id)

    def test_a_copy_of_a_run_begins_anew(self):
        run = self._run()
        run.action_apply()
        copy = run.copy()
        self.assertEqual((copy.state, copy.result_count, copy.scheme_id), ("draft", 0, self.scheme))
        self.assertFalse(copy.applied_on or copy.computed_by_id or copy.settings or copy.months)
        copy.action_compute()
        self.assertEqual(copy.changed_count, 0)

    def test_a_copy_of_a_scheme_has_its_grades_and_no_runs(self):
        self._run()
        copy = self.scheme.with_user(self.manager).copy()
        self.assertEqual(copy.grade_ids.mapped("cut"), [70, 90, 0])
        self.assertEqual(copy.run_count, 0)

    def test_an_archived_scheme_keeps_the_grades_it_gave(self):
        self._run().action_apply()
        self.scheme.with_user(self.manager).action_archive()
        self.assertEqual(self._letters(), "ABC")

    def test_a_run_remembers_the_settings_it_was_computed_with(self):
        run = self._run()
        self.scheme.write({"margin": 5, "months": 6})
        self.scheme.grade_ids[0].cut = 50
        expected = {
            "method": "pareto",
            "cuts": [70, 90],
            "margin": 0,
            "minimum_stay": 0,
            "grades": ["A", "B", "C"],
        }
        self.assertEqual(run.settings, expected)
        self.assertEqual((run.months, run.date_from), (12, fields.Date.to_date("2024-01-01")))

    def test_the_query_count_of_a_run_does_not_depend_on_the_number_of_customers(self):
        self._count_queries()  # what Odoo looks up once
        few = self._count_queries()
        self._invoice_all({f"customer {i}": 10 + i for i in range(57)})
        self.assertEqual(self._count_queries(), few)

    def _count_queries(self):
        """Return how many queries it takes to compute and to apply a run that changes all grades."""
        scheme = self._make_scheme(70, 90).with_user(self.manager)
        self.env.flush_all()
        before = self.cr.sql_log_count
        run = scheme.action_run(TODAY)
        self.env.flush_all()
        computed = self.cr.sql_log_count
        run.action_apply()
        self.env.flush_all()
        return computed - before, self.cr.sql_log_count - computed


@tagged("post_install", "-at_install")
class TestOverride(RunCase):
    """A manager who knows better says so, and why."""

    def _override(self, run, customer, grade, reason="Takes over its sister company"):
        result = self._result(run, customer)
        result.write({"override_grade_id": grade.id, "override_reason": reason})
        return result

    def test_an_override_decides_the_grade(self):
        run = self._run()
        result = self._override(run, self.carla, self.a)
        self.assertEqual((result.grade_id, result.proposed_grade_id), (self.a, self.c))
        self.assertEqual((result.override_user_id, run.overridden_count), (self.manager, 1))
        run.action_apply()
        self.assertEqual(self._letters(), "ABA")
        self.assertEqual(self.carla.customer_grade_history_ids.reason, "Takes over its sister company")

    def test_to_compute_again_keeps_the_overrides(self):
        run = self._run()
        self._override(run, self.carla, self.a)
        self._invoice(self.boris, 10000)
        run.with_user(self.second_manager).action_compute()
        result = self._result(run, self.carla)
        self.assertEqual((result.grade_id, result.override_user_id), (self.a, self.manager))
        self.assertEqual(self._grades(run), {"boris": "A", "anna": "C", "carla": "A"})

    def test_an_override_needs_a_reason(self):
        run = self._run()
        for reason in (False, "", "   "):
            with self.assertRaisesRegex(GradeRunStateError, "Say why carla gets grade A"):
                self._override(run, self.carla, self.a, reason)

    def test_an_override_is_a_grade_of_the_same_scheme(self):
        stranger = self._make_scheme(50).grade_ids[0]
        with self.assertRaisesRegex(GradeRunStateError, "belongs to another scheme"):
            self._override(self._run(), self.carla, stranger)
        with self.assertRaises(UserError):
            self._override(self._run(), self.carla, self.a.browse(2**31 - 1))

    def test_changes_are_found_at_once_after_an_override(self):
        self._run().action_apply()
        run = self._run()
        results = self.env["customer.grade.result"].with_user(self.manager)
        here = [("run_id", "=", run.id)]
        self.assertFalse(results.search([*here, ("changed", "=", True)]))
        result = self._override(run, self.carla, self.a)
        self.assertEqual(results.search([*here, ("changed", "=", True)]), result)
        self.assertEqual(results.search([*here, ("changed", "!=", True)]), run.result_ids - result)
        self.assertEqual([row["customers"] for row in run.chart["grades"]], [2, 1, 0])
        self.assertEqual((run.changed_count, run.overridden_count), (1, 1))

    def test_an_override_taken_back_leaves_the_computed_grade(self):
        result = self._override(self._run(), self.carla, self.a)
        result.override_grade_id = False
        self.assertEqual(result.grade_id, self.c)
        self.assertFalse(result.override_reason or result.override_user_id)

    def test_figures_of_a_result_cannot_be_edited(self):
        result = self._run().result_ids[0]
        for values in (
            {"value": 1},
            {"grade_id": self.c.id},
            {"settled_grade_id": self.c.id},
            {"partner_id": 1},
        ):
            with self.assertRaisesRegex(GradeRunStateError, "Results are computed"):
                result.write(values)
        with self.assertRaises(AccessError):
            result.unlink()

    def test_who_overrode_a_grade_may_leave_the_company(self):
        run = self._run()
        result = self._override(run.with_user(self.second_manager), self.carla, self.a)
        self.second_manager.unlink()
        self.assertFalse(result.with_user(self.manager).override_user_id)
        run.action_compute()
        self.assertEqual(self._grades(run)["carla"], "A")


@tagged("post_install", "-at_install")
class TestApproval(RunCase):
    """Four eyes where the scheme asks for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme.approval_required = True

    def test_a_run_that_needs_approval_is_not_applied_without(self):
        run = self._run()
        with self.assertRaisesRegex(GradeRunStateError, "this step is for: Approved"):
            run.action_apply()

    def test_who_computed_a_run_does_not_approve_it(self):
        run = self._run()
        with self.assertRaisesRegex(GradeRunStateError, "somebody else has to approve it"):
            run.action_approve()
        run.with_user(self.second_manager).action_approve()
        self.assertEqual((run.state, run.approved_by_id), ("approved", self.second_manager))
        run.action_apply()
        self.assertEqual(self._letters(), "ABC")

    def test_who_overrode_a_grade_does_not_approve_the_run_either(self):
        run = self._run().with_user(self.second_manager)
        self._result(run, self.carla).write({"override_grade_id": self.a.id, "override_reason": "A friend"})
        with self.assertRaisesRegex(GradeRunStateError, "overrode grades"):
            run.action_approve()

    def test_an_approved_run_is_changed_only_after_it_was_taken_back(self):
        run = self._run()
        run.with_user(self.second_manager).action_approve()
        with self.assertRaises(GradeRunStateError):
            run.action_compute()
        with self.assertRaises(GradeRunStateError):
            self._result(run, self.carla).write({"override_grade_id": self.a.id, "override_reason": "x"})
        run.action_reset()
        self.assertEqual((run.state, run.approved_by_id.id), ("computed", False))

    def test_an_approved_run_can_be_applied_when_approval_is_no_longer_asked_for(self):
        run = self._run()
        run.with_user(self.second_manager).action_approve()
        self.scheme.approval_required = False
        run.action_apply()
        self.assertEqual(self._letters(), "ABC")
