from odoo import models


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "customer.complaint.subject.mixin"]
    _complaint_field = "move_id"

    def _complaint_customers(self):
        """Override of customer service: who pays, and who gets the goods."""
        return self.commercial_partner_id | self.partner_shipping_id.commercial_partner_id

    def _complaint_defaults(self):
        """Override of customer service: the order comes along where it is one."""
        orders = self.sudo().invoice_line_ids.sale_line_ids.order_id
        return {**super()._complaint_defaults(), "order_id": orders.id if len(orders) == 1 else False}
