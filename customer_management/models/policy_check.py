from odoo import fields, models


class CustomerPolicyCheck(models.Model):
    """What in the system sees to it that a policy is kept, and where one sees that it does."""

    _name = "customer.policy.check"
    _description = "Enforcement of a Policy"
    _order = "policy_id, sequence, id"

    policy_id = fields.Many2one("customer.policy", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True, help="What is checked, computed or refused.")
    kind = fields.Selection(
        [
            ("rule", "Refused by the Server"),
            ("alert", "Raises an Alert"),
            ("job", "Done by a Scheduled Job"),
            ("report", "Shown in a Report"),
        ],
        required=True,
        default="rule",
    )
    action_id = fields.Many2one("ir.actions.act_window", string="Where to Look")

    def action_open(self):
        """Open the page where one sees that the policy is kept."""
        self.ensure_one()
        return self.action_id.sudo()._get_action_dict() if self.action_id else False
