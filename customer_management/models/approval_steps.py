from odoo import models

from ..exceptions import ApprovalBusyError, ApprovalRightError, ApprovalStateError
from ..tools import engine_env


class CustomerApprovalMixin(models.AbstractModel):
    """The steps of a document: submit, approve, refuse, withdraw, take back to draft."""

    _inherit = "customer.approval.mixin"

    def action_submit(self):
        """Submit drafts: freeze who has to decide, and lock the documents; without a rule they are approved.

        :raises ApprovalStateError: when a document is no draft
        :raises ApprovalRuleError: when nobody is left who may decide a step
        """
        self.check_access("write")
        self._approval_submit()

    def _approval_submit(self):
        documents = self._approval_locked_rows()
        documents._approval_ensure("draft")
        documents._approval_check()
        documents._approval_write({"requested_by_id": self.env.uid})
        free = self.env["customer.approval"].with_env(documents.env)._open_round(documents)
        (documents - free)._approval_write({"approval_state": "pending"})
        if free:
            free._approval_write({"approval_state": "approved"})
            free._approval_granted()

    def action_approve(self, reason=None):
        """Approve the steps of these documents that wait for the current user.

        :param str reason: what to remember, if anything
        :raises ApprovalRightError: when the user is not asked, or may not decide own requests
        :raises ApprovalStateError: when there is nothing to decide
        """
        self._approval_mine()._decide("approved", reason)

    def action_refuse(self):
        """Ask for the reason of a refusal."""
        return self._approval_mine().with_env(self.env).action_refuse()

    def action_withdraw(self):
        """Take pending documents back to draft; for who made or submitted them, and for managers.

        :raises ApprovalRightError: for anybody else
        :raises ApprovalStateError: when a document is not pending
        """
        self.check_access("read")
        manager = self.env.user.has_group("customer_management.group_customer_manager")
        documents = self._approval_locked_rows()
        documents._approval_ensure("pending")
        for document in documents:
            if not manager and self.env.user not in document.create_uid | document.requested_by_id:
                raise ApprovalRightError(
                    self.env._(
                        "Only %(user)s or a manager can withdraw “%(document)s”.",
                        user=document.requested_by_id.name,
                        document=document.display_name,
                    )
                )
        rows = self.env["customer.approval"].with_env(documents.env)._of(documents, ["waiting", "pending"])
        rows._lock()
        documents._approval_write({"approval_state": "draft"})
        rows._close_open()

    def action_reset(self):
        """Take refused documents back to draft, to be changed and submitted again; what was decided stays.

        :raises ApprovalStateError: when a document is not refused
        """
        self.check_access("write")
        documents = self._approval_locked_rows()
        documents._approval_ensure("refused")
        documents._approval_write({"approval_state": "draft"})

    def _approval_locked_rows(self):
        """Return the documents in the engine's environment, locked against others at the same moment.

        :raises ApprovalBusyError: when somebody else is changing one of them
        """
        documents = self.with_env(engine_env(self.env))
        if len(documents.try_lock_for_update()) < len(documents):
            raise ApprovalBusyError(
                self.env._(
                    "Somebody else is changing “%s” at this moment. Load the page again.",
                    self[0].display_name,
                )
            )
        return documents

    def _approval_ensure(self, state):
        """:raises ApprovalStateError: when a document is in another state"""
        labels = dict(self._fields["approval_state"]._description_selection(self.env))
        for document in self:
            if document.approval_state != state:
                raise ApprovalStateError(
                    self.env._(
                        "“%(document)s” is %(state)s. This step needs a document that is: %(wanted)s.",
                        document=document.display_name,
                        state=labels[document.approval_state],
                        wanted=labels[state],
                    )
                )

    def _approval_mine(self):
        """Return the pending rows of these documents that the user may decide, or those that say why not.

        :raises ApprovalStateError: when a document has nothing to decide
        """
        self.check_access("read")
        self.with_env(engine_env(self.env))._approval_ensure("pending")
        rows = self.env["customer.approval"].sudo()._of(self, ["pending"])
        found = rows.browse()
        for own in rows.grouped("res_id").values():
            found |= own.filtered("waits_for_me") or own
        return found
