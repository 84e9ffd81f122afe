from odoo import models


class StockPicking(models.Model):
    """Transfers to customers are decided by the credit rules before they are shipped."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "customer.credit.subject"]

    def _credit_payer(self):
        """Override: who pays the order, or without an order whom it is shipped to."""
        self.ensure_one()
        order = self._credit_order()
        return order._credit_payer() if order else self.partner_id.commercial_partner_id

    def _credit_order(self):
        """Override: the order that it delivers."""
        self.ensure_one()
        return self.sudo().sale_id

    def _credit_to_customers(self):
        """Return those of these transfers that ship goods to somebody who pays for them."""
        return self.filtered(
            lambda picking: picking.state not in ("done", "cancel")
            and picking._credit_goes_out()
            and picking.location_id.usage != "customer"
            and (picking.sale_id or picking.partner_id)
        )

    def _credit_goes_out(self):
        """Return whether goods go to a customer, by the transfer or by one of its lines."""
        return (
            self.location_dest_id.usage == "customer"
            or "customer" in self.move_ids.location_dest_id.mapped("usage")
            or "customer" in self.move_line_ids.location_dest_id.mapped("usage")
        )

    def button_validate(self):
        """Override of `stock`: what does not pass the credit rules is held, the rest is shipped."""
        held = self._credit_to_customers()._credit_screen("delivery")
        if not held:
            return super().button_validate()
        rest = self - held
        result = super(StockPicking, rest).button_validate() if rest else True
        return result if isinstance(result, dict) else held._credit_notice(rest)

    def _action_done(self):
        """Override of `stock`: whatever road leads here, only what passes the credit rules is shipped.

        :raises CreditHoldError: when a transfer does not pass
        """
        self._credit_to_customers()._credit_ensure("delivery")
        return super()._action_done()
