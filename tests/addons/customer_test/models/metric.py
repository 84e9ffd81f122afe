from odoo import models
from odoo.tools import SQL


class CustomerMetric(models.Model):
    """A metric of somebody else: the length of the customer's name."""

    _inherit = "customer.metric"

    def _metric_name_length(self, scope):
        """Return the number of characters of each customer's name; no period."""
        return SQL(
            "SELECT id AS partner_id, LENGTH(name)::numeric AS value FROM res_partner"
            " WHERE commercial_partner_id = id AND customer_rank > 0"
        )
