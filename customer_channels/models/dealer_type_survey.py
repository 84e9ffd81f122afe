from odoo import api, fields, models


class CustomerDealerType(models.Model):
    """Which survey and which policy belong to a type."""

    _inherit = "customer.dealer.type"

    survey_template_id = fields.Many2one(
        "customer.assessment.template",
        string="Survey",
        ondelete="set null",
        domain=[("kind", "in", ("dealer", "store")), ("subject", "=", "partner")],
        help="How applicants of this type are judged. Empty: by the agent selection survey.",
    )
    policy_code = fields.Char(
        string="Policy Number",
        help="The number of the policy that dealers of this type live by, such as 5.3.",
    )
    policy_id = fields.Many2one("customer.policy", compute="_compute_policy_id")

    @api.depends("policy_code")
    def _compute_policy_id(self):
        policies = self.env["customer.policy"].search([("code", "in", self.mapped("policy_code"))])
        found = {policy.code: policy for policy in policies}
        for dealer_type in self:
            dealer_type.policy_id = found.get(dealer_type.policy_code)

    def _survey_template(self):
        """Return the template by which applicants of this type are judged."""
        self.ensure_one()
        return self.survey_template_id or self.env.ref("customer_channels.assessment_template_agent")

    def action_open_policy(self):
        """Open the rules of the type."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.policy",
            "res_id": self.policy_id.id,
            "views": [(False, "form")],
        }
