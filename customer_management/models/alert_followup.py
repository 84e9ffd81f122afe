from datetime import timedelta

from markupsafe import Markup

from odoo import api, models
from odoo.tools import SQL

from .alert import COUNTING


class CustomerAlert(models.Model):
    """What follows when alerts open or close: an activity for who is responsible, a plan as a draft."""

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

    # Activities

    def _responsible(self):
        """Return who gets the activity of the alert; nobody where the rule or the customer has none."""
        rule = self.rule_id
        if rule.responsible == "nobody":
            return self.env["res.users"]
        salesperson = (
            self.user_id.filtered("active") if rule.responsible == "salesperson" else self.env["res.users"]
        )
        return salesperson or rule.user_id.filtered("active")

    def _schedule_activities(self, day):
        """Make one activity a customer and person for all alerts that opened together."""
        groups = self.grouped(lambda alert: (alert.partner_id, alert._responsible()))
        groups = {key: alerts for key, alerts in groups.items() if key[1]}
        if not groups:
            return
        values = [alerts._activity_values(partner, user, day) for (partner, user), alerts in groups.items()]
        # Without mails: an evaluation may open hundreds.
        activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(values)
        pairs = zip(activities, groups.values(), strict=True)
        rows = [
            SQL("(%s, %s)", alert_id, activity.id) for activity, alerts in pairs for alert_id in alerts.ids
        ]
        self.env.cr.execute(
            SQL(
                "UPDATE customer_alert a SET activity_id = v.activity_id FROM (VALUES %s) v(id, activity_id)"
                " WHERE a.id = v.id",
                SQL(", ").join(rows),
            )
        )
        self.invalidate_model(["activity_id"])

    def _activity_values(self, partner, user, day):
        # Read in the language of who gets it.
        alerts = self.with_context(lang=user.lang)
        return {
            "res_model_id": self.env["ir.model"]._get_id("res.partner"),
            "res_id": partner.id,
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            "user_id": user.id,
            "date_deadline": day + timedelta(days=alerts.company_id[:1].customer_alert_answer_days),
            "summary": alerts.env._("Alert: %s", ", ".join(alerts.rule_id.mapped("name"))),
            "note": alerts._evidence_html(),
        }

    def _evidence_html(self):
        """Return the alerts with their evidence as a list, heaviest first."""
        items = [
            Markup("<li><b>%s</b><br/>%s</li>") % (alert.rule_id.name, alert.evidence or "")
            for alert in self.sorted("points", reverse=True)
        ]
        return Markup("<ul>%s</ul>") % Markup().join(items)

    def _end_activities(self, feedback=None):
        """End the activities that no other open alert shares: done with the words of a person, or taken away."""
        activities = self.sudo().activity_id
        if not activities:
            return
        self.sudo().activity_id = False
        waiting = self.sudo().search([("activity_id", "in", activities.ids), ("state", "in", COUNTING)])
        ended = activities - waiting.activity_id
        if feedback:
            ended.action_feedback(feedback=feedback)
        else:
            ended.unlink()

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
