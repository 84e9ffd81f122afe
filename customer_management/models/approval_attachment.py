from odoo import api, models

from ..exceptions import ApprovalLockError
from .approval_mixin import LOCKED

# What an attachment is and where it belongs; its access token, for instance, is free.
CONTENT = {
    "raw",
    "datas",
    "db_datas",
    "store_fname",
    "url",
    "type",
    "name",
    "res_model",
    "res_id",
    "mimetype",
}


class IrAttachment(models.Model):
    """Evidence of a document that is pending or approved stays what the approvers have seen."""

    _inherit = "ir.attachment"

    def write(self, vals):
        """Override of `base`: the evidence of a locked document is not exchanged."""
        if not CONTENT.isdisjoint(vals):
            self._refuse_evidence()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        self._refuse_evidence()

    def _refuse_evidence(self):
        """:raises ApprovalLockError: when an attachment belongs to a document that is pending or approved"""
        mixin = self.pool["customer.approval.mixin"]
        owned = self.sudo().filtered(lambda one: one.res_id and one.res_model and not one.res_field)
        for name in set(owned.mapped("res_model")):
            if name not in self.pool or not issubclass(self.pool[name], mixin):
                continue
            ids = owned.filtered(lambda one, name=name: one.res_model == name).mapped("res_id")
            locked = (
                self.env[name].sudo().search([("id", "in", ids), ("approval_state", "in", LOCKED)], limit=1)
            )
            if locked:
                raise ApprovalLockError(
                    self.env._(
                        "The attachments of “%s” stay as they are: it waits for approval or is approved. "
                        "You can add others.",
                        locked.display_name,
                    )
                )
