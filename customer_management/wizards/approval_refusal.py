from odoo import fields, models


class CustomerApprovalRefusal(models.TransientModel):
    """Refuse what somebody asks for, with the reason."""

    _name = "customer.approval.refusal"
    _description = "Refusal"

    approval_ids = fields.Many2many("customer.approval", string="Documents", required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_refuse(self):
        """Refuse the steps; whether the user may is checked for each.

        :raises ApprovalStateError: when the reason is blank, or a step is decided already
        :raises ApprovalRightError: when the user is not asked
        """
        self.ensure_one()
        self.check_access("write")
        self.approval_ids._decide("refused", self.reason)
        return {"type": "ir.actions.act_window_close"}
