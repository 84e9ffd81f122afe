from odoo import api, models

from ..exceptions import ApprovalLockError
from .approval_mixin import FREE, LOCKED


class CustomerApprovalLineMixin(models.AbstractModel):
    """For the lines of documents that are approved: they are locked with their document.

    A model says in ``_approval_parent`` which of its fields is the document.
    """

    _name = "customer.approval.line.mixin"
    _description = "Line of a Document to Approve"

    _approval_parent = None

    def _approval_free_fields(self):
        """Hook: return the names of the fields that may be written while the document is locked."""
        return set()

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: nothing is added to a locked document, not by a default either."""
        lines = super().create(vals_list)
        lines._approval_refuse_locked_parent()
        return lines

    def write(self, vals):
        """Override of `base`: nothing is changed in, moved out of or into a locked document.

        :raises ApprovalLockError: when the document is pending or approved
        """
        held = [
            name for name in vals if name not in self._approval_free_fields() and not name.startswith(FREE)
        ]
        if not held:
            return super().write(vals)
        self._approval_refuse_locked_parent()
        done = super().write(vals)
        if self._approval_parent in vals:
            self._approval_refuse_locked_parent()
        return done

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """Override of `base`: a translation is a change as well."""
        if field_name not in self._approval_free_fields():
            self._approval_refuse_locked_parent()
        return super()._update_field_translations(field_name, translations, digest, source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_locked_parent(self):
        self._approval_refuse_locked_parent()

    def _approval_refuse_locked_parent(self):
        parents = self.sudo()[self._approval_parent]
        for parent in parents:
            if parent.approval_state in LOCKED:
                # The message names the document: only to who may see its lines.
                self.check_access("read")
                state = dict(parent._fields["approval_state"]._description_selection(self.env))
                raise ApprovalLockError(
                    self.env._(
                        "The lines of “%(document)s” cannot be changed: it is %(state)s. Withdraw it first while "
                        "it is pending; once approved, make a new one.",
                        document=parent.display_name,
                        state=state[parent.approval_state],
                    )
                )
        parents._approval_touch()
