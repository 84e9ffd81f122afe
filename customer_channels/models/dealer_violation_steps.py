from odoo import fields, models

from ..exceptions import ViolationStateError


class CustomerDealerViolation(models.Model):
    """The steps of a case."""

    _inherit = "customer.dealer.violation"

    def _ensure_manager(self):
        """:raises AccessError: unless the user decides on dealers"""
        message = self.env._("This step is for managers of channels.")
        self._ensure_group("customer_channels.group_channel_manager", message)

    def _step(self, stage, **values):
        self.sudo()._approval_write({"stage": stage, **values})

    def action_accept(self):
        """Take the cases up: they are investigated."""
        self._ensure_step("reported")
        self._step("investigating", accepted_on=fields.Date.context_today(self))

    def action_found(self):
        """Say that it happened; the evidence is there. The dealer is heard next.

        :raises ViolationStateError: without evidence
        """
        self._ensure_step("investigating")
        for case in self:
            if not case.document_ids:
                raise ViolationStateError(
                    self.env._("%s has no evidence attached that proves it.", case.display_name)
                )
        self._step("found", found_on=fields.Date.context_today(self))
        self._propose()

    def action_not_found(self):
        """Say that nothing was found."""
        self._ensure_step("investigating")
        self._step("not_found", found_on=fields.Date.context_today(self))

    def action_heard(self):
        """Go on to the decision: the dealer has answered, or its days are over.

        :raises ViolationStateError: when there is no answer and time is left
        """
        self._ensure_step("found")
        today = fields.Date.context_today(self)
        for case in self:
            if not (case.answer or "").strip() and case.deadline >= today:
                raise ViolationStateError(
                    self.env._(
                        "%(case)s: the dealer has until %(day)s to answer. Note the answer, or wait.",
                        case=case.display_name,
                        day=case.deadline,
                    )
                )
        self._step("heard", heard_on=today)
        self._propose()

    def action_propose(self):
        """Fill in the penalty of the ladder anew."""
        self._ensure_step("found", "heard")
        self._propose()

    def _propose(self):
        """Fill in what the ladder says; a price case is not punished unless that is cleared."""
        balances = self.dealer_id._deposit_balances()
        required = self.dealer_id._deposits_required()
        for case in self:
            case._judge_nature()
            rule = self.env["customer.dealer.penalty.rule"]._fitting(
                case, case.repeat_number, case.month_share
            )
            if not rule or not case.may_punish:
                case.write({"rule_id": False, "deduction": 0, "rebate": "none", "consequence": "none"})
                continue
            held, due = balances.get(case.dealer_id.id, 0.0), required.get(case.dealer_id.id, 0.0)
            amount = case.currency_id.round(max(held, due) * rule.deposit_percent / 100)
            amount = min(amount, max(held, 0.0))
            reward = case.company_id.sudo().customer_dealer_reward if case.informant_id else 0.0
            case.write(
                {
                    "rule_id": rule.id,
                    "deduction": amount,
                    "rebate": rule.rebate,
                    "consequence": rule.consequence,
                    "stop_days": rule.stop_days,
                    "reward": case.currency_id.round(amount * reward / 100),
                }
            )

    def _judge_nature(self):
        """Say whether it is natural, where nobody has said so: by the part of what the dealer bought in the month."""
        if not self.nature and self.goods_amount and self.month_amount > 0:
            natural = self.month_share <= self.company_id.sudo().customer_dealer_natural_share
            self.nature = "natural" if natural else "malicious"

    # The decision

    def _approval_check(self):
        """Override: decided is what was found and heard, with reasons.

        :raises ViolationStateError: when it is too early, or the reasons are missing
        """
        self._ensure_step("heard")
        for case in self:
            if not (case.decision or "").strip():
                raise ViolationStateError(
                    self.env._("%s: write the reasons of the decision first.", case.display_name)
                )
        return super()._approval_check()

    def _approval_granted(self):
        """Override: the case is decided from today on."""
        self._step("decided", decided_on=fields.Date.context_today(self))
        return super()._approval_granted()

    def _approval_amount(self):
        """Override: what the dealer would lose of its deposit."""
        self.ensure_one()
        return self.deduction, self.currency_id

    def _approval_summary(self):
        """Override: who did what, what was answered, and what is proposed."""
        self.ensure_one()
        known = self.env["customer.approval"]
        choice = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("kind", "rebate", "consequence", "nature")
        }
        facts = [
            ("dealer_id", self.partner_id.display_name),
            ("kind", choice["kind"][self.kind]),
            ("summary", self.summary),
            ("date_occurred", known._format_day(self.date_occurred)),
            ("nature", choice["nature"].get(self.nature)),
            ("answer", self.answer),
            ("rule_id", self.rule_id.sudo().name),
            ("deduction", known._format(self.deduction, self.currency_id)),
            ("rebate", choice["rebate"][self.rebate]),
            ("consequence", choice["consequence"][self.consequence]),
            ("compensation", self.compensation and known._format(self.compensation, self.currency_id)),
            ("decision", self.decision),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]

    def _is_decided(self):
        """Return whether the case stands as decided: proven, and not void by an appeal."""
        self.ensure_one()
        return self.is_proven and self.stage in ("decided", "executed", "appealed", "closed")
