from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..exceptions import GradeCutError, GradeRunStateError
from ..models.grade import CHECKED_BY_SCHEME
from .common import CustomerCase


@tagged("post_install", "-at_install")
class TestCuts(CustomerCase):
    """Cuts out of order or out of range are refused on every road, and the message names the grades."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls.scheme = cls._make_scheme(70, 90).with_user(cls.manager)
        cls.a, cls.b, cls.c = cls.scheme.grade_ids

    def assertRefused(self, message, action, *args, **kwargs):
        with self.assertRaisesRegex(GradeCutError, message), self.cr.savepoint():
            action(*args, **kwargs)
            self.env.flush_all()

    def test_a_new_scheme_needs_its_cuts_in_order(self):
        for cuts, method, words in (
            (
                (90, 70),
                "pareto",
                "grade A has 90.0 and the next grade B has 70.0. The cut of B must be higher",
            ),
            ((70, 70), "rank", "grade A has 70.0 and the next grade B has 70.0. The cut of B must be higher"),
            (
                (10, 20),
                "threshold",
                "grade A has 10.0 and the next grade B has 20.0. The cut of B must be lower",
            ),
        ):
            self.assertRefused(words, self._make_scheme, *cuts, method=method)

    def test_a_percentage_is_more_than_nothing_and_less_than_all(self):
        for cuts, name in (((0, 50), "A"), ((-1, 50), "A"), ((50, 100), "B"), ((50, 1e300), "B")):
            for method in ("pareto", "rank"):
                self.assertRefused(f"Grade {name} ends at", self._make_scheme, *cuts, method=method)

    def test_a_cut_is_a_number(self):
        for bad in (float("nan"), float("inf")):
            self.assertRefused("cut of grade A is not a number", self._make_scheme, bad, method="threshold")
            self.assertRefused("cut of grade C is not a number", self.c.write, {"cut": bad})

    def test_a_change_of_one_grade_is_checked_against_its_neighbours(self):
        self.assertRefused("grade A has 95.0 and the next grade B has 90.0", self.a.write, {"cut": 95})
        self.assertRefused("grade A has 70.0 and the next grade B has 60.0", self.b.write, {"cut": 60})
        self.assertRefused("grade B has 90.0 and the next grade A has 70.0", self.a.write, {"sequence": 25})
        self.c.cut = 3  # the last one's is not used

    def test_a_change_through_the_scheme_is_checked_when_all_grades_are_written(self):
        both = [Command.update(self.a.id, {"cut": 92}), Command.update(self.b.id, {"cut": 95})]
        self.scheme.write({"grade_ids": both})
        self.assertEqual(self.scheme.grade_ids.mapped("cut")[:2], [92, 95])
        wrong = [Command.update(self.a.id, {"cut": 96})]
        self.assertRefused("grade A has 96.0", self.scheme.write, {"grade_ids": wrong})

    def test_the_check_cannot_be_put_off_from_outside(self):
        for value in (True, "CHECKED_BY_SCHEME", repr(CHECKED_BY_SCHEME)):
            grade = self.a.with_context(grade_cuts=value)
            self.assertRefused("grade A has 95.0", grade.write, {"cut": 95})

    def test_a_method_that_the_cuts_do_not_fit_is_refused(self):
        self.assertRefused("The cut of B must be lower", self.scheme.write, {"method": "threshold"})
        recency = self._metric("recency_days").id
        self.scheme.write({"method": "threshold", "metric_id": recency})
        self.assertRefused(
            "The cut of B must be lower", lambda: self.scheme.write({"metric_id": self._metric("revenue").id})
        )

    def test_an_import_is_checked_too(self):
        xmlid = self.a.sudo().export_data(["id"])["datas"][0][0]
        found = self.a.browse().with_user(self.manager).load(["id", "cut"], [[xmlid, "95"]])
        self.assertFalse(found["ids"])
        self.assertIn("grade A has 95.0", found["messages"][0]["message"])
        rows = [["New", "pareto", "A", "90"], ["", "", "B", "80"], ["", "", "C", "0"]]
        fields = ["name", "method", "grade_ids/name", "grade_ids/cut"]
        found = self.scheme.browse().load(fields, rows)
        self.assertFalse(found["ids"])
        self.assertIn("grade A has 90.0", found["messages"][0]["message"])

    def test_a_run_does_not_start_with_cuts_that_were_broken_behind_its_back(self):
        self.env.flush_all()
        self.cr.execute("UPDATE customer_grade SET cut = 99 WHERE id = %s", [self.a.id])
        self.env.invalidate_all()
        self.assertRefused("grade A has 99.0", self.scheme.action_run)
        self.cr.execute("DELETE FROM customer_grade WHERE scheme_id = %s", [self.scheme.id])
        self.env.invalidate_all()
        self.assertRefused("has no grades", self.scheme.action_run)

    def test_two_grades_of_a_scheme_have_different_names(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.b.name = "A"
            self.env.flush_all()

    def test_settings_out_of_range_are_refused(self):
        bad = {"months": (0, -1, 121, 99999), "margin": (-1, 100, float("nan")), "minimum_stay": (-1,)}
        self.scheme.action_run()
        for name, values in bad.items():
            for value in values:
                with self.subTest(name, value=value), mute_logger("odoo.sql_db"):
                    with self.assertRaises(IntegrityError), self.cr.savepoint():
                        self.scheme.write({name: value})
                        self.env.flush_all()


@tagged("post_install", "-at_install")
class TestPreview(CustomerCase):
    """The form of a scheme shows at once what its cuts would do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        today = cls.env["customer.grade.run"].new({}).date_to
        cls._invoice_all({"anna": 600, "boris": 250, "carla": 100, "dora": 50}, today)
        cls.scheme = cls._make_scheme(70, 90).with_user(cls.manager)

    def _counts(self, form):
        return [row["customers"] for row in form.preview["grades"]]

    def _set_cuts(self, form, *cuts):
        for i, cut in enumerate(cuts):
            with form.grade_ids.edit(i) as grade:
                grade.cut = cut

    def test_a_changed_cut_shows_at_once_how_many_customers_each_grade_would_get(self):
        with Form(self.scheme) as form:
            self.assertEqual(self._counts(form), [2, 1, 1])
            self._set_cuts(form, 55)
            self.assertEqual(self._counts(form), [1, 2, 1])
            self._set_cuts(form, 90, 99)
            self.assertEqual(self._counts(form), [3, 1, 0])
        self.assertEqual(self.scheme.grade_ids.mapped("cut")[:2], [90, 99])
        self.assertFalse(self.scheme.run_ids)

    def test_a_scheme_that_is_not_saved_yet_has_a_preview_too(self):
        form = Form(self.env["customer.grade.scheme"].with_user(self.manager))
        self.assertEqual(self._counts(form), [2, 1, 1])
        form.method = "rank"
        self.assertEqual(self._counts(form), [1, 1, 2])
        form.name = "By number"
        form.save().action_run()

    def test_a_grade_added_or_removed_counts_at_once(self):
        form = Form(self.scheme)
        with form.grade_ids.new() as grade:
            grade.name = "D"
            grade.sequence = 30
        self.assertRegex(form.preview["error"], "Grade C ends at 0.0 %")
        self._set_cuts(form, 70, 90, 95)
        self.assertEqual(self._counts(form), [2, 1, 0, 1])
        form.grade_ids.remove(0)
        self.assertEqual(self._counts(form), [3, 0, 1])
        form.save()
        self.assertEqual(self.scheme.grade_ids.mapped("name"), ["B", "C", "D"])

    def test_cuts_out_of_order_are_told_in_the_preview_and_not_by_an_error(self):
        form = Form(self.scheme)
        self._set_cuts(form, 95)
        self.assertRegex(form.preview["error"], "grade A has 95.0 and the next grade B has 90.0")
        self._set_cuts(form, 70)
        self.assertEqual(self._counts(form), [2, 1, 1])
        for _grade in range(3):
            form.grade_ids.remove(0)
        self.assertRegex(form.preview["error"], "has no grades")

    def test_whatever_else_does_not_make_sense_is_told_in_the_preview(self):
        for name, value, words in (
            ("months", 99999, "between 1 and 120"),
            ("months", -5, "between 1 and 120"),
            ("months", 0, "between 1 and 120"),
            ("domain", "[('luck', '=', 1)]", "not a valid filter"),
            ("metric_id", self._metric("growth"), "cannot be added up"),
            ("metric_id", self.env["customer.metric"], "Choose the metric"),
        ):
            with self.subTest(name, value=value):
                form = Form(self.scheme)
                setattr(form, name, value)
                self.assertRegex(form.preview["error"], words)

    def test_another_method_brings_cuts_that_fit_it_there_and_back(self):
        for method, cuts in (
            ("threshold", [100000, 10000]),
            ("rank", [10, 30]),
            ("threshold", [100000, 10000]),
            ("pareto", [70, 90]),
        ):
            with Form(self.scheme) as form:
                form.method = method
                self.assertNotIn("error", form.preview)
            self.assertEqual(self.scheme.grade_ids.mapped("cut")[:2], cuts)

    def test_the_preview_says_the_same_as_a_run_of_today(self):
        preview, chart = self.scheme.preview, self.scheme.action_run().chart
        self.assertEqual(preview, chart)

    def test_a_scheme_moves_to_another_company_only_while_it_graded_nobody(self):
        self.scheme.action_run()
        other = self._make_company("Sister Company", books=False)
        with self.assertRaises(GradeRunStateError):
            self.scheme.sudo().company_id = other
        with self.assertRaises(UserError):
            self.scheme.unlink()
