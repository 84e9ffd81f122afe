from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MANAGER, TODAY, USER, CustomerCase


@tagged("post_install", "-at_install")
class TestGradeCompanies(CustomerCase):
    """What people of a sister company see and do: nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls.sister = cls._make_company("Sister Company", books=False)
        home = {"company_id": cls.sister.id, "company_ids": cls.sister.ids}
        cls.their_seller = cls._make_user("their_seller", USER, **home)
        cls.their_manager = cls._make_user("their_manager", MANAGER, **home)
        cls.anna = cls._invoice_all({"anna": 100})["anna"]
        cls.scheme = cls._make_scheme(70, 90)
        cls.graded = cls.scheme.with_user(cls.manager).action_run(TODAY)
        cls.graded.action_apply()
        cls.graded.copy()

    def _as(self, user, records):
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def test_people_of_another_company_find_nothing_of_ours(self):
        for user in (self.their_seller, self.their_manager):
            for model in ("scheme", "run", "result", "history", "movement"):
                found = self._as(user, self.env[f"customer.grade.{model}"]).search([])
                self.assertFalse(found.sudo().company_id & self.company, (user.login, model))
            grades = self._as(user, self.env["customer.grade"]).search([("scheme_id", "=", self.scheme.id)])
            self.assertFalse(grades)

    def test_people_of_another_company_cannot_read_or_write_what_they_know_the_number_of(self):
        history = self.anna.customer_grade_history_ids
        for records in (self.scheme, self.scheme.grade_ids, self.graded, self.graded.result_ids, history):
            with self.assertRaises(AccessError):
                self._as(self.their_manager, records).read(["id", "display_name"])
        for records in (self.scheme, self.scheme.grade_ids, self.graded):
            with self.assertRaises(AccessError):
                self._as(self.their_manager, records).write({"write_uid": self.their_manager.id})

    def test_a_manager_of_another_company_cannot_grade_ours(self):
        scheme = self._as(self.their_manager, self.scheme)
        draft = self.graded.copy()
        for step in (scheme.action_run, self._as(self.their_manager, draft).action_compute):
            with self.assertRaises(AccessError):
                step()
        with self.assertRaises(AccessError):
            self._as(self.their_manager, self.env["customer.grade.run"]).create({"scheme_id": self.scheme.id})
        with self.assertRaises(AccessError):
            self._as(self.their_manager, self.env["customer.grade.scheme"]).create(
                {"name": "Ours", "company_id": self.company.id}
            )

    def test_a_manager_of_another_company_cannot_give_a_grade_of_ours(self):
        change = self._as(self.their_manager, self.env["customer.grade.change"])
        values = {"partner_ids": self.anna.ids, "reason": "Theirs", "grade_id": self.scheme.grade_ids[2].id}
        for company in (self.sister, self.company):
            with self.assertRaises(AccessError):
                change.create({**values, "company_id": company.id}).action_change()
        self.assertEqual(self.anna.customer_grade_id.name, "A")

    def test_a_manager_of_both_companies_grades_the_one_that_is_not_selected_only_after_selecting_it(self):
        both = self._make_user("both", MANAGER, company_ids=[self.company.id, self.sister.id])
        scheme = self.scheme.with_user(both)
        with self.assertRaises(AccessError):
            scheme.with_context(allowed_company_ids=self.sister.ids).action_run(TODAY)
        run = scheme.with_context(allowed_company_ids=[self.sister.id, self.company.id]).action_run(TODAY)
        run.action_apply()
        self.assertEqual(self._grades(run), {"anna": "A"})
        self.assertFalse(self.anna.with_company(self.sister).customer_grade_id)

    def test_another_company_sees_no_grade_of_a_customer_of_both(self):
        anna = self._as(self.their_seller, self.anna)
        self.assertFalse(anna.customer_grade_id)
        self.assertFalse(anna.customer_grade_history_ids)
