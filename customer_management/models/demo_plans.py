from datetime import timedelta

from odoo import api, models
from odoo.fields import Command


class CustomerDemoStory(models.AbstractModel):
    """The plans for the other customers of the story: a regular, a long-standing and a problem one."""

    _inherit = "customer.demo.story"

    @api.model
    def _make_other_plans(self, today):
        """Start one plan of each kind that the story has not told of yet."""
        lina, wangwei = self._person("lina"), self._person("wangwei")
        plans = self.env["customer.plan"]
        plans |= self._make_sheet(
            "regular",
            "xihu",
            lina,
            today - timedelta(days=20),
            "Orders every month, always the same hoods.",
            idea="Water purifiers for its new kitchens",
            measure="Show the purifiers at the next visit, with a price for five",
        )
        plans |= self._make_sheet(
            "long_standing",
            "lianhua",
            lina,
            today - timedelta(days=30),
            "One of our first customers. The founder hands over to the daughter this year.",
            cause="New buyer, compares prices online",
            benefit="Free yearly maintenance",
            measure="Introduce the head of sales to the daughter",
        )
        plans |= self._make_sheet(
            "problem",
            "panda",
            wangwei,
            today - timedelta(days=9),
            "Returned a delivery without a word.",
            problem_kind="return",
            problem="Sent back six stoves",
            date_since=today - timedelta(days=12),
            amount=5400,
            cause="Wrong gas type on the order",
            measure="Exchange them, and have the gas type confirmed on each order",
        )
        plans.action_start()

    @api.model
    def _make_sheet(self, kind, customer, owner, start, situation, **line):
        plan = self._make_plan(kind, customer, owner, start, False, situation, [])
        due = start + timedelta(days=25)
        plan.line_ids = [Command.clear(), Command.create({**line, "user_id": owner.id, "date_due": due})]
        return plan
