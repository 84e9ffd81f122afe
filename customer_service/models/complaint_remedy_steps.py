from odoo import fields, models

from ..exceptions import RemedyStepError


class CustomerComplaintRemedy(models.Model):
    """The steps of a proposal after its approval: offered, answered, carried out, or taken back."""

    _inherit = "customer.complaint.remedy"

    def action_offer(self):
        """Tell the customer what it gets."""
        self._ensure_step("approved")
        self._step("offered", offered_on=fields.Date.context_today(self))

    def action_accept(self):
        """Note that the customer accepts; today, by who complained, where nobody said otherwise.

        :raises RemedyStepError: when money is given and no signed slip is attached
        """
        self._ensure_step("approved", "offered")
        for remedy in self:
            if remedy.needs_slip and not remedy.document_ids:
                raise RemedyStepError(
                    self.env._(
                        "%s gives money: print the allowance slip, have the customer sign it, and attach it as "
                        "evidence.",
                        remedy.display_name,
                    )
                )
            remedy._answered("accepted")

    def action_decline(self):
        """Note that the customer does not accept.

        :raises RemedyStepError: without what the customer says
        """
        self._ensure_step("approved", "offered")
        for remedy in self:
            if not (remedy.answer or "").strip():
                raise RemedyStepError(
                    self.env._("%s: write down what the customer says to it first.", remedy.display_name)
                )
            remedy._answered("declined")

    def _answered(self, step):
        self.ensure_one()
        self._step(
            step,
            answered_on=self.answered_on or fields.Date.context_today(self),
            answered_by_id=(self.answered_by_id or self.complaint_id.partner_id).id,
            offered_on=self.offered_on or fields.Date.context_today(self),
        )

    def action_carry_out(self):
        """Make the documents of the host that give the customer what was accepted; those that are there stay.

        Run again, it makes anew only what was cancelled or deleted.

        :raises RemedyStepError: before the complaint is at “carry out”
        :raises RemedyAmountError: when an invoice has less left by now
        :raises RemedyQuantityError: when fewer goods can come back by now
        """
        self._ensure_step("accepted", "running")
        for remedy in self:
            if remedy.complaint_id.stage != "carry_out":
                raise RemedyStepError(
                    self.env._(
                        "%(remedy)s is carried out once %(complaint)s is agreed with the customer.",
                        remedy=remedy.name,
                        complaint=remedy.complaint_id.display_name,
                    )
                )
            lines = remedy.line_ids.sudo().filtered(lambda line: not line.is_done)
            lines._check_credit_room()
            lines._check_goods_room()
            remedy._step("running", carried_out_on=fields.Date.context_today(remedy))
            lines._make_credits()
            lines._make_returns()
            lines._make_repairs()
            lines._make_orders()

    def action_void(self):
        """Take proposals back; what is not posted, received or delivered yet is cancelled with them.

        :raises RemedyStepError: when something was carried out already
        """
        self._ensure_step("draft", "approved", "offered", "accepted", "running")
        self.line_ids.sudo()._undo_documents()
        self._step("void")

    def _end_early(self, reason):
        """Let proposals count as carried out though something is open, such as goods that never came back.

        :raises AccessError: unless the user decides on complaints
        :raises RemedyStepError: without a reason
        """
        self._ensure_step("running")
        self.complaint_id._ensure_manager()
        reason = self._given(reason, self.env._("Say why it ends as it is."))
        self.sudo()._approval_write({"ended_early": reason})
        for remedy in self:
            remedy.message_post(body=self.env._("Ended as it is: %s", reason))

    def _step(self, step, **values):
        """Write the next step, as the system."""
        self.sudo()._approval_write({"step": step, **values})

    def _refuse_done(self, outcome):
        """:raises RemedyStepError: when money or goods were given already for a complaint that ends without them"""
        given = self.filtered(lambda remedy: any(line.kind != "apology" for line in remedy.line_ids))
        if given and outcome != "withdrawn":
            raise RemedyStepError(
                self.env._(
                    "%s was carried out already: close the complaint as settled, or reverse its documents first.",
                    ", ".join(given.mapped("name")),
                )
            )
