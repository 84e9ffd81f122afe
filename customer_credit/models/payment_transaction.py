from odoo import models


class PaymentTransaction(models.Model):
    """Orders that were paid online may be held as well."""

    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        """Override of `sale`: what the credit rules hold is not confirmed, so its customer gets a receipt only."""
        orders = super()._check_amount_and_confirm_order()
        return orders.filtered(lambda order: order.state == "sale")
