from datetime import timedelta

from odoo import api, fields, models


class CustomerDemoStory(models.AbstractModel):
    """What the company of the story has written down and made its people read."""

    _inherit = "customer.demo.story"

    @api.model
    def _publish(self):
        """Put two policies in force, one of them read by a salesperson, and leave a new version waiting."""
        company = self.env.ref("base.main_company")
        versions = self.env["customer.policy.version"].with_company(company)
        key, danger = (
            self.env.ref(f"customer_management.policy_{name}") for name in ("key_accounts", "endangered")
        )
        today = fields.Date.today()
        for policy, back in ((key, 60), (danger, 30)):
            version = versions.create(
                {"policy_id": policy.id, "effective_from": today - timedelta(days=back)}
            )
            self._decide(version)
        lina = self.env.ref("customer_management.user_lina")
        versions._in_force(key, company)[key.id].with_user(lina).action_confirm_read()
        scheme = self.env.ref("customer_management.grade_scheme_abc")
        best = scheme.grade_ids[:1]
        # The rhythm of visits is tightened: the text follows, and the version that says so waits.
        best.visit_interval_days = max(best.visit_interval_days - 2, 1)
        waiting = versions.create(
            {
                "policy_id": key.id,
                "effective_from": today + timedelta(days=14),
                "summary": "Key accounts are visited more often.",
            }
        )
        waiting.action_submit()

    @api.model
    def _decide(self, version):
        """Submit a version and let the manager of the story approve it where that is asked."""
        version.action_submit()
        if version.approval_state == "pending":
            version.with_user(self.env.ref("customer_management.user_chenjing")).action_approve()
