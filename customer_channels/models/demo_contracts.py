from datetime import timedelta

from odoo import api, fields, models

RUNNING = ("beihai", "harvest", "silkroad", "xihu", "lianhua", "mingzhu", "closed_beihai")


class CustomerDemoStory(models.AbstractModel):
    """Contracts of the story's dealers: running ones, one that ended, one that waits for its signature."""

    _inherit = "customer.demo.story"

    @api.model
    def _agree(self):
        """Approve and sign the contracts of the story; those whose day has come run, and conditions are set."""
        # What is approved is frozen: in the language of the people of the story.
        self._speak("customer_channels")
        contracts = {
            name: self.env.ref(f"customer_channels.dealer_contract_{name}").with_context(
                tracking_disable=True
            )
            for name in (*RUNNING, "harbin", "panda")
        }
        if contracts["beihai"].approval_state != "draft":
            return
        today = fields.Date.today()
        for name, contract in contracts.items():
            contract._take_clauses()
            contract.action_submit()
            if contract.approval_state == "pending":
                contract.with_user(self.env.ref("customer_management.user_chenjing")).action_approve()
            if name != "panda":
                signed = contract.date_from - timedelta(days=12)
                contract._approval_write(
                    {
                        "signed_on": min(signed, today),
                        "signed_by": contract.dealer_representative,
                        "begun_on": contract.date_from,
                    }
                )
        ended = contracts["harbin"]
        ended._end("expired", ended.date_to)
        self._set_conditions()

    @api.model
    def _set_conditions(self):
        """Extend one condition, decide two, find one overdue, and let one stand."""
        late, met, overdue, failed = (
            self.env.ref(f"customer_channels.dealer_condition_{name}")
            for name in ("beihai", "xihu", "mingzhu", "harbin")
        )
        overdue.sudo().warned_on = fields.Date.today()
        failed._decide("failed", "A part was paid after three calls; the rest is still open.")
        late._extend("The season begins now; they pay half of it this week.")
        met._decide("met", "Seen on the visit; photos in the visit report.")
