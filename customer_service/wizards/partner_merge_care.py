from odoo import models

from ..models.res_partner_care import DECLINED

BIRTHDAY = ("calendar", "month", "day", "leap", "year")


class MergePartnerAutomatic(models.TransientModel):
    """Of merged contacts one birthday stays, every refusal, and each occasion once."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base`: of two cares for the same occasion the one that was done stays."""
        self.env["customer.care"].sudo()._merge_partners(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        """Override of `base`: refusals are kept whoever merges, and a birthday is taken over as a whole."""
        kept = dst_partner.sudo()
        sources = src_partners.sudo()
        names = [f"customer_birthday_{part}" for part in BIRTHDAY]
        giver = next((one for one in (kept, *sources) if one.customer_birthday_month), kept)
        values = {name: giver[name] for name in names}
        values |= {name: any((kept | sources).mapped(name)) for name in DECLINED.values()}
        done = super()._update_values(src_partners, dst_partner)
        kept.write({name: value for name, value in values.items() if kept[name] != value})
        return done
