from odoo import fields, models


class CustomerDispute(models.Model):
    """Disputes know the complaint that they came from."""

    _inherit = "customer.dispute"
    # Only a complaint itself says that a dispute is its own.
    _step_fields = ("complaint_id",)

    complaint_id = fields.Many2one(
        "customer.complaint",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="customer_service.group_service_user,customer_management.group_customer_user",
    )

    def _dispute_source(self):
        """Override of `customer_credit`: the complaint."""
        return self.complaint_id or super()._dispute_source()
