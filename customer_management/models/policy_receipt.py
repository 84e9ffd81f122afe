from odoo import fields, models


class CustomerPolicyReceipt(models.Model):
    """Who is asked to read a version of a policy, and when it was confirmed."""

    _name = "customer.policy.receipt"
    _description = "Reading of a Policy"
    _order = "read_on desc, id"
    _rec_name = "user_id"

    version_id = fields.Many2one(
        "customer.policy.version", required=True, readonly=True, index=True, ondelete="cascade"
    )
    policy_id = fields.Many2one(related="version_id.policy_id", store=True, index=True)
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="cascade")
    read_on = fields.Datetime(readonly=True)
    is_read = fields.Boolean(string="Read", compute="_compute_is_read")

    _user_unique = models.Constraint(
        "UNIQUE(version_id, user_id)", "Everybody is asked once to read a version."
    )

    def _compute_is_read(self):
        for receipt in self:
            receipt.is_read = bool(receipt.read_on)
