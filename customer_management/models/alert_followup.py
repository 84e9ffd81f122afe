from markupsafe import Markup

from odoo import api, models


class CustomerAlert(models.Model):
    """What follows when alerts open or close: who is responsible is told, and gets a plan as a draft."""

    _inherit = "customer.alert"

    def _alert_opened(self, day):
        """Hook: these alerts have just opened, by the evaluation, a report or the end of a mute.

        Called once for all of them, as superuser, with the company in the environment. Addons override it
        to let more follow.

        :param day: the day of the evaluation
        """
        self._schedule_activities(day)
        self._open_plans(self.filtered(lambda alert: alert.rule_id.opens == "plan"))

    def _alert_closed(self):
        """Hook: the evaluation has just closed these alerts. Called once for all of them, as superuser."""
        self._end_activities()

    @api.model
    def _level_changed(self):
        """Let the levels of customers be worked out anew."""
        self.env["res.partner"].invalidate_model(["customer_alert_level", "customer_alert_count"])
        self.env["customer.alert.level"].invalidate_model()
        self.env["customer.alert.rule"].invalidate_model(["open_count"])

    def _evidence_html(self):
        """Return the alerts with their evidence as a list, heaviest first."""
        items = [
            Markup("<li><b>%s</b><br/>%s</li>") % (alert.rule_id.name, alert.evidence or "")
            for alert in self.sorted("points", reverse=True)
        ]
        return Markup("<ul>%s</ul>") % Markup().join(items)

    # Plans

    @api.model
    def _open_plans(self, alerts):
        """Make a draft of a plan for each customer and kind that has none open, and link the alerts to it."""
        if not alerts:
            return
        self.env["customer.plan"]._draft_for(alerts)

    def action_open_plan(self):
        """Open the plan that answers the alert, or make a draft of the rule's kind; the salesperson owns it."""
        self.ensure_one()
        self.check_access("write")
        if not self.plan_id:
            self.env["customer.plan"]._draft_for(self.sudo())
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.plan",
            "res_id": self.plan_id.id,
            "views": [(False, "form")],
        }
