from odoo import fields, models

from ..exceptions import ContractStateError


class CustomerDealerTermination(models.Model):
    """A request to end a contract before its time: why, and on which day; once approved it ends on that day."""

    _name = "customer.dealer.termination"
    _description = "Termination of a Contract"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin"]
    _order = "ends_on desc, id desc"
    _check_company_auto = True
    _step_error = ContractStateError
    _step_fields = ("done_on",)
    _rec_name = "contract_id"

    contract_id = fields.Many2one("customer.dealer.contract", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(related="contract_id.dealer_id", store=True, index=True)
    partner_id = fields.Many2one(related="contract_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("breach", "Breach of contract"),
            ("no_order", "No orders"),
            ("target", "Target missed"),
            ("insolvency", "Insolvency"),
            ("agreement", "By agreement"),
            ("other", "Other"),
        ],
        string="Ground",
        required=True,
        default="agreement",
        tracking=True,
    )
    ends_on = fields.Date(string="Last Day", required=True, default=fields.Date.context_today, tracking=True)
    reason = fields.Text(required=True, tracking=True)
    done_on = fields.Date(string="Ended On", readonly=True, copy=False)

    def _approval_summary(self):
        """Override: which contract, on which ground, why, and when it ends."""
        self.ensure_one()
        facts = [
            ("dealer_id", self.dealer_id.display_name),
            ("contract_id", self.contract_id.display_name),
            ("kind", dict(self._fields["kind"]._description_selection(self.env))[self.kind]),
            ("ends_on", self.env["customer.approval"]._format_day(self.ends_on)),
            ("reason", self.reason),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts]

    def _approval_check(self):
        """Override: only a contract that is agreed on is terminated, and not for a day that is past.

        :raises ContractStateError: when it is not, or the day is past or beyond its own last day
        """
        self.contract_id._ensure_state("approved", "signed", "running")
        today = fields.Date.context_today(self)
        for termination in self:
            if not today <= termination.ends_on <= termination.contract_id.date_to:
                raise ContractStateError(
                    self.env._(
                        "“%(contract)s” cannot end on %(day)s: choose a day from today to %(last)s.",
                        contract=termination.contract_id.name,
                        day=termination.ends_on,
                        last=termination.contract_id.date_to,
                    )
                )
        return super()._approval_check()

    def _approval_granted(self):
        """Override: what ends today ends at once; the daily job ends the others on their day."""
        today = fields.Date.context_today(self)
        for termination in self.filtered(lambda one: one.ends_on <= today):
            termination._carry_out()
        return super()._approval_granted()

    def _carry_out(self):
        """End the contract on the day that was decided; once."""
        self.ensure_one()
        if self.contract_id.state != "ended":
            self.contract_id._terminate(self.reason, self.ends_on)
        self._approval_write({"done_on": fields.Date.context_today(self)})
