from odoo import models
from odoo.tools import SQL

MAIN_CAUSES = 3


class CustomerComplaintSummary(models.Model):
    """What is counted in a period: one statement for the complaints, one for their causes."""

    _inherit = "customer.complaint.summary"

    def _figures(self):
        """Return the counted figures of the period. As the system: they are those of the whole company."""
        self.ensure_one()
        self.env.flush_all()
        [row] = self.env.execute_query(self._figures_sql())
        cases, justified, closed, repeats, reopened, days, loss, satisfaction = row
        return {
            "case_count": cases,
            "justified_count": justified,
            "closed_count": closed,
            "repeat_count": repeats,
            "reopened_count": reopened,
            "previous_count": self.env["customer.complaint"].search_count(self._domain(years=1)),
            "has_days": days is not None,
            "days": days or 0,
            "has_loss": loss is not None,
            "loss": loss or 0,
            "has_satisfaction": satisfaction is not None,
            "satisfaction": satisfaction or 0,
            "main_causes": self._main_causes(cases),
        }

    def _figures_sql(self):
        begin, end = self._bounds()
        complaints = self.env["customer.complaint"]
        return SQL(
            """
            SELECT COUNT(*), COUNT(*) FILTER (WHERE c.is_justified IN ('yes', 'partly')),
                   COUNT(*) FILTER (WHERE c.stage = 'closed'), COUNT(c.follows_id),
                   COUNT(*) FILTER (WHERE c.reopen_count > 0),
                   (AVG(EXTRACT(EPOCH FROM c.date_closed - c.date_received)) / 86400)::float,
                   SUM(cost.amount)::float, AVG(said.score)::float
              FROM customer_complaint c
         LEFT JOIN (SELECT complaint_id, SUM(amount) AS amount FROM (%(cost)s) s GROUP BY 1) cost
                ON cost.complaint_id = c.id
         LEFT JOIN (SELECT complaint_id, AVG(score) AS score FROM (%(said)s) s GROUP BY 1) said
                ON said.complaint_id = c.id
             WHERE c.company_id = %(company)s AND c.date_received >= %(begin)s AND c.date_received < %(end)s
               AND c.outcome IS DISTINCT FROM 'duplicate'
            """,
            cost=complaints._cost_sql(),
            said=complaints._satisfaction_sql(),
            company=self.company_id.id,
            begin=begin,
            end=end,
        )

    def _main_causes(self, cases):
        """Return the three causes of most complaints, a line each, in the language of the reader."""
        found = self.env["customer.complaint"]._read_group(
            [*self._domain(), ("cause_id", "!=", False)],
            ["cause_id"],
            ["__count"],
            order="__count desc, cause_id",
            limit=MAIN_CAUSES,
        )
        lines = [f"{cause.name}: {count} ({count / cases:.0%})" for cause, count in found]
        return "\n".join(lines) or False
