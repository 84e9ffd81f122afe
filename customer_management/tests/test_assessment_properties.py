"""The score in plain Python and the score in SQL are the same, for templates that nobody would think of."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged

from .assessment_common import AssessmentCase
from .common import TODAY

METRICS = ("revenue", "growth", "recency_days", "order_count", "tenure_months", "return_rate")
LIMITS = st.one_of(
    st.integers(-3, 12).map(float),
    st.integers(-200, 120000).map(lambda cents: cents / 100),
    st.sampled_from([0.1, 0.5]),
)
BANDS = st.lists(
    st.tuples(LIMITS, st.sampled_from([0.0, 1.0, 2.5, 7.0])), max_size=4, unique_by=lambda band: band[0]
)
CRITERIA = st.fixed_dictionaries(
    {
        "metric": st.sampled_from(METRICS),
        "weight": st.sampled_from([0.0, 1.0, 7.5, 33.3]),
        "percentile": st.booleans(),
        "scoring": st.sampled_from(["linear", "bands"]),
        "span": st.tuples(LIMITS, LIMITS).filter(lambda span: span[0] != span[1]),
        "bands": BANDS,
        "rest": st.booleans(),
        "missing": st.sampled_from(["zero", "spread"]),
        "veto_below": st.sampled_from([0.0, 0.0, 30.0, 50.0, 100.0]),
        "veto_cap": st.sampled_from([0.0, 20.0, 59.99]),
    }
)
TEMPLATES = st.fixed_dictionaries(
    {
        "criteria": st.lists(CRITERIA, min_size=1, max_size=4).filter(
            lambda cs: any(c["weight"] for c in cs)
        ),
        "coverage_min": st.sampled_from([0.0, 50.0, 60.0, 100.0]),
        "total_rule": st.sampled_from(["share", "sum"]),
    }
)
SETTINGS = settings(
    max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)


@tagged("post_install", "-at_install")
class TestScoreProperties(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["res.partner"]
        # Nothing, a return only, some that are equal, cents, and one that grew from nothing to much.
        for i, deals in enumerate(
            (
                [],
                [(-50, "2024-05-05")],
                [(500, "2024-11-11"), (400, "2023-11-11")],
                [(500, "2024-11-11")],
                [(0.07, "2024-01-01"), (1000, "2022-03-03")],
                [(333.33, "2024-12-31"), (666.67, "2023-01-31"), (-33.33, "2024-12-31")],
                [(123456.78, TODAY), (1, "2023-12-31")],
            )
        ):
            customer = cls._make_customer(f"Customer {i}")
            cls.customers += customer
            for amount, day in deals:
                cls._invoice(customer, amount, day)

    def _criterion(self, drawn):
        floor, ceiling = drawn["span"]
        bands = [{"limit": limit, "points": points} for limit, points in drawn["bands"]]
        if drawn["rest"]:
            bands.append({"is_rest": True, "points": 1.5})
        values = self._measured(drawn["metric"], drawn["weight"], floor, ceiling)
        copied = ("percentile", "scoring", "missing", "veto_below", "veto_cap")
        return {
            **values,
            **{name: drawn[name] for name in copied},
            "band_ids": [Command.create(b) for b in bands],
        }

    @SETTINGS
    @given(TEMPLATES)
    def test_python_and_sql_agree_on_every_score(self, drawn):
        with self.env.cr.savepoint():
            template = self._template(
                *map(self._criterion, drawn["criteria"]),
                coverage_min=drawn["coverage_min"],
                total_rule=drawn["total_rule"],
            )
            assessments = self.env["customer.assessment"].create(
                [{"template_id": template.id, "partner_id": c.id, "date": TODAY} for c in self.customers]
            )
            self.env.flush_all()
            scope = self.env["customer.metric"]._scope(TODAY, 12, self.company)
            by_sql = dict(self.env.execute_query(template._score_sql(scope)))
            for assessment in assessments:
                expected = by_sql.get(assessment.partner_id.id)
                result, _answers = assessment._result()
                if expected is None:
                    self.assertFalse(assessment.has_score, assessment.partner_id.name)
                else:
                    self.assertTrue(assessment.has_score, assessment.partner_id.name)
                    self.assertAlmostEqual(float(result.exact), expected, 5)
                self._check_sense(assessment)

    def _check_sense(self, assessment):
        """See that what is shown makes sense at all, whatever the template is."""
        self.assertTrue(0 <= assessment.score <= 100)
        self.assertTrue(0 <= assessment.coverage <= 100)
        self.assertLessEqual(assessment.score, assessment.uncapped)
        for line in assessment.line_ids:
            self.assertTrue(0 <= line.points <= line.points_max)
            self.assertTrue(0 <= line.earned <= line.weight)
