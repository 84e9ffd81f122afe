from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import ViolationStateError


class CustomerDealerViolation(models.Model):
    """What follows from a decided case: deduction, rebate, supply, and the appeal."""

    _inherit = "customer.dealer.violation"

    def _penalty_to_rebate(self):
        """Hook: take the rebate away from the dealers of these cases, as ``rebate`` of each says.

        Called once for all cases that are carried out, as superuser; ``date_occurred`` says in which quarter or year.
        """

    def _penalty_lifted(self):
        """Hook: an appeal has made these cases void; what ``_penalty_to_rebate`` took is given back."""

    def action_execute(self):
        """Carry the decision out: the deduction waits to be posted, rebates are lost, supply stops."""
        self._ensure_manager()
        self._ensure_step("decided")
        cases = self.sudo()
        deposits = cases.env["customer.dealer.deposit"].create(
            [
                {
                    "dealer_id": case.dealer_id.id,
                    "contract_id": case.dealer_id.contract_id.id,
                    "kind": "deducted",
                    "amount": case.deduction,
                    "violation_id": case.id,
                }
                for case in cases
                if not case.currency_id.is_zero(case.deduction)
            ]
        )
        deposits.action_submit()
        for case in cases.filtered(lambda case: case.consequence == "stop_supply"):
            case.dealer_id._suspend(self.env._("Case %s", case.name))
        self._step("executed", executed_on=fields.Date.context_today(self))
        # Rebates are lost by cases that were carried out.
        cases.filtered(lambda case: case.rebate != "none")._penalty_to_rebate()
        cases._schedule_work()

    def _schedule_work(self):
        """Tell the responsible of each case what people still have to do."""
        today = fields.Date.context_today(self)
        kind = self.env.ref("mail.mail_activity_data_todo").id
        model = self.env["ir.model"]._get_id(self._name)
        values = [
            {
                "res_model_id": model,
                "res_id": case.id,
                "activity_type_id": kind,
                "date_deadline": fields.Date.add(today, days=days),
                "user_id": case.user_id.id or self.env.uid,
                "summary": text,
            }
            for case in self
            for text, days in case._work()
        ]
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(values)

    def _work(self):
        """Return what is left to do by people: pairs of (text, days from today)."""
        amount = self.currency_id.format
        work = []
        if self.consequence == "stop_supply":
            work.append((self.env._("Lift the suspension, if all is in order"), self.stop_days))
        if self.consequence == "buy_back":
            work.append((self.env._("Goods to be bought back at the price of the injured dealer"), 7))
        if self.consequence == "terminate":
            work.append((self.env._("End the contract and begin the exit"), 7))
        if self.compensation:
            work.append((self.env._("Compensate the injured dealers: %s", amount(self.compensation)), 15))
        if self.reward:
            work.append((self.env._("Reward the informant: %s", amount(self.reward)), 15))
        return work

    def action_appeal(self):
        """Note that the dealer appeals.

        :raises ViolationStateError: without its reasons
        """
        self._ensure_step("decided", "executed")
        for case in self:
            if not (case.appeal or "").strip():
                raise ViolationStateError(
                    self.env._("%s: note what the dealer appeals with.", case.display_name)
                )
        self._step("appealed", appealed_on=fields.Date.context_today(self))

    def action_reject_appeal(self):
        """Let the decision stand."""
        self._ensure_manager()
        self._ensure_step("appealed")
        for case in self:
            case._step("executed" if case.executed_on else "decided", appeal_result="rejected")

    def action_accept_appeal(self):
        """Make the decision void: the case proves nothing any more, and what was taken is to be given back."""
        self._ensure_manager()
        self._ensure_step("appealed")
        today = fields.Date.context_today(self)
        self._step("closed", appeal_result="accepted", closed_on=today)
        cases = self.sudo()
        cases.filtered("executed_on")._penalty_lifted()
        for case in cases.filtered(lambda case: case.consequence == "stop_supply" and case.executed_on):
            case.dealer_id._resume()
        for case in cases:
            if "posted" in case.deposit_ids.mapped("state"):
                case.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Reverse the deduction from the deposit"),
                    user_id=case.user_id.id or self.env.uid,
                )

    def action_close(self):
        """Put the cases away."""
        self._ensure_step("not_found", "executed")
        self._step("closed", closed_on=fields.Date.context_today(self))

    def action_open_deposits(self):
        """Show what was deducted."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_channels.dealer_deposit_action")
        return {**action, "domain": [("violation_id", "=", self.id)], "context": {}}

    @api.model
    def _proven_sql(self, company):
        """Return the cases that count as proven: rows of (violation_id, dealer_id, partner_id, date_occurred, kind).

        A price case counts only where penalties on prices are cleared.
        """
        return SQL(
            """
            SELECT v.id AS violation_id, v.dealer_id, v.partner_id, v.date_occurred, v.kind
              FROM customer_dealer_violation v JOIN res_company c ON c.id = v.company_id
             WHERE v.company_id = %s AND v.is_proven
               AND (v.kind <> 'price' OR c.customer_dealer_price_cleared)
            """,
            company.root_id.id,
        )
