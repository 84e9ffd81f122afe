"""The credit models of the handbook, made of data only, against their worked examples. (domain 4.1)"""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.customer_management.exceptions import AssessmentIncompleteError
from odoo.addons.customer_management.tests.assessment_common import AssessmentCase
from odoo.addons.customer_management.tools import conclude, earned, exact

FEATURES = (
    ("impression", "organisation", "products", "competition", "operation", "outlook")
    + ("margin", "demands", "attraction", "strength", "security", "replaceable")
    + ("payment", "references", "growth", "balance", "structure", "capital")
)
EXAMPLE = (7, 6, 8, 6, 7, 5, 6, 5, 4, 5, 3, 6, 9, 7, 0, 6, 6, 5)
BALANCE = ("current_assets", "inventory", "current_liabilities", "liabilities", "equity")


@tagged("post_install", "-at_install")
class TestCreditModels(AssessmentCase):
    def _draft(self, name, figures=None, **answers):
        """Return a draft by one of the shipped templates, answered by the ends of the external ids."""
        template = self.env.ref(f"customer_credit.assessment_template_{name}")
        assessment = self._assess(template, figures=figures)
        lines = {line.rule["id"]: line for line in assessment.line_ids}
        for key, value in answers.items():
            lines[self.env.ref(f"customer_credit.assessment_template_{name}_{key}").id].value = value
        return assessment

    # 特征分析模型

    def _traits(self, points):
        return self._draft("traits", **dict(zip(FEATURES, points, strict=True)))

    def test_the_18_features_of_the_example_are_in_the_third_class(self):
        template = self.env.ref("customer_credit.assessment_template_traits")
        self.assertEqual(len(template.criterion_ids), 18)
        self.assertEqual(template.weight_total, 100)
        self.assertEqual(template.section_ids.mapped("weight_share"), [30, 30, 40])
        assessment = self._traits(EXAMPLE)
        self.assertEqual((assessment.score, assessment.coverage), (59.7, 95))
        self.assertEqual(assessment.conclusion, "Risk not obvious, worth dealing")
        assessment.action_finish()

    def test_the_cuts_of_the_18_features_belong_to_the_class_below(self):
        for points, conclusion in (
            (2, "Incomplete or serious risk"),
            (2.01, "High risk, low appeal"),
            (4.5, "High risk, low appeal"),
            (4.51, "Risk not obvious, worth dealing"),
            (6.5, "Risk not obvious, worth dealing"),
            (6.51, "Low risk, attractive"),
            (10, "Low risk, attractive"),
        ):
            with self.subTest(points):
                assessment = self._traits([points] * 18)
                self.assertEqual(assessment.score, round(10 * points, 2))
                self.assertEqual(assessment.conclusion, conclusion)

    def test_too_little_information_gives_no_rating_by_features(self):
        # Of the weights 14 + 6 + 5 + 6 + 5 + 4 = 40 are not known: 60 are, and that is just enough.
        self._traits(EXAMPLE[:12] + (0,) * 6).action_finish()
        with self.assertRaisesRegex(AssessmentIncompleteError, "known 57 of 100, needs 60"):
            self._traits((0,) + EXAMPLE[1:12] + (0,) * 6).action_finish()

    def test_a_leaning_of_the_policy_is_a_scaling_of_the_groups(self):
        template = self.env.ref("customer_credit.assessment_template_traits").copy()
        for section, share in zip(template.section_ids, (25, 20, 55), strict=True):
            section.intended_share = share
        template.action_scale_weights()
        for section, share in zip(template.section_ids, (25, 20, 55), strict=True):
            self.assertAlmostEqual(section.weight_share, share)

    # 营运资产分析模型

    def _balance(self, *figures):
        return self._draft("working_asset", dict(zip(BALANCE, figures, strict=True)))

    def _evaluation(self, assessment):
        return assessment.line_ids.filtered(lambda line: line.rule["code"] == "evaluation").result

    def test_limits_by_working_assets_are_those_of_the_examples(self):
        for figures, evaluation, limit, conclusion in (
            ((800, 300, 500, 700, 600), 0.60, 90, "Limited risk"),
            ((1200, 200, 400, 500, 1000), 4.6, 225, "Low risk"),
            ((300, 150, 400, 900, 100), -11.88, 0, "High risk"),
        ):
            with self.subTest(figures):
                assessment = self._balance(*figures)
                self.assertAlmostEqual(self._evaluation(assessment), evaluation)
                self.assertEqual((assessment.has_amount, assessment.amount), (True, limit))
                self.assertEqual(assessment.conclusion, conclusion)
                assessment.action_finish()

    def test_every_class_of_the_evaluation_ends_with_its_limit(self):
        criterion = self.env.ref("customer_credit.assessment_template_working_asset_evaluation")
        rule = criterion._snapshot()
        classes = (
            (-4.6, 0),
            (-3.9, 2.5),
            (-3.2, 5),
            (-2.5, 7.5),
            (-1.8, 10),
            (-1.1, 12.5),
            (-0.4, 15),
            (0.3, 17.5),
        )
        classes += ((1.0, 20), (99.0, 25))
        for (limit, percent), (_next, following) in zip(classes, classes[1:], strict=False):
            with self.subTest(limit):
                self.assertEqual(25 * float(earned(rule, limit)), percent)
                self.assertEqual(25 * float(earned(rule, round(limit + 0.01, 2))), following)

    def test_without_current_liabilities_the_ratios_count_ten_each(self):
        assessment = self._balance(800, 300, 0, 100, 600)
        self.assertAlmostEqual(self._evaluation(assessment), round(20 - 100 / 600, 2))
        self.assertEqual(assessment.amount, 700 * 0.25)

    def test_without_equity_there_is_no_limit(self):
        for equity in (0, -50):
            with self.subTest(equity):
                assessment = self._balance(800, 300, 100, 900, equity)
                self.assertEqual((assessment.has_amount, assessment.amount), (True, 0))
                self.assertEqual(assessment.conclusion, "High risk")

    def test_without_a_balance_sheet_there_is_no_result(self):
        with self.assertRaisesRegex(AssessmentIncompleteError, "Required figures are missing: .*Equity"):
            self._draft("working_asset").action_finish()

    # 客户信用度评估细则

    def test_the_scorecard_has_100_points_in_its_five_parts(self):
        template = self.env.ref("customer_credit.assessment_template_scorecard")
        self.assertEqual(template.weight_total, 100)
        self.assertEqual(template.section_ids.mapped("weight_share"), [40, 20, 20, 10, 10])

    def _customer_of_years(self):
        """Make a customer that pays: five years of dealings, the larger of two, growing, nothing overdue."""
        for amount, day in ((100, "2019-05-05"), (100, "2023-06-01"), (200, "2024-06-01")):
            self._pay(self._invoice(self.customer, amount, day, invoice_date_due=day))
        self._invoice(self.customer, 50, "2024-12-31", invoice_date_due="2025-01-30")
        self._invoice(self._make_customer("Small"), 10, "2024-06-01")

    def _pay(self, invoice):
        """Settle an invoice on its due date by an entry."""
        item = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        account = (invoice.line_ids - item).account_id
        credit = {"account_id": item.account_id.id, "partner_id": item.partner_id.id, "credit": item.debit}
        lines = [Command.create(credit), Command.create({"account_id": account.id, "debit": item.debit})]
        bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        values = {"date": item.date_maturity, "journal_id": bank.id, "line_ids": lines}
        entry = self.env["account.move"].create(values)
        entry.action_post()
        (item + entry.line_ids.filtered(lambda line: line.account_id == item.account_id)).reconcile()

    def test_the_scorecard_drops_what_is_not_known_and_counts_the_rest_for_100(self):
        self._customer_of_years()
        answers = {"form": 4, "management": 2, "trade": 3, "agency": 3, "litigation": 1}
        assessment = self._draft("scorecard", **answers)
        points = {line.name: line.points for line in assessment.line_ids if line.has_result}
        self.assertEqual(points["Paid on time"], 15)
        self.assertEqual(points["Average days late"], 15)
        self.assertEqual(points["Overdue part of the receivables"], 10)
        self.assertEqual(points["Years of dealings"], 5)
        self.assertEqual(points["Sales among all customers"], 10)
        self.assertEqual(points["Trend of the sales"], 5)
        # 20 points of finance and 3 of security are not known; the others are 77 and earn 75 of them.
        self.assertEqual(assessment.coverage, 77)
        self.assertEqual(assessment.score, round(100 * 75 / 77, 2))
        assessment.action_finish()
        self.assertEqual(assessment.conclusion, "AAA")

    def test_the_scorecard_rates_nobody_of_whom_less_than_60_points_are_known(self):
        assessment = self._draft("scorecard", form=4, management=3, trade=3, agency=4, litigation=1)
        assessment.action_finish()
        self.assertLess(assessment.coverage, 60)
        self.assertEqual((assessment.has_score, assessment.conclusion), (False, "N: not rated"))

    def test_exactly_90_is_aa_and_more_is_aaa(self):
        card = self.env.ref("customer_credit.assessment_template_scorecard")._snapshot()
        for score, rating in (
            (100, "AAA"),
            (90.01, "AAA"),
            (90, "AA"),
            (40.01, "B"),
            (40, "CCC"),
            (10, "D"),
            (0, "D"),
        ):
            with self.subTest(score):
                self.assertEqual(conclude(card, exact(score))["name"], rating)

    def test_figures_of_the_balance_sheet_earn_their_points(self):
        figures = {
            "capital": 2000,
            "our_limit": 100,
            "current_assets": 150,
            "current_liabilities": 100,
            "liabilities": 50,
            "assets": 100,
            "sales": 1000,
            "profit": 0,
            "security": 30,
        }
        assessment = self._draft("scorecard", figures)
        points = {line.name: line.points for line in assessment.line_ids if line.has_result}
        self.assertEqual(points["Capital in times of our limit"], 5)
        self.assertEqual(points["Current ratio"], 5)
        self.assertEqual(points["Debt ratio"], 5)
        self.assertEqual(points["Net margin"], 3)
        self.assertEqual(points["Security of at least 30 % of the limit"], 3)
