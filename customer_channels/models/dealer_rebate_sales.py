from odoo import api, models
from odoo.tools import SQL


class CustomerDealerSales(models.AbstractModel):
    """What settles a rebate is no return of goods."""

    _inherit = "customer.dealer.sales"

    @api.model
    def _counted_sql(self):
        """Override: lines that settle a rebate, or draw a goods credit down, count as no sale."""
        return SQL("%s AND l.rebate_statement_id IS NULL", super()._counted_sql())
