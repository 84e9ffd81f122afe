from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..exceptions import GradeRunStateError
from .common import TODAY
from .test_grading_run import RunCase


@tagged("post_install", "-at_install")
class TestApply(RunCase):
    """What changes when a run is applied, and what does not."""

    def _history(self, customer):
        rows = customer.customer_grade_history_ids.sorted("id")
        return [(str(row.date), row.previous_grade_id.name, row.grade_id.name) for row in rows]

    def test_each_change_of_a_grade_is_a_row_of_history(self):
        run = self._run()
        run.action_apply()
        self._invoice(self.boris, 5000, "2025-01-15")
        self._run("2025-01-31").action_apply()
        self.assertEqual(self._letters(), "BAC")
        self.assertEqual(self._history(self.anna), [("2024-12-31", False, "A"), ("2025-01-31", "A", "B")])
        self.assertEqual(self._history(self.carla), [("2024-12-31", False, "C")])
        first = self.anna.customer_grade_history_ids.sorted("id")[0]
        self.assertEqual((first.run_id, first.user_id, first.company_id), (run, self.manager, self.company))

    def test_a_run_that_changes_nothing_writes_nothing(self):
        self._run().action_apply()
        self.env.flush_all()
        before = self.anna.write_date, self.env["customer.grade.history"].search_count([])
        run = self._run()
        self.assertEqual(run.changed_count, 0)
        run.action_apply()
        self.env.invalidate_all()
        self.assertEqual((self.anna.write_date, self.env["customer.grade.history"].search_count([])), before)

    def test_other_addons_are_told_once_of_the_customers_that_changed(self):
        self._run().action_apply()
        self._invoice(self.boris, 5000)
        told = []
        partners = type(self.env["res.partner"])
        with patch.object(partners, "_customer_grade_changed", lambda *args: told.append(args)):
            self._run().action_apply()
        self.assertEqual(told, [(self.anna | self.boris, self.scheme)])

    def test_grades_set_the_terms_where_the_scheme_says_so(self):
        term = self.env["account.payment.term"].create({"name": "90 days"})
        pricelist = self.env["product.pricelist"].create(
            {"name": "Best customers", "company_id": self.company.id}
        )
        self.a.write({"payment_term_id": term.id, "pricelist_id": pricelist.id})
        before = self.boris.property_payment_term_id, self.boris.property_product_pricelist
        self._run().action_apply()
        self.assertNotEqual(self.anna.property_payment_term_id, term)
        scheme = self._make_scheme(70, 90, set_terms=True)
        scheme.grade_ids[0].write({"payment_term_id": term.id, "pricelist_id": pricelist.id})
        self._run(scheme=scheme).action_apply()
        self.env.invalidate_all()
        self.assertEqual(self.anna.property_payment_term_id, term)
        self.assertEqual(self.anna.property_product_pricelist, pricelist)
        self.assertEqual((self.boris.property_payment_term_id, self.boris.property_product_pricelist), before)

    def test_of_two_schemes_the_one_applied_last_gives_the_grade(self):
        self._run().action_apply()
        second = self._make_scheme(50, name="By number", method="rank")
        run = self._run(scheme=second)
        self.assertEqual(run.changed_count, 3)
        self.assertEqual(set(run.result_ids.previous_grade_id), {self.a, self.b, self.c})
        run.action_apply()
        self.assertEqual(self._letters(), "AAB")
        self.assertEqual(self.anna.customer_grade_id.scheme_id, second)
        self._run().action_apply()
        self.assertEqual(self.anna.customer_grade_id, self.a)
        self.assertEqual(len(self.anna.customer_grade_history_ids), 3)

    def test_two_companies_grade_the_same_customer_each_in_its_own_way(self):
        other = self._make_company("Sister Company")
        chief = self._make_user(
            "chief", "customer_management.group_customer_manager", company_ids=[self.company.id, other.id]
        )
        theirs = self._make_scheme(70, 90, company_id=other.id)
        self._invoice(self.carla, 900, company=other)
        self._invoice(self.anna, 100, company=other)
        both = {"allowed_company_ids": [self.company.id, other.id]}
        for scheme in (self.scheme, theirs):
            scheme.with_user(chief).with_context(**both).action_run(TODAY).action_apply()
        self.env.invalidate_all()
        grades = [
            [customer.with_company(company).customer_grade_id.name for customer in (self.anna, self.carla)]
            for company in (self.company, other)
        ]
        self.assertEqual(grades, [["A", "C"], ["C", "A"]])
        self.assertEqual(self.anna.customer_grade_history_ids.company_id, self.company | other)

    def test_a_branch_is_graded_on_its_own_and_counts_for_its_company(self):
        branch = self._make_company("Lantern Suzhou", parent_id=self.company.id)
        self._invoice(self.carla, 9000, company=branch)
        own = self._make_scheme(70, 90, company_id=branch.id)
        self.assertEqual(self._grades(self._run()), {"carla": "A", "anna": "C", "boris": "C"})
        alone = own.action_run(TODAY)
        self.assertEqual(alone.result_ids.filtered("value").mapped("partner_id.name"), ["carla"])

    def test_a_grade_changed_by_hand_has_its_reason_in_the_history(self):
        self._run().action_apply()
        change = self.env["customer.grade.change"].with_user(self.manager)
        change.create(
            {"partner_ids": self.carla.ids, "grade_id": self.a.id, "reason": "Reference customer"}
        ).action_change()
        self.assertEqual(self._letters(), "ABA")
        row = self.carla.customer_grade_history_ids.sorted("id")[-1]
        self.assertEqual(
            (row.reason, row.user_id, row.run_id.id), ("Reference customer", self.manager, False)
        )
        self._run().action_apply()
        self.assertEqual(self._letters(), "ABC")

    def test_a_change_by_hand_of_a_contact_is_one_of_its_company(self):
        buyer = self._make_customer("Carla's buyer", parent_id=self.carla.id, is_company=False)
        change = self.env["customer.grade.change"].with_user(self.manager)
        change.create({"partner_ids": buyer.ids, "grade_id": self.b.id, "reason": "Growing"}).action_change()
        self.assertEqual(self._letters(), "--B")
        self.assertFalse(buyer.customer_grade_id)


