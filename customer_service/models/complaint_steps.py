from odoo import fields, models

from ..exceptions import ComplaintStepError


class CustomerComplaint(models.Model):
    """The steps of a complaint, from listening to following up."""

    _inherit = "customer.complaint"

    def action_acknowledge(self):
        """Tell the customer that it was heard; who does so handles it from now on."""
        self._ensure_step("listen")
        for complaint in self:
            if not complaint.user_id:
                complaint.user_id = self.env.user
        self._go("confirm", date_acknowledged=fields.Datetime.now())

    def action_confirm(self):
        """Go on to assessing: it is known who complains about what, and the evidence is there.

        :raises ComplaintStepError: with what is missing
        """
        self._advance("confirm", "assess")

    def action_assess(self):
        """Go on to agreeing: the cause is known, and whether the complaint is justified.

        :raises ComplaintStepError: with what is missing
        """
        self._advance("assess", "agree")

    def action_agree(self):
        """Go on to carrying out: the remedies are approved, and the customer accepts them.

        :raises ComplaintStepError: with what is missing
        """
        self._advance("agree", "carry_out")

    def action_carried_out(self):
        """Go on to following up: the customer has what was promised.

        :raises ComplaintStepError: with what is missing
        """
        self._advance("carry_out", "follow_up")

    def action_close(self):
        """End a complaint that was settled and followed up.

        :raises ComplaintStepError: with what is missing
        """
        self._ensure_step("follow_up")
        self._refuse_missing("closed")
        self._end("settled")

    def action_wait(self):
        """Wait for the customer: the clock stands still until it answers."""
        self._ensure_step("confirm", "assess", "agree", "carry_out", "follow_up")
        waiting = self.filtered(lambda complaint: not complaint.waiting_since)
        waiting.sudo().write({"waiting_since": fields.Datetime.now()})
        waiting._clock_event("waiting")

    def action_resume(self):
        """Go on: the customer has answered, or nobody waits any longer."""
        self.check_access("write")
        waiting = self.filtered("waiting_since")
        waiting._clock_event("resumed")
        waiting.sudo().write({"waiting_since": False})

    def _reject(self, reason):
        """End complaints that are not justified, or that nothing is done about.

        :raises AccessError: unless the user decides on complaints
        :raises ComplaintStepError: without a reason
        """
        self._ensure_step("confirm", "assess", "agree", "follow_up")
        self._ensure_manager()
        self._end("rejected", self._reason(reason))

    def _withdraw(self, reason):
        """End complaints that the customer takes back."""
        self._ensure_step("listen", "confirm", "assess", "agree", "carry_out", "follow_up")
        self._end("withdrawn", self._reason(reason))

    def _mark_duplicate(self, original):
        """End complaints that say what another one says already.

        :raises ComplaintStepError: when the other is the same one, of another customer, or a duplicate itself
        """
        self._ensure_step("listen", "confirm", "assess")
        original.ensure_one()
        original.check_access("read")
        for complaint in self:
            other = complaint.commercial_partner_id and (
                complaint.commercial_partner_id != original.commercial_partner_id
            )
            if (
                original in self
                or original.original_id
                or other
                or original.company_id != complaint.company_id
            ):
                raise ComplaintStepError(
                    self.env._(
                        "%(this)s cannot be the same as %(other)s: choose the first complaint of this customer "
                        "about it, in the same company.",
                        this=complaint.display_name,
                        other=original.display_name,
                    )
                )
        self.sudo().write({"original_id": original.id})
        self._end("duplicate")

    def _reopen(self, reason, stage="assess"):
        """Take up closed complaints again.

        :param str stage: where they go on
        """
        self._ensure_step("closed")
        now = fields.Datetime.now()
        for complaint in self:
            complaint.sudo().reopen_count += 1
        self._go(stage, outcome=False, date_closed=False, reopened_on=now, original_id=False)
        self._note(self.env._("Reopened: %s", self._reason(reason)))
        self._clock_event("reopened")

    # What steps share

    def _advance(self, stage, following):
        """Take complaints from a stage to the one that follows.

        :raises ComplaintStepError: when one is at another stage, or with what is missing
        """
        self._ensure_step(stage)
        self._refuse_missing(following)
        self._go(following)

    def _refuse_missing(self, stage):
        """:raises ComplaintStepError: with everything that is missing for a stage"""
        for complaint in self:
            missing = complaint._missing_for(stage)
            if missing:
                raise ComplaintStepError(
                    self.env._(
                        "%(complaint)s cannot go on to “%(stage)s” yet:\n%(missing)s",
                        complaint=complaint.display_name,
                        stage=dict(self._fields["stage"]._description_selection(self.env))[stage],
                        missing="\n".join(f"- {text}" for text in missing),
                    )
                )

    def _ensure_manager(self):
        """:raises AccessError: unless the user decides on complaints"""
        message = self.env._("This step is for managers of customer service.")
        self._ensure_group("customer_service.group_service_manager", message)

    def _reason(self, reason):
        """:raises ComplaintStepError: when no reason is given"""
        message = self.env._("Say why: the customer will ask, and so will the next reader.")
        return self._given(reason, message)

    def _note(self, text):
        for complaint in self:
            complaint.message_post(body=text)

    def _end(self, outcome, reason=None):
        """Close complaints with an outcome."""
        self.action_resume()
        self._go("closed", outcome=outcome, date_closed=fields.Datetime.now())
        if reason:
            self._note(reason)

    def _go(self, stage, **values):
        """Write the next stage, keep the log of stages, and tell the parts of the suite."""
        before = {complaint.id: complaint.stage for complaint in self}
        self.sudo().write({**values, "stage": stage})
        log = self.env["customer.complaint.stage"].sudo()
        log._enter(self, stage)
        for complaint in self:
            complaint._stage_entered(stage, before[complaint.id])

    def _stage_begun(self):
        """Log the first stage of new complaints, and tell the parts of the suite."""
        self.env["customer.complaint.stage"].sudo()._enter(self, "listen")
        self._clock_event("received")
        for complaint in self:
            complaint._stage_entered("listen", False)

    # Buttons that ask something first

    def action_reject(self):
        """Ask why the complaint is rejected."""
        return self._ask("reject", self.env._("Reject the Complaint"))

    def action_withdraw(self):
        """Ask why the customer takes the complaint back."""
        return self._ask("withdraw", self.env._("The Customer Withdraws It"))

    def action_duplicate(self):
        """Ask which complaint says the same."""
        return self._ask("duplicate", self.env._("Same as Another Complaint"))

    def action_reopen(self):
        """Ask why the complaint is taken up again."""
        return self._ask("reopen", self.env._("Reopen the Complaint"))

    def _ask(self, step, title):
        self.ensure_one()
        return {
            "name": title,
            "type": "ir.actions.act_window",
            "res_model": "customer.complaint.end",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_complaint_id": self.id, "default_step": step},
        }
