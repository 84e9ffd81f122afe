from odoo import models


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "customer.complaint.subject.mixin"]
    _complaint_field = "order_id"

    def _complaint_customers(self):
        """Override of customer service: who ordered, who gets the goods and who pays may complain."""
        return (self.partner_id | self.partner_shipping_id | self.partner_invoice_id).commercial_partner_id
