from odoo import fields, models


class SaleOrder(models.Model):
    """Orders know the service request that they charge."""

    _inherit = "sale.order"

    customer_service_request_ids = fields.One2many(
        "customer.service.request", "sale_order_id", groups="customer_service.group_service_user"
    )
