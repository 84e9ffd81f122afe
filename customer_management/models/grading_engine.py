from dataclasses import dataclass
from datetime import date

from odoo import api, models
from odoo.tools import SQL


@dataclass(frozen=True)
class Grading:
    """How customers are to be graded: all that the statement needs, stored or not.

    :ivar method: pareto, rank, threshold or score
    :ivar values: rows of (partner_id, value)
    :ivar cuts: one for each grade but the last; see ``customer.grade.cut``
    :ivar rising: whether a higher value is better
    :ivar margin: by how much a cut must be passed before a grade changes
    :ivar stay: for how many days a grade is kept at least
    :ivar grade_ids: the stored grades, best first; empty for a preview
    """

    method: str
    values: SQL
    cuts: tuple[float, ...]
    rising: bool
    company_id: int
    company_ids: tuple[int, ...]
    date_to: date
    population: SQL
    margin: float = 0.0
    stay: int = 0
    grade_ids: tuple[int, ...] = ()


class CustomerGradingEngine(models.AbstractModel):
    """The one statement that ranks customers, classes them and settles their grades."""

    _name = "customer.grading.engine"
    _description = "Customer Grading Engine"

    @api.model
    def _valued_sql(self, grading):
        """Return (partner_id, value, held, locked) for everybody who is graded.

        These are the active customers of the company, and whoever has a value in the period, also
        when archived since: the total is that of the ledger.
        """
        customer = SQL(
            "p.active AND p.customer_rank > 0 AND p.id = p.commercial_partner_id"
            " AND (p.company_id IS NULL OR p.company_id = ANY(%s))",
            list(grading.company_ids),
        )
        return SQL(
            """
            SELECT p.id AS partner_id, v.value,
                   ARRAY_POSITION(%(grades)s::int[], (p.customer_grade_id ->> %(company)s)::int) AS held,
                   (p.customer_grade_id ->> %(company)s)::int AS held_id,
                   (p.customer_grade_locked_until ->> %(company)s)::date >= %(date)s AS locked
              FROM res_partner p LEFT JOIN (%(values)s) v ON v.partner_id = p.id
             WHERE (v.value IS NOT NULL OR (%(customer)s)) AND %(population)s
            """,
            grades=list(grading.grade_ids),
            company=str(grading.company_id),
            date=grading.date_to,
            values=grading.values,
            customer=customer,
            population=grading.population,
        )

    @api.model
    def _ranked_sql(self, grading):
        """Return the valued customers with rank, total and where they stand.

        ``place`` is what the cuts are compared with. Pareto: the percentage of the total that
        customers with more hold. Rank: the percentage of the customers that have more. Threshold and
        score: the value itself. NULL for a customer with nothing to be ranked by.
        """
        direction = SQL("DESC") if grading.rising else SQL("ASC")
        counted = SQL("value > 0") if grading.rising else SQL("value IS NOT NULL")
        place = {
            "pareto": SQL(
                "CASE WHEN value > 0 THEN (cumulative - part * (position - rank + 1)) * 100 / NULLIF(total, 0) END"
            ),
            "rank": SQL("CASE WHEN %s THEN (rank - 1) * 100.0 / NULLIF(counted, 0) END", counted),
        }.get(grading.method, SQL("value"))
        return SQL(
            """
            SELECT *, %(place)s AS place
              FROM (
                SELECT partner_id, value, held, held_id, locked, part,
                       SUM(part) OVER everybody AS total,
                       COUNT(*) FILTER (WHERE %(counted)s) OVER everybody AS counted,
                       RANK() OVER equals AS rank,
                       ROW_NUMBER() OVER one_by_one AS position,
                       SUM(part) OVER one_by_one AS cumulative
                  FROM (SELECT *, CASE WHEN value > 0 THEN value ELSE 0 END AS part FROM (%(valued)s) valued) parts
                WINDOW everybody AS (),
                       equals AS (ORDER BY value %(direction)s NULLS LAST),
                       one_by_one AS (ORDER BY value %(direction)s NULLS LAST, partner_id ROWS UNBOUNDED PRECEDING)
              ) windows
            """,
            place=place,
            counted=counted,
            valued=self._valued_sql(grading),
            direction=direction,
        )

    @api.model
    def _class_sql(self, grading, shift=0.0):
        """Return the number of the grade, 1 for the best, of a customer at ``place``.

        :param shift: a margin to the customer's disadvantage; negative to its advantage. Points of
            the percentage or of the score; for thresholds, percent of the cut.
        """
        last = len(grading.cuts) + 1
        failed = [SQL("(%s)::int", self._beyond_sql(grading, cut, shift)) for cut in grading.cuts]
        steps = SQL(" + ").join([SQL("1"), *failed])
        return SQL("CASE WHEN place IS NULL THEN %s ELSE %s END", last, steps)

    @api.model
    def _beyond_sql(self, grading, cut, shift):
        """Return whether ``place`` is beyond the cut, so that the grade of that cut is not reached."""
        if grading.method in ("pareto", "rank"):
            return SQL("place + %s::numeric >= %s::numeric", shift, cut)
        if grading.method == "threshold":
            shift = abs(cut) * shift / 100
        if grading.rising:
            return SQL("place - %s::numeric < %s::numeric", shift, cut)
        return SQL("place + %s::numeric > %s::numeric", shift, cut)

    @api.model
    def _graded_sql(self, grading):
        """Return everybody with the class by the cuts (``proposed``) and the one that holds (``settled``).

        A grade that the customer has is left only as far as the cut is passed by the margin, and not
        before the minimum stay is over; ``kept`` says which of the two held it back.
        """
        if not grading.margin and not grading.stay:
            return SQL(
                "SELECT *, proposed AS settled, NULL AS kept"
                " FROM (SELECT *, %s AS proposed FROM (%s OFFSET 0) ranked OFFSET 0) classed",
                self._class_sql(grading),
                self._ranked_sql(grading),
            )
        best, worst = self._class_sql(grading, -grading.margin), self._class_sql(grading, grading.margin)
        return SQL(
            """
            SELECT *,
                   CASE WHEN held IS NULL OR held = proposed THEN proposed
                        WHEN staying THEN held
                        ELSE LEAST(GREATEST(held, best), worst) END AS settled,
                   CASE WHEN held IS NULL OR held = proposed THEN NULL
                        WHEN staying THEN 'stay'
                        WHEN LEAST(GREATEST(held, best), worst) <> proposed THEN 'margin' END AS kept
              FROM (SELECT *, %(proposed)s AS proposed, %(best)s AS best, %(worst)s AS worst, %(staying)s AS staying
                      FROM (%(ranked)s OFFSET 0) ranked OFFSET 0) classed
            """,
            proposed=self._class_sql(grading),
            best=best,
            worst=worst,
            staying=self._staying_sql(grading),
            ranked=self._ranked_sql(grading),
        )

    @api.model
    def _staying_sql(self, grading):
        """Return whether the customer's last change of grade is too young for another one."""
        if not grading.stay:
            return SQL("FALSE")
        return SQL(
            """
            EXISTS (SELECT FROM customer_grade_history h
                     WHERE h.partner_id = ranked.partner_id AND h.company_id = %s
                       AND h.date > %s::date - %s::int AND h.date <= %s::date)
            """,
            grading.company_id,
            grading.date_to,
            grading.stay,
            grading.date_to,
        )
