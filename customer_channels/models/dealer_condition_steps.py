from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..exceptions import ConditionStateError


class CustomerDealerCondition(models.Model):
    """The steps of a condition: extend, decide, and the daily look at what is overdue."""

    _inherit = "customer.dealer.condition"

    def action_extend(self):
        """Ask why the deadline is moved."""
        return self._open_wizard("extend")

    def action_decide(self):
        """Ask whether it was met, and what shows it."""
        return self._open_wizard("decide")

    def _open_wizard(self, step):
        self.ensure_one()
        self._ensure_step("open", "overdue")
        return {
            "name": self.env._("Extend the Deadline") if step == "extend" else self.env._("Met or Failed"),
            "type": "ir.actions.act_window",
            "res_model": "customer.dealer.condition.step",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_condition_id": self.id, "default_step": step},
        }

    def _extend(self, reason):
        """Move the deadline by as many months as the company grants, at most as often as it grants.

        :param str reason: why; it is logged
        :raises ConditionStateError: when it is decided, was extended often enough, or the reason is blank
        """
        self.ensure_one()
        self._ensure_step("open", "overdue")
        most, months = (
            self.company_id.customer_condition_extensions,
            self.company_id.customer_condition_extension_months,
        )
        if not (reason or "").strip():
            raise ConditionStateError(self.env._("Say why the deadline is moved."))
        if self.extension_count >= most:
            raise ConditionStateError(
                self.env._(
                    "“%(condition)s” was extended %(number)s times, which is as often as the company allows. Decide "
                    "whether it is met.",
                    condition=self.name,
                    number=self.extension_count,
                )
            )
        until = self.deadline + relativedelta(months=months)
        self.env["customer.dealer.condition.extension"].sudo().create(
            {
                "condition_id": self.id,
                "date_from": self.deadline,
                "date_to": until,
                "reason": reason.strip(),
                "user_id": self.env.uid,
            }
        )
        self.sudo().write({"deadline": until, "warned_on": False})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _decide(self, result, evidence, attachments=None):
        """Decide whether the condition was met; when it failed, what was said follows.

        :param str result: ``met`` or ``failed``
        :param str evidence: what shows it
        :raises ConditionStateError: when it is decided, nothing shows it, or it fails before its deadline
        """
        self.ensure_one()
        self._ensure_step("open", "overdue")
        today = fields.Date.context_today(self)
        if not (evidence or "").strip():
            raise ConditionStateError(self.env._("Say what shows whether it is met."))
        if result == "failed" and today <= self.deadline:
            raise ConditionStateError(
                self.env._(
                    "“%(condition)s” can be met until %(day)s: it has not failed before.",
                    condition=self.name,
                    day=self.deadline,
                )
            )
        self.sudo().write(
            {
                "result": result,
                "evidence": evidence.strip(),
                "evidence_ids": [(6, 0, attachments.ids if attachments else [])],
                "decided_on": today,
                "decided_by_id": self.env.uid,
            }
        )
        self.activity_unlink(["mail.mail_activity_data_todo"])
        if result == "failed" and self.consequence == "suspension":
            self.dealer_id._suspend(self.env._("Condition failed: %s", self.name))

    @api.model
    def _cron_overdue(self):
        """Mark what is past its deadline and tell the responsible, once each; safe to run again."""
        today = fields.Date.context_today(self)
        overdue = self.search([("state", "=", "open"), ("deadline", "<", today)])
        kind = self.env.ref("mail.mail_activity_data_todo")
        for left, condition in zip(range(len(overdue) - 1, -1, -1), overdue, strict=True):
            condition.sudo().warned_on = today
            condition.activity_schedule(
                activity_type_id=kind.id,
                date_deadline=today,
                user_id=(condition.user_id or self.env.user).id,
                summary=self.env._("Decide: “%s” is past its deadline", condition.name),
            )
            self.env["ir.cron"]._commit_progress(1, remaining=left)


class CustomerDealerContract(models.Model):
    """The conditions set under a contract."""

    _inherit = "customer.dealer.contract"

    condition_ids = fields.One2many("customer.dealer.condition", "contract_id", string="Conditions")
    condition_count = fields.Integer(string="Number of Conditions", compute="_compute_condition_count")

    @api.depends("condition_ids")
    def _compute_condition_count(self):
        for contract in self:
            contract.condition_count = len(contract.condition_ids)
