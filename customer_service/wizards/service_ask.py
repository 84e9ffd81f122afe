from odoo import fields, models


class CustomerServiceAsk(models.TransientModel):
    """What a step of a service request asks first: why it is reopened, or why it is free of charge."""

    _name = "customer.service.ask"
    _description = "Step of a Service Request"

    request_id = fields.Many2one("customer.service.request", required=True, index=True, ondelete="cascade")
    step = fields.Selection([("reopen", "Reopen"), ("warranty", "Warranty")], required=True)
    answer = fields.Selection([("yes", "Free of Charge"), ("no", "The Customer Pays")], default="yes")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Take the step."""
        self.ensure_one()
        if self.step == "reopen":
            self.request_id._reopen(self.reason)
        else:
            self.request_id._decide_warranty(self.answer, self.reason)
        return {"type": "ir.actions.act_window_close"}
