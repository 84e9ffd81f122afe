from odoo import fields, models
from odoo.fields import Command
from odoo.tools import format_amount

from ..exceptions import DisputeAmountError, DisputeStateError


class CustomerDispute(models.Model):
    """The steps of a dispute, its activity, and the credit note that ends it."""

    _inherit = "customer.dispute"

    def _dispute_source(self):
        """Hook: return the document that the dispute came from, such as a complaint; by default the invoice."""
        self.ensure_one()
        return self.move_id

    def action_start(self):
        """Begin to work on open disputes.

        :raises DisputeStateError: when one is not open
        """
        self._ensure_step("open")
        self.sudo().write({"state": "work"})

    def action_recognise(self):
        """Take disputes seriously: they leave the exposure, where the company leaves out what is disputed.

        :raises DisputeStateError: when the user does not decide on credit, or one is settled
        """
        self._ensure_step("open", "work")
        if not self._may_recognise():
            raise DisputeStateError(self.env._("Only who decides on credit recognises a dispute."))
        self.sudo().write({"is_recognised": True})

    def action_settle(self):
        """Ask how the dispute ends."""
        self.ensure_one()
        self._ensure_state("open", "work")
        return {
            "name": self.env._("Settle the Dispute"),
            "type": "ir.actions.act_window",
            "res_model": "customer.dispute.settlement",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_dispute_id": self.id},
        }

    def action_reopen(self):
        """Take up disputes again that were rejected or withdrawn.

        :raises DisputeStateError: when one is not settled, or was settled by a credit note
        :raises DisputeAmountError: when less is open on the invoice by now
        """
        self._ensure_step("settled")
        if any(dispute.outcome == "credit" for dispute in self):
            raise DisputeStateError(
                self.env._("A dispute that ended in a credit note stays settled. Open a new one.")
            )
        values = {"state": "work", "outcome": False, "settled_on": False, "settled_by_id": False}
        self.sudo().write(values)
        self._check_amount()
        self._follow_up()

    def action_open_credit_note(self):
        """Show the credit note."""
        self.ensure_one()
        return self.credit_move_id._get_records_action(name=self.env._("Credit Note"))

    def action_open_source(self):
        """Show the document that the dispute came from."""
        self.ensure_one()
        return self._dispute_source()._get_records_action()

    def _settle(self, outcome, note=None):
        """End disputes, with what was decided.

        :param str outcome: ``credit``, ``rejected`` or ``withdrawn``
        :raises DisputeStateError: when one is settled already, or a rejection gives no reason
        """
        self._ensure_step("open", "work")
        note = (note or "").strip()
        if outcome == "rejected" and not note:
            raise DisputeStateError(self.env._("Say why the dispute is rejected: the customer will ask."))
        if outcome != "credit":
            self._refuse_draft()
        values = {
            "state": "settled",
            "outcome": outcome,
            "settled_on": fields.Date.context_today(self),
            "settled_by_id": self.env.uid,
        }
        self.sudo().write({**values, "settlement_note": note} if note else values)
        self._end_activities(note)

    def _make_credit_note(self, amount, note=None):
        """Make the draft of a credit note by the host's own reversal; the dispute ends when it is posted.

        For less than the whole invoice it is an allowance: each line in proportion, or the disputed line only,
        without taking back what the order has invoiced.

        :param float amount: what is credited, taxes included, in the currency of the invoice
        :raises DisputeAmountError: when it is not between 0 and what is open
        """
        self.ensure_one()
        self._ensure_step("open", "work")
        self._check_credit(amount)
        move = self.move_id
        wizard = (
            self.env["account.move.reversal"]
            .with_company(move.company_id)
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"reason": f"{self.name} {self.reason_id.name}", "journal_id": move.journal_id.id})
        )
        wizard.refund_moves()
        credit = wizard.new_move_ids
        if move.currency_id.compare_amounts(amount, credit.amount_total) != 0:
            self._reduce(credit, amount)
        values = {"credit_move_id": credit.id, "state": "work"}
        self.sudo().write({**values, "settlement_note": note} if note else values)
        return credit

    def _check_credit(self, amount):
        """:raises DisputeAmountError: when an amount is not more than 0 and at most what is open"""
        move = self.move_id
        if move.currency_id.compare_amounts(amount, 0) <= 0 or (
            move.currency_id.compare_amounts(amount, move.amount_residual) > 0
        ):
            raise DisputeAmountError(
                self.env._(
                    "%(amount)s cannot be credited: it has to be more than 0 and at most the %(open)s that is "
                    "open on %(invoice)s.",
                    amount=format_amount(self.env, amount, move.currency_id),
                    open=format_amount(self.env, move.amount_residual, move.currency_id),
                    invoice=move.name,
                )
            )
        self._refuse_draft()

    def _refuse_draft(self):
        """:raises DisputeStateError: when a credit note waits to be posted"""
        if "draft" in self.sudo().credit_move_id.mapped("state"):
            raise DisputeStateError(
                self.env._("There is a draft of a credit note already. Post it, or delete it first.")
            )

    def _reduce(self, credit, amount):
        """Cut a draft credit note down to an amount, to the cent."""
        lines = credit.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        if self.line_id:
            places = self.move_id.invoice_line_ids.filtered(lambda line: line.display_type == "product")
            keep = lines[places.ids.index(self.line_id.id)]
            (credit.invoice_line_ids - keep).unlink()
            lines = keep
        share = amount / credit.amount_total
        name = self.env._("Allowance %(dispute)s: %(reason)s", dispute=self.name, reason=self.reason_id.name)
        for line in lines:
            included = any(tax.price_include for tax in line.tax_ids)
            price = (line.price_total if included else line.price_subtotal) * share
            values = {"name": f"{name}\n{line.name or ''}", "quantity": 1, "discount": 0, "price_unit": price}
            line.write({**values, "sale_line_ids": [Command.clear()]})
        rest = amount - credit.amount_total
        if not credit.currency_id.is_zero(rest):
            last = max(lines, key=lambda line: line.price_total)
            gross = last.price_total / last.price_unit if last.price_unit else 1.0
            last.price_unit += rest / gross

    def _credit_posted(self):
        """End the disputes whose credit note has been posted."""
        self.sudo()._settle("credit")

    # Activities

    def _follow_up(self):
        """Give the owner one activity until the deadline; it follows owner and day."""
        disputes = self.sudo()
        disputes.activity_id.unlink()
        todo = disputes.filtered(lambda dispute: dispute.user_id.active)
        kind = self.env.ref("mail.mail_activity_data_todo").id
        model = self.env["ir.model"]._get_id(self._name)
        values = [
            {
                "res_model_id": model,
                "res_id": dispute.id,
                "activity_type_id": kind,
                "user_id": dispute.user_id.id,
                "date_deadline": dispute.deadline or fields.Date.context_today(self),
                "summary": self.env._(
                    "Clear up: %(amount)s of %(invoice)s is disputed",
                    amount=format_amount(self.env, dispute.amount, dispute.currency_id),
                    invoice=dispute.move_id.name,
                ),
            }
            for dispute in todo
        ]
        activities = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True)
        for dispute, activity in zip(todo, activities.create(values), strict=True):
            dispute.activity_id = activity

    def _end_activities(self, note):
        """Note the activities as done, with what was decided."""
        for dispute in self.sudo().filtered("activity_id"):
            dispute.activity_id.action_feedback(feedback=note)
