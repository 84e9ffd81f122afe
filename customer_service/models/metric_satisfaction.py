from odoo import api, models
from odoo.tools import SQL


class CustomerMetric(models.Model):
    """How satisfied a customer says that it is."""

    _inherit = "customer.metric"

    @api.model
    def _metric_satisfaction(self, scope):
        """Own index of satisfaction. Unit: points from 0 to 100, more is better.

        Period: by the day of the answer. Source: mean of the own index over the named answers of the customer's
        contacts; missing when nobody of it answered. Anonymous answers belong to no customer. (domain 8.9)
        """
        begin, end = scope.utc_bounds
        return SQL(
            """
            SELECT s.commercial_partner_id AS partner_id, AVG(s.score) AS value
              FROM (%(scores)s) s
             WHERE s.measure = 'index' AND s.about = 'own' AND s.company_id = ANY(%(companies)s)
               AND s.date >= %(begin)s AND s.date < %(end)s AND s.commercial_partner_id IS NOT NULL
               AND %(partners)s
             GROUP BY s.commercial_partner_id
            """,
            scores=self.env["customer.satisfaction.score"]._table_query,
            companies=list(scope.company_ids),
            begin=begin,
            end=end,
            partners=scope.partners(SQL("s.partner_id")),
        )
