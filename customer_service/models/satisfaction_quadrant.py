from odoo import api, models
from odoo.tools import SQL

from .satisfaction_score import LEAST


class CustomerSatisfactionAnswer(models.Model):
    """What is important to customers against how well we do it."""

    _inherit = "customer.satisfaction.answer"

    @api.model
    def _quadrant(self, domain):
        """Return the questions about us with their importance and score, and what to do about each.

        Importance is how closely the marks of a question go along with the satisfaction of those who gave them (the
        correlation with the ACSI questions, from -1 to 1). Both are compared with their means: important and
        good: keep; important and poor: fix; less important and poor: low priority; less important and good:
        overdone. Questions with fewer than five answers, or with the same mark from everybody, say nothing.

        :return: ``[{"question", "importance", "score", "count", "place"}]``, what to fix first
        """
        # What was expected and what comes next are no performance. As the user: rules and companies hold.
        query = self._search([*domain, ("about", "=", "own"), ("has_score", "=", True)])
        columns = ("user_input_id", "question_id", "score", "role", "part")
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH mark AS (%(marks)s),
                overall AS (
                    SELECT user_input_id, AVG(score) AS score FROM mark WHERE role IS NOT NULL GROUP BY 1)
                SELECT m.question_id, CORR(m.score, o.score), AVG(m.score), COUNT(*)
                  FROM mark m JOIN overall o USING (user_input_id)
                 WHERE m.role IS NULL AND COALESCE(m.part, '') NOT IN ('expectation', 'loyalty')
                 GROUP BY m.question_id
                HAVING COUNT(*) >= %(least)s AND CORR(m.score, o.score) IS NOT NULL
                """,
                marks=query.select(*(SQL.identifier(query.table, name) for name in columns)),
                least=LEAST,
            )
        )
        if not rows:
            return []
        importance = sum(row[1] for row in rows) / len(rows)
        score = sum(float(row[2]) for row in rows) / len(rows)
        found = [
            {
                "question": self.env["survey.question"].browse(question_id),
                "importance": corr,
                "score": float(mean),
                "count": count,
                "place": self._place(corr >= importance, float(mean) >= score),
            }
            for question_id, corr, mean, count in rows
        ]
        order = ("fix", "keep", "low", "overdone")
        return sorted(found, key=lambda row: (order.index(row["place"]), -row["importance"]))

    @api.model
    def _place(self, important, good):
        """Return the corner of the quadrant."""
        if important:
            return "keep" if good else "fix"
        return "overdone" if good else "low"
