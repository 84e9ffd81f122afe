from odoo import fields, models


class SaleOrder(models.Model):
    """Orders without a price that replace goods or send what was missing know their remedy."""

    _name = "sale.order"
    _inherit = ["sale.order", "customer.system.links.mixin"]
    _system_links = ("complaint_remedy_id",)

    complaint_remedy_id = fields.Many2one(
        "customer.complaint.remedy",
        string="Remedy",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
