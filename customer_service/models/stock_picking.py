from odoo import models


class StockPicking(models.Model):
    _name = "stock.picking"
    _inherit = ["stock.picking", "customer.complaint.subject.mixin"]
    _complaint_field = "picking_id"

    def _complaint_customers(self):
        """Override of customer service: whom it goes to, and who ordered it."""
        return self.partner_id.commercial_partner_id | self.sale_id._complaint_customers()

    def _complaint_defaults(self):
        """Override of customer service: the order of the delivery comes along."""
        order = self.sudo().sale_id
        return {
            **super()._complaint_defaults(),
            "partner_id": (order.partner_id or self.partner_id).id,
            "order_id": order.id,
        }
