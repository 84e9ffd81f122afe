from odoo import api, fields, models

from ..exceptions import RemedyDocumentError


class CustomerDispute(models.Model):
    """Disputes know the complaint that they came from."""

    _inherit = "customer.dispute"

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

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `customer_credit`: only a complaint itself says that a dispute is its own."""
        self._refuse_complaint(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Override of `customer_credit`: only a complaint itself says that a dispute is its own."""
        self._refuse_complaint([vals])
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        """Override of `customer_credit`: the complaint is not taken from the context."""
        return super().default_get([name for name in fields if name != "complaint_id"])

    def _refuse_complaint(self, vals_list):
        """:raises RemedyDocumentError: when somebody names a complaint by hand"""
        if not self.env.su and any(vals.get("complaint_id") for vals in vals_list):
            raise RemedyDocumentError(
                self.env._("A dispute comes from a complaint by its steps, not by hand.")
            )
