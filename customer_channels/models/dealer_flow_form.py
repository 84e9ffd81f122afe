from odoo import models

from odoo.addons.customer_management.tools import print_font


class CustomerForm(models.Model):
    """The drawn flow as a form: it opens a page of its own and prints one sheet for the current company."""

    _inherit = "customer.form"

    def _opened_domain(self):
        """Override of customer management: a drawing is printed once, for the current company."""
        if self.kind == "diagram" and self.report_id.sudo().model == "res.company":
            return [("id", "=", self.env.company.id)]
        return super()._opened_domain()


class ResCompany(models.Model):
    """What the print of the flow shows."""

    _inherit = "res.company"

    def _dealer_flow(self):
        """Return the drawing of the channel flow with the numbers of today, for the print."""
        self.ensure_one()
        return self.env["customer.dealer"].with_context(allowed_company_ids=self.ids).get_flow()

    def _dealer_flow_font(self):
        """Return the style of the font for the reader's language."""
        return print_font(self.env)
