from odoo import models

from ..exceptions import CreditWriteError

# What says who pays for a partner.
PAYER = {"parent_id", "is_company", "company_type", "commercial_partner_id"}


class ResPartner(models.Model):
    """Who has a credit account, or owes confirmed orders, is not put under another payer in passing."""

    _inherit = "res.partner"

    def write(self, vals):
        """Override of `base`: with another payer goes the credit, so only controllers change it.

        :raises CreditWriteError: when somebody else would move an account, or open orders, to another payer
        """
        if self.env.su or PAYER.isdisjoint(vals):
            return super().write(vals)
        if "commercial_partner_id" in vals:
            raise CreditWriteError(
                self.env._("Who pays for a customer follows from its company: change that.")
            )
        before = {partner: partner.sudo().commercial_partner_id for partner in self}
        result = super().write(vals)
        if not self.env.user.has_group("customer_credit.group_credit_controller"):
            self.filtered(lambda one: one.sudo().commercial_partner_id != before[one])._credit_ensure_payer()
        return result

    def _credit_ensure_payer(self):
        """:raises CreditWriteError: when one of these, that has another payer now, has an account or open orders"""
        if not self:
            return
        system = self.sudo()
        held = system.env["customer.credit.account"].search([("partner_id", "in", self.ids)]).partner_id
        held |= (
            system.env["sale.order"]
            .search(
                [
                    ("partner_invoice_id", "in", self.ids),
                    ("state", "=", "sale"),
                    ("invoice_status", "in", ("no", "to invoice")),
                ]
            )
            .partner_invoice_id
        )
        if held:
            raise CreditWriteError(
                self.env._(
                    "%s has a credit account or open orders: a credit controller decides who pays for it from now on.",
                    held[0].display_name,
                )
            )
