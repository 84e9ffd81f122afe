from odoo import models

from ..models.credit_mirror_partner import MERGING


class MergePartnerAutomatic(models.TransientModel):
    """The limit of a merged customer is that of its account, not the one of the other customer."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_values(self, src_partners, dst_partner):
        """Override of `base`: the host's limit follows the accounts, which are moved already."""
        payers = dst_partner.with_context(credit_merge=MERGING)
        done = super()._update_values(src_partners, payers)
        accounts = self.env["customer.credit.account"].sudo()
        accounts.invalidate_model(["partner_id"])
        accounts.search([("partner_id", "=", dst_partner.id)])._mirror_limits()
        return done
