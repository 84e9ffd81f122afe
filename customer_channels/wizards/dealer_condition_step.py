from odoo import api, fields, models


class CustomerDealerConditionStep(models.TransientModel):
    """Extend the deadline of a condition, or decide whether it was met."""

    _name = "customer.dealer.condition.step"
    _description = "Step of a Condition"
    _inherit = ["customer.links.mixin"]
    _checked_links = ("condition_id", "attachment_ids")

    condition_id = fields.Many2one("customer.dealer.condition", required=True, readonly=True)
    step = fields.Selection([("extend", "Extend"), ("decide", "Decide")], required=True, readonly=True)
    deadline = fields.Date(related="condition_id.deadline")
    left_words = fields.Char(string="Extensions", compute="_compute_left_words")
    result = fields.Selection([("met", "Met"), ("failed", "Failed")], default="met")
    reason = fields.Text(required=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Proof")

    @api.depends("condition_id")
    def _compute_left_words(self):
        for wizard in self:
            condition = wizard.condition_id
            wizard.left_words = self.env._(
                "%(used)s of %(most)s used",
                used=condition.extension_count,
                most=condition.company_id.customer_condition_extensions,
            )

    def action_confirm(self):
        """Take the step.

        :raises ConditionStateError: when it cannot be taken
        """
        self.ensure_one()
        self.check_access("write")
        if self.step == "extend":
            self.condition_id._extend(self.reason)
        else:
            self.condition_id._decide(self.result, self.reason, self.attachment_ids)
            self.attachment_ids.sudo().write(
                {"res_model": self.condition_id._name, "res_id": self.condition_id.id}
            )
        return {"type": "ir.actions.act_window_close"}
