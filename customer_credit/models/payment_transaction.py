from odoo import api, models, tools
from odoo.tools import SQL


class PaymentTransaction(models.Model):
    """Orders that were paid online may be held as well."""

    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """Override of `sale`: what the credit rules hold is not confirmed, so its customer gets a receipt only."""
        orders = super()._check_amount_and_confirm_order()
        return orders.filtered(lambda order: order.state == "sale")

    @api.model
    @tools.ormcache()
    def _credit_has_any(self):
        """Return whether anybody has ever paid online; where nobody has, decisions do not look for it."""
        return self.env.execute_query(SQL("SELECT EXISTS (SELECT FROM payment_transaction)"))[0][0]

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `payment`: from the first transaction on, decisions look for what was paid online."""
        transactions = super().create(vals_list)
        if not self._credit_has_any():
            self.env.registry.clear_cache()
        return transactions
