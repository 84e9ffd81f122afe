from odoo import models

from ..tools import print_font


class CustomerApprovalMixin(models.AbstractModel):
    """The slip on which any request is printed (``customer_management.request_slip``)."""

    _inherit = "customer.approval.mixin"

    def _print_form(self):
        """Return the form of the catalogue whose print this document is on, if there is one."""
        return self.env["customer.form"].search([("report_id.model", "=", self._name)], limit=1)

    def _print_font(self):
        """Return the style of the font of a print for the reader's language."""
        return print_font(self.env)
