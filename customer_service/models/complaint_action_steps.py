from datetime import timedelta

from odoo import fields, models

from ..exceptions import ActionStepError

ACTIVITY = "customer_service.activity_type_action"


class CustomerComplaintAction(models.Model):
    """The steps of an action: done with evidence, or dropped with a reason."""

    _inherit = "customer.complaint.action"

    def action_done(self):
        """Note that the actions are carried out; their effect is checked later.

        :raises ActionStepError: without evidence
        """
        self._ensure_step("planned")
        today = fields.Date.context_today(self)
        for action in self:
            if not (action.evidence or "").strip():
                raise ActionStepError(
                    self.env._("Write down what shows that “%s” is done, as its evidence.", action.name)
                )
        for action in self.sudo():
            days = action.company_id.customer_service_check_days
            checked = action.kind != "containment"
            action.write(
                {
                    "state": "done",
                    "done_on": today,
                    "check_on": today + timedelta(days=days) if checked else False,
                }
            )
        self._schedule()

    def _drop(self, reason):
        """Give up actions that are not carried out.

        :raises ActionStepError: without a reason
        """
        self._ensure_step("planned")
        message = self.env._("Say why the action is dropped: the cause is still there.")
        reason = self._given(reason, message)
        self.sudo().write({"state": "dropped", "drop_reason": reason})
        self._schedule()

    def action_drop(self):
        """Ask why the action is dropped."""
        self.ensure_one()
        return {
            "name": self.env._("Drop the Action"),
            "type": "ir.actions.act_window",
            "res_model": "customer.complaint.action.drop",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_action_id": self.id},
        }

    def action_check(self):
        """Judge now whether the actions helped: for managers of customer service.

        :raises AccessError: for anybody else
        """
        self._ensure_step("done")
        self.env["customer.complaint"]._ensure_manager()
        if any(not action.check_on for action in self):
            raise ActionStepError(self.env._("Containment holds until the correction; it is not checked."))
        self._judge(self._came_back(self))

    def action_open_recurrences(self):
        """Show the complaints in which the fault came back."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.complaint_action")
        return {**action, "domain": [("id", "in", self.recurrence_ids.ids)], "context": {}}

    def _schedule(self):
        """Let the activity of who is responsible follow the actions: one while planned, else none."""
        actions = self.sudo()
        actions.activity_unlink([ACTIVITY])
        planned = actions.filtered(lambda action: action.state == "planned" and action.user_id.active)
        for (user, due, name), same in planned.grouped(
            lambda action: (action.user_id, action.date_due, action.name)
        ).items():
            same.activity_schedule(ACTIVITY, date_deadline=due, summary=name, user_id=user.id)
