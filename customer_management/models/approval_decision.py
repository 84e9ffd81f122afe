from markupsafe import Markup

from odoo import fields, models

from ..exceptions import ApprovalBusyError, ApprovalRightError, ApprovalStateError

OPEN = ("waiting", "pending")


class CustomerApproval(models.Model):
    """Deciding: who may, what is recorded, and what follows for the document."""

    _inherit = "customer.approval"

    def action_approve(self, reason=None):
        """Approve these steps.

        :param str reason: what to remember, if anything
        :raises ApprovalRightError: when the user is not asked, or may not decide own requests
        :raises ApprovalStateError: when a step is decided already or not yet due
        """
        self._decide("approved", reason)

    def action_refuse(self):
        """Ask for the reason of a refusal."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refuse"),
            "res_model": "customer.approval.refusal",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_approval_ids": self.ids},
        }

    def action_open(self):
        """Open the document; who may not read it is told so by the host."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def _decide(self, decision, reason=None):
        """Record a decision of the current user and do what follows.

        :param str decision: approved or refused
        :raises ApprovalStateError: when a refusal has no reason
        """
        self.check_access("read")
        reason = reason.strip() if isinstance(reason, str) else False
        if decision == "refused" and not reason:
            raise ApprovalStateError(self.env._("Say why you refuse: a refusal needs a reason."))
        rows = self._engine()
        everything = rows._siblings()
        everything._lock()
        principals = rows._principals()
        rows._check_decider(principals)
        now = fields.Datetime.now()
        for principal, part in rows.grouped(principals.get).items():
            vals = {"state": decision, "decided_by_id": self.env.uid, "decided_on": now, "reason": reason}
            part._settle({**vals, "on_behalf_of_id": (principal - self.env.user).id})
        rows._log_decision(decision, reason)
        everything._follow_up(decision)

    def _siblings(self):
        """Return all rows of the submissions that these rows belong to."""
        found = self
        for name, rows in self.grouped("res_model").items():
            found |= self.search([("res_model", "=", name), ("res_id", "in", rows.mapped("res_id"))])
        rounds = {(row.res_model, row.res_id, row.round) for row in self}
        return found.filtered(lambda row: (row.res_model, row.res_id, row.round) in rounds)

    def _lock(self):
        """Make sure that nobody else decides the same documents now.

        Whoever comes second after the first has committed meets rows that have changed since its own
        snapshot: PostgreSQL refuses the lock, the host runs the call again, and it sees the decision.

        :raises ApprovalBusyError: when somebody else is in the middle of it
        """
        if len(self.try_lock_for_update()) < len(self):
            raise ApprovalBusyError(
                self.env._(
                    "Somebody else is deciding “%s” at this moment. Load the page again.", self[:1].subject
                )
            )

    # Who may decide

    def _check_decider(self, principals):
        """:raises ApprovalRightError, ApprovalStateError: unless the user may decide each row now"""
        for row in self:
            if row.state != "pending":
                row._refuse_state()
            if not principals[row]:
                row._refuse_right(
                    self.env._(
                        "It asks: %s.", ", ".join(row.approver_ids.mapped("name")) or self.env._("nobody")
                    )
                )
            if self.env.user in row.barred_ids:
                row._refuse_right(
                    self.env._("You made or submitted the document: somebody else has to decide.")
                )
        companies = {"allowed_company_ids": self.env.user.company_ids.ids}
        for documents in self._documents().values():
            documents.with_env(documents.env(su=False)).with_context(**companies).check_access("read")

    def _principals(self):
        """Return the approver whose decision the current user's would be, for each row: ``{row: user}``.

        It is the user, or somebody who is away and for whom the user stands in; nobody: not asked.
        """
        running = self.env["customer.approval.delegation"]._get_running([("delegate_id", "=", self.env.uid)])
        found = {}
        for row in self:
            fitting = running.filtered(
                lambda place, row=row: place.user_id in row.approver_ids
                and (not place.company_id or place.company_id == row.company_id)
            )
            found[row] = self.env.user if self.env.user in row.approver_ids else fitting.user_id[:1]
        return found

    def _refuse_right(self, why):
        raise ApprovalRightError(
            self.env._(
                "You cannot decide the step “%(step)s” of “%(document)s”. %(why)s",
                step=self.name,
                document=self.subject,
                why=why,
            )
        )

    def _refuse_state(self):
        labels = dict(self._fields["state"]._description_selection(self.env))
        if self.state == "waiting":
            why = self.env._("Its turn comes when the steps before it are approved.")
        elif self.decided_by_id:
            why = self.env._(
                "%(user)s decided it on %(date)s: %(state)s.",
                user=self.decided_by_id.name,
                date=fields.Datetime.context_timestamp(self, self.decided_on).date(),
                state=labels[self.state],
            )
        else:
            why = self.env._("It is not asked for any more: %s.", labels[self.state])
        raise ApprovalStateError(
            self.env._(
                "The step “%(step)s” of “%(document)s” cannot be decided. %(why)s",
                step=self.name,
                document=self.subject,
                why=why,
            )
        )

    # What follows

    def _follow_up(self, decision):
        """Bring the documents of these rows, all of their submission, to where the decision leads."""
        if decision == "refused":
            self.filtered(lambda row: row.state in OPEN)._settle({"state": "void"})
            finished = self
        else:
            finished = self._next_steps()
        self._sync_activities()
        self._ring(self.approver_ids)
        for documents in finished._documents().values():
            documents._approval_write({"approval_state": decision})
            getattr(documents, "_approval_granted" if decision == "approved" else "_approval_refused")()
        finished._tell_requesters(decision)

    def _next_steps(self):
        """Ask for the next step where the ones before are approved; return the rows of what is through."""
        finished, turn = self.browse(), self.browse()
        for rows in self.grouped(lambda row: (row.res_model, row.res_id)).values():
            if any(row.state == "pending" for row in rows):
                continue
            later = rows.filtered(lambda row: row.state == "waiting")
            if later:
                first = min(later.mapped("sequence"))
                turn += later.filtered(lambda row, first=first: row.sequence == first)
            else:
                finished += rows
        for days, rows in turn.grouped("days").items():
            rows._settle({"state": "pending", **self._turn_values(days)})
        turn._ask()
        return finished

    def _close_open(self):
        """Mark what is still to be decided as withdrawn."""
        rows = self.filtered(lambda row: row.state in OPEN)
        rows._settle({"state": "withdrawn", "decided_on": fields.Datetime.now()})
        rows._sync_activities()
        rows._ring(rows.approver_ids)

    def _log_decision(self, decision, reason):
        """Write into the chatter of each document who decided what, and why."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for name, rows in self.grouped("res_model").items():
            bodies = {}
            for row in rows:
                text = Markup("%s: <b>%s</b>") % (row.name, labels[decision])
                if row.on_behalf_of_id:
                    text += Markup(" (%s)") % self.env._("in place of %s", row.on_behalf_of_id.name)
                if reason:
                    text += Markup("<br/>%s") % reason
                before = bodies.get(row.res_id)
                bodies[row.res_id] = before + Markup("<br/>") + text if before else text
            self.env[name].browse(bodies)._message_log_batch(bodies=bodies)
