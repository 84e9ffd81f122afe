"""The grading statement against plain Python, on amounts that nobody would think of."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.grading_engine import Grading
from .common import TODAY, CustomerCase

CUSTOMERS = 12
# No value, a few that meet often, cents, and amounts beyond any company's.
VALUES = st.one_of(
    st.none(),
    st.integers(-3, 5).map(Decimal),
    st.integers(-(10**7), 10**7).map(lambda cents: Decimal(cents) / 100),
    st.integers(-(10**13), 10**13).map(Decimal),
)
MARKETS = st.lists(VALUES, max_size=CUSTOMERS)
PERCENTS = st.lists(st.integers(1, 99), max_size=4, unique=True).map(sorted)
THRESHOLDS = st.lists(st.integers(-20, 20), max_size=4, unique=True).map(sorted)
SETTINGS = settings(max_examples=80, derandomize=True, deadline=None, database=None)


def first_beyond(cuts, place):
    """Return the number of the first grade that ends beyond a place."""
    return next((i for i, cut in enumerate(cuts, 1) if cut > place), len(cuts) + 1)


def grade_by_share(value, values, cuts):
    """Return the grade by the part of the total that customers with more hold. (domain 2.1)"""
    if value is None or value <= 0:
        return len(cuts) + 1
    positive = [Fraction(other) for other in values if other is not None and other > 0]
    before = sum(other for other in positive if other > value)
    return first_beyond(cuts, 100 * before / sum(positive))


def grade_by_place(value, values, cuts, rising=True):
    """Return the grade by the part of the customers that are better."""
    counted = [other for other in values if other is not None and (other > 0 or not rising)]
    if value is None or (rising and value <= 0):
        return len(cuts) + 1
    better = sum(other > value if rising else other < value for other in counted)
    return first_beyond(cuts, Fraction(100 * better, len(counted)))


def grade_by_threshold(value, values, cuts, rising=True):
    """Return the first grade whose threshold a value reaches."""
    reached = [value is not None and (value >= cut if rising else value <= cut) for cut in cuts]
    return reached.index(True) + 1 if True in reached else len(cuts) + 1


def settled(held, proposed, best, worst):
    """Return the grade that holds for a customer that has one, as the margin asks for."""
    return proposed if held is None else min(max(held, best), worst)


@tagged("post_install", "-at_install")
class TestGradingStatement(CustomerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = [cls._make_customer(f"Customer {i}") for i in range(CUSTOMERS)]
        cls.scheme = cls._make_scheme(20, 40, 60, 80)
        cls.grades = cls.scheme.grade_ids.ids
        for i, customer in enumerate(cls.customers):
            # Two of the customers have no grade yet, the others two each of five.
            customer.customer_grade_id = i < 10 and cls.grades[i % 5]
        cls.held = [i % 5 + 1 if i < 10 else None for i in range(CUSTOMERS)]
        cls.env.flush_all()

    def _grading(self, values, cuts, method="pareto", **more):
        """Return what the statement needs to grade as many of the customers as there are values."""
        ids = [customer.id for customer in self.customers[: len(values)]]
        rows = [SQL("(%s, %s::numeric)", *row) for row in zip(ids, values, strict=True)]
        # An own row without a customer, since there are no VALUES of no rows.
        table = SQL(", ").join([SQL("(NULL::int, NULL::numeric)"), *rows])
        asked = {
            "rising": True,
            "company_id": self.company.id,
            "company_ids": tuple(self.company.ids),
            "date_to": TODAY,
            "population": SQL("p.id = ANY(%s)", ids),
            "grade_ids": tuple(self.grades),
            **more,
        }
        values = SQL("SELECT * FROM (VALUES %s) v (partner_id, value)", table)
        return Grading(method=method, values=values, cuts=tuple(cuts), **asked)

    def _ask(self, grading, columns="proposed"):
        """Return what the statement says of each customer, in the order of the values."""
        statement = self.scheme._graded_sql(grading)
        return self.env.execute_query(
            SQL("SELECT %s FROM (%s) g ORDER BY partner_id", SQL(columns), statement)
        )

    def _check(self, oracle, values, cuts, method, **more):
        """Compare the grades with those of plain Python, and see that they make sense at all."""
        grades = [row[0] for row in self._ask(self._grading(values, cuts, method, **more))]
        self.assertEqual(grades, [oracle(value, values, cuts, **more) for value in values])
        by_value = {}
        for value, grade in zip(values, grades, strict=True):
            self.assertEqual(by_value.setdefault(value, grade), grade, "equal values, different grades")
        known = sorted((value for value in by_value if value is not None), reverse=more.get("rising", True))
        ordered = [by_value[value] for value in known]
        self.assertEqual(ordered, sorted(ordered), "a better value got a worse grade")

    @SETTINGS
    @given(MARKETS, PERCENTS)
    def test_shares_of_the_amount_are_graded_as_plain_python_does(self, values, cuts):
        self._check(grade_by_share, values, cuts, "pareto")

    @SETTINGS
    @given(MARKETS, PERCENTS, st.booleans())
    def test_shares_of_the_customers_are_graded_as_plain_python_does(self, values, cuts, rising):
        self._check(grade_by_place, values, cuts, "rank", rising=rising)

    @SETTINGS
    @given(MARKETS, THRESHOLDS, st.booleans())
    def test_thresholds_are_graded_as_plain_python_does(self, values, cuts, rising):
        cuts = cuts[::-1] if rising else cuts
        self._check(grade_by_threshold, values, cuts, "threshold", rising=rising)

    @SETTINGS
    @given(MARKETS)
    def test_totals_ranks_and_shares_add_up(self, values):
        grading = self._grading(values, (70, 90))
        # Amounts as text: Odoo reads numbers from PostgreSQL as floats.
        rows = self._ask(grading, "part::text, total::text, cumulative::text, rank, position")
        positive = sum(value for value in values if value is not None and value > 0)
        self.assertEqual(sum(Decimal(row[0]) for row in rows), positive)
        self.assertEqual({Decimal(row[1]) for row in rows}, {positive} if values else set())
        self.assertEqual(max((Decimal(row[2]) for row in rows), default=0), positive)
        self.assertEqual(sorted(row[4] for row in rows), list(range(1, len(values) + 1)))
        for value, row in zip(values, rows, strict=True):
            if value is not None:
                self.assertEqual(row[3], 1 + sum(other is not None and other > value for other in values))

    @SETTINGS
    @given(MARKETS, PERCENTS, st.integers(0, 30))
    def test_a_grade_moves_only_as_far_as_its_cut_is_passed_by_the_margin(self, values, cuts, margin):
        grading = self._grading(
            values, cuts, margin=float(margin), grade_ids=tuple(self.grades[: len(cuts) + 1])
        )
        held = [grade if grade and grade <= len(cuts) + 1 else None for grade in self.held]
        worse, better = ([cut + shift for cut in cuts] for shift in (-margin, margin))
        for (found, kept), own, value in zip(self._ask(grading, "settled, kept"), held, values, strict=False):
            proposed = grade_by_share(value, values, cuts)
            best, worst = grade_by_share(value, values, better), grade_by_share(value, values, worse)
            self.assertEqual(found, settled(own, proposed, best, worst))
            self.assertEqual(kept, "margin" if found != proposed else None)
            if not margin:
                self.assertEqual(found, proposed)
