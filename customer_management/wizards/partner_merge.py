from odoo import models

from ..tools import LooseMany2one


class MergePartnerAutomatic(models.TransientModel):
    """Merging partners also moves what refers to them without a foreign key."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _get_fk_on(self, table):
        """Override of `base` to add the columns that carry no foreign key on purpose."""
        found = list(super()._get_fk_on(table))
        for model in self.env.registry.values():
            if model._abstract or not model._auto:
                continue
            for field in model._fields.values():
                loose = isinstance(field, LooseMany2one) and field.store
                if loose and self.env[field.comodel_name]._table == table:
                    found.append((model._table, field.name))
        return found

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Override of `base`: of two results, open alerts or open plans one is made before they are moved."""
        self.env["customer.grade.result"].sudo()._merge_partners(src_partners, dst_partner)
        self.env["customer.alert"].sudo()._merge_partners(src_partners, dst_partner)
        self.env["customer.plan"].sudo()._merge_partners(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        """Override of `base` to see the grade that its SQL has just taken over from the sources."""
        dst_partner.invalidate_recordset(["customer_grade_id"])
        return super()._update_values(src_partners, dst_partner)
