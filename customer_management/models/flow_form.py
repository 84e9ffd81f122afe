from odoo import models

from ..tools import print_font


class CustomerForm(models.Model):
    """A drawn flow as a form: it opens a page of its own and prints one sheet for the current company."""

    _inherit = "customer.form"

    def _opened_domain(self):
        """Override: a drawing is printed once, for the current company."""
        if self.kind == "diagram" and self.report_id.sudo().model == "res.company":
            return [("id", "=", self.env.company.id)]
        return super()._opened_domain()


class ResCompany(models.Model):
    """What the print of a flow shows."""

    _inherit = "res.company"

    def _flow_drawing(self, model):
        """Return the drawing of a flow with the numbers of today, for the print.

        :param str model: of ``customer.flow.mixin``
        """
        self.ensure_one()
        return self.env[model].with_context(allowed_company_ids=self.ids).get_flow()

    def _flow_font(self):
        """Return the style of the font for the reader's language."""
        return print_font(self.env)
