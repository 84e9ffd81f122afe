"""The brief credit assessment, the assessment of the customer's staff, and the policies that read them."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.customer_management.tests.assessment_common import AssessmentCase


@tagged("post_install", "-at_install")
class TestCreditAssessments(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.controller = new_test_user(
            cls.env, "staff_controller", "customer_credit.group_credit_controller", **company
        )
        cls.clerk = new_test_user(cls.env, "staff_clerk", "customer_credit.group_credit_user", **company)
        cls.boss = new_test_user(
            cls.env, "staff_boss", "customer_management.group_customer_manager", **company
        )
        cls.person = cls.env["res.partner"].create(
            {"name": "Zhao", "parent_id": cls.customer.id, "function": "Buyer"}
        )

    def _draft(self, name, user=None, **values):
        template = self.env.ref(f"customer_credit.assessment_template_{name}")
        return (
            self.env["customer.assessment"]
            .with_user(user or self.controller)
            .with_company(self.company)
            .create({"template_id": template.id, "partner_id": self.customer.id, **values})
        )

    def _answer(self, assessment, name, **answers):
        lines = {line.rule["id"]: line for line in assessment.line_ids}
        for key, value in answers.items():
            lines[self.env.ref(f"customer_credit.assessment_template_{name}_{key}").id].value = value

    def _of_staff(self):
        assessment = self._draft("staff", contact_id=self.person.id)
        answers = {"authority": 4, "honesty": 5, "promises": 4, "cooperation": 5, "stability": 0}
        self._answer(assessment, "staff", **answers)
        assessment.action_finish()
        return assessment

    def test_five_sides_of_twenty_points_make_a_hundred(self):
        assessment = self._draft("brief")
        self._answer(assessment, "brief", character=20, capacity=18, capital=18, collateral=16, conditions=18)
        self.assertEqual((assessment.score, assessment.conclusion), (90, "AA"))
        self._answer(assessment, "brief", conditions=19)
        self.assertEqual(assessment.conclusion, "AAA")
        self.assertEqual((assessment.answer_character, assessment.answer_conditions), ("20", "19"))

    def test_what_is_not_answered_is_empty_and_not_zero(self):
        assessment = self._draft("brief")
        self._answer(assessment, "brief", character=10, capacity=10, capital=0)
        self.assertEqual((assessment.answer_capital, assessment.answer_collateral), ("0", False))

    def test_staff_is_judged_from_one_to_five_and_no_information_is_left_out(self):
        assessment = self._of_staff()
        self.assertEqual((assessment.contact_function, assessment.answer_honesty), ("Buyer", "5"))
        # Stability and money, 25 of 100, are not known: (8 + 25 + 20 + 15) of 75.
        self.assertEqual((assessment.coverage, assessment.score), (75, round(100 * 68 / 75, 2)))
        self.assertEqual(assessment.conclusion, "Reliable")

    def test_people_are_seen_by_credit_controllers_only(self):
        assessment = self._of_staff()
        self.assertTrue(assessment.with_user(self.controller).line_ids.mapped("points"))
        self.customer.user_id = self.lina if hasattr(self, "lina") else self.clerk
        for user in (self.clerk, self.boss):
            for records in (assessment, assessment.line_ids):
                records.invalidate_recordset()
                self.assertFalse(records.with_user(user).search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    records.with_user(user).read(["display_name"])
            with self.assertRaises(AccessError), self.cr.savepoint():
                self._draft("staff", user, contact_id=self.person.id)

    def test_what_is_thought_of_a_person_is_not_thought_of_the_customer(self):
        self._of_staff()
        customer = self.customer.with_user(self.controller).with_company(self.company)
        customer.invalidate_recordset()
        self.assertFalse(customer.customer_assessment_last)

    def test_the_clerk_sees_credit_assessments_of_all_customers_and_no_others(self):
        brief = self._draft("brief")
        self.customer.user_id = self.boss
        found = self.env["customer.assessment"].with_user(self.clerk).search([("id", "=", brief.id)])
        self.assertEqual(found, brief)
        with self.assertRaises(AccessError):
            brief.with_user(self.clerk).write({"opinion": "Mine"})

    def test_a_person_belongs_to_the_customer(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        for values in ({}, {"contact_id": stranger.id}, {"contact_id": self.customer.id}):
            with self.subTest(values), self.assertRaises(ValidationError), self.cr.savepoint():
                self._draft("staff", **values)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self._draft("brief", contact_id=self.person.id)

    def test_items_of_the_18_features_are_listed_with_weighted_scores(self):
        assessment = self._draft("traits")
        self._answer(assessment, "traits", impression=7)
        line = assessment.line_ids.filtered(lambda line: line.has_result)
        self.assertEqual((line.partner_id, line.score_given), (self.customer, 7))
        self.assertAlmostEqual(line.weighted, 2.1)
        self.assertAlmostEqual(line.earned_rate, 70)
        self.env.flush_all()
        domain = [("assessment_id", "=", assessment.id)]
        groups = assessment.line_ids._read_group(
            domain, ["partner_id"], ["weighted:sum", "weighted_most:sum"]
        )
        self.assertEqual(groups[0][0], self.customer)
        self.assertAlmostEqual(groups[0][1], 2.1)
        self.assertAlmostEqual(groups[0][2], 100)


@tagged("post_install", "-at_install")
class TestPolicySettings(AssessmentCase):
    def test_policies_say_what_the_settings_say(self):
        settings = self.env["customer.policy.setting"].search([("code", "like", "credit_")])
        company = self.env.company
        company.customer_credit_event_use = 25
        said = settings._values(company)
        self.assertIn("25 percentage points", said["credit_standing_events"])
        self.assertIn("12 months for the ratings AAA to A, 6 months", said["credit_investigation_validity"])
        self.assertIn("Current Ratio", said["credit_ratios"])
        self.assertIn("Paid on time", said["credit_scorecard"])
        self.assertIn("Opinion of the bank", said["credit_investigation_items"])
        self.assertNotIn("(not set)", said.values())
