from odoo import api, models


class CustomerDemoStory(models.AbstractModel):
    """The signs of danger that the ledger shows, once its rules are installed."""

    _inherit = "customer.demo.story"

    @api.model
    def _alert_credit(self):
        """Evaluate again with the rules of receivables; the endangered customer's plan is about its debt."""
        company = self.env.ref("base.main_company")
        if not company.chart_template:
            return
        story = self.with_company(company).with_context(tracking_disable=True)
        story.env["customer.alert.rule"]._evaluate_all(company)
        kind = self.env.ref("customer_management.plan_kind_endangered")
        plan = story.env["customer.plan"].search(
            [("kind_id", "=", kind.id), ("state", "=", "running")], limit=1
        )
        plan.write({"metric_id": kind.metric_id.id, "months": kind.months, "goal_value": 0})
        if plan:
            value = plan._measure(plan.date_start)[plan.id]
            plan.write(
                {
                    "value_before": value or 0,
                    "has_before": value is not None,
                    "measured_from": plan.date_start,
                }
            )