@tagged("post_install", "-at_install")
class TestPartnersComeAndGo(RunCase):
    """Merged, deleted and archived customers."""

    def _merge(self, source, target, user=None):
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(user or self.env.user)
        wizard._merge([source.id, target.id], target.with_env(wizard.env))

    def test_merged_customers_are_one_customer_in_the_results_and_the_total_stays(self):
        run = self._run()
        run.action_apply()
        self._merge(self.boris, self.anna)
        self.assertEqual(run.result_ids.mapped("partner_id.name"), ["anna", "carla"])
        result = self._result(run, self.anna)
        self.assertEqual((result.value, round(result.share, 6)), (900, 0.9))
        self.assertEqual(sum(run.result_ids.mapped("value")), 1000)
        self.assertEqual(self.anna.customer_grade_id, self.a)
        self.assertEqual(len(self.anna.customer_grade_history_ids), 2)

    def test_three_customers_merged_into_a_new_one_keep_their_total(self):
        run = self._run()
        new = self._make_customer("new", customer_rank=0)
        self.env["base.partner.merge.automatic.wizard"]._merge([self.anna.id, self.boris.id, new.id], new)
        values = {result.partner_id.name: result.value for result in run.result_ids}
        self.assertEqual(values, {"new": 900, "carla": 100})
        run.action_apply()
        self.assertEqual(new.customer_grade_id, self.a)

    def test_a_duplicate_without_results_takes_over_those_of_the_other(self):
        run = self._run()
        run.action_apply()
        duplicate = self._make_customer("anna again", customer_rank=0)
        self._merge(self.anna, duplicate)
        self.assertEqual(self._grades(run), {"anna again": "A", "boris": "B", "carla": "C"})
        self.assertEqual(duplicate.customer_grade_id, self.a)

    def test_values_that_cannot_be_added_stay_those_of_the_customer_that_stays(self):
        scheme = self._make_scheme(7, 31, method="threshold", metric_id=self._metric("recency_days").id)
        run = self._run("2025-01-05", scheme=scheme)
        self._merge(self.boris, self.anna)
        self.assertEqual(self._result(run, self.anna).value, 5)

    def test_whoever_may_merge_partners_may_merge_graded_ones(self):
        self._run().action_apply()
        clerk = self._make_user(
            "clerk", "base.group_partner_manager,base.group_erp_manager,sales_team.group_sale_manager"
        )
        duplicate = self._make_customer("anna again")
        self._merge(self.anna, duplicate, clerk)
        self.assertEqual(duplicate.customer_grade_id, self.a)

    def test_a_deleted_partner_takes_its_results_along(self):
        lead = self._make_customer("never bought")
        run = self._run()
        result = self._result(run, lead)
        self.assertEqual(len(run.result_ids), 4)
        lead.unlink()
        self.assertFalse(result.exists())
        self.env.invalidate_all()
        self.assertEqual(len(run.result_ids), 3)

    def test_a_customer_archived_after_the_computation_gets_its_grade(self):
        run = self._run()
        self.anna.active = False
        run.action_apply()
        self.assertEqual(self.anna.customer_grade_id, self.a)

    def test_a_grade_in_use_cannot_be_deleted(self):
        run = self._run()
        self._result(run, self.boris).write({"override_grade_id": self.a.id, "override_reason": "Growing"})
        for grade in self.scheme.grade_ids.with_user(self.manager):
            with self.assertRaisesRegex(UserError, f"Grade {grade.name} is in use"):
                grade.unlink()
        self.c.cut = 95
        spare = self.a.with_user(self.manager).create(
            {"scheme_id": self.scheme.id, "name": "D", "sequence": 99}
        )
        spare.unlink()

    def test_a_grade_given_by_hand_cannot_be_deleted_with_its_scheme(self):
        grade = self._make_scheme(50).grade_ids[0]
        self.anna._change_customer_grade(grade, "Key account")
        self.anna.active = False
        with self.assertRaisesRegex(UserError, "Grade A is in use"):
            grade.scheme_id.with_user(self.manager).unlink()

    def test_a_scheme_that_graded_customers_stays_with_its_company(self):
        other = self._make_company("Sister Company", books=False)
        unused = self._make_scheme(50)
        unused.company_id = other
        self._run()
        with self.assertRaisesRegex(UserError, "has graded customers of Lantern Trading"):
            self.scheme.company_id = other

    def test_a_run_as_of_an_older_day_does_not_undo_a_later_one(self):
        older = self._run("2024-11-30")
        self._run("2024-12-31").action_apply()
        held = self._letters()
        with self.assertRaisesRegex(GradeRunStateError, "would put older grades back"):
            older.action_apply()
        self.assertEqual(self._letters(), held)

    def test_a_grade_in_use_cannot_move_to_another_scheme(self):
        self._run().action_apply()
        other = self.scheme.copy({"name": "Other"})
        with self.assertRaisesRegex(UserError, "cannot move to another scheme"):
            self.scheme.grade_ids[0].scheme_id = other
