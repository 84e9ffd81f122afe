from datetime import timedelta

from markupsafe import Markup

from odoo import api, models
from odoo.tools import SQL

from .alert import COUNTING

# So many customers the text of an activity names; the others are in the list behind its link.
MOST_NAMED = 15


class CustomerAlert(models.Model):
    """How people are told of alerts: one activity for each person and day, however many alerts there are.

    It hangs on no customer: the chatter of a customer is read by more people than its alerts are. The
    figures are not in its text but in the list that it opens, which is always of today.
    """

    _inherit = "customer.alert"

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
        """Tell who is responsible: alerts join the activity of the day, or the person gets one.

        The number of statements does not depend on the number of alerts or customers.
        """
        groups = self.grouped(lambda alert: alert._responsible())
        groups.pop(self.env["res.users"], None)
        if not groups:
            return
        due = day + timedelta(days=self.company_id[:1].customer_alert_answer_days)
        digests = self._digests_of_day(due)
        missing = [user for user in groups if user not in digests]
        # Without mails: the evaluation runs at night, and the systray counts them.
        activities = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        fresh = activities.create([self._digest_values(user, due) for user in missing])
        digests.update(zip(missing, fresh, strict=True))
        pairs = [(alert_id, digests[user].id) for user, alerts in groups.items() for alert_id in alerts.ids]
        self._link_activities(*map(list, zip(*pairs, strict=True)))
        activities.concat(*(digests[user] for user in groups))._tell_customer_alerts()

    def _digests_of_day(self, due):
        """Return the activities that people got for this day already: ``{user: activity}``."""
        domain = [
            ("company_id", "in", self.company_id.ids),
            ("state", "in", COUNTING),
            ("activity_id.active", "=", True),
            ("activity_id.res_model", "=", False),
            ("activity_id.date_deadline", "=", due),
        ]
        rows = self.sudo()._read_group(domain, ["activity_id"])
        return {activity.user_id: activity for [activity] in rows}

    @api.model
    def _digest_values(self, user, due):
        return {
            "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
            # Of no document, whatever the context proposes.
            "res_model_id": False,
            "res_id": False,
            "user_id": user.id,
            "date_deadline": due,
            "automated": True,
        }

    @api.model
    def _link_activities(self, alert_ids, activity_ids):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE customer_alert a SET activity_id = v.activity_id"
                " FROM UNNEST(%s, %s) v(id, activity_id) WHERE a.id = v.id",
                alert_ids,
                activity_ids,
            )
        )
        self.invalidate_model(["activity_id"])
        self.env["mail.activity"].invalidate_model(["customer_alert_ids"])

    def _digest_summary(self):
        """Return what the alerts are of: “Alert: Anna”, “Alerts: Anna and 11 more customers”."""
        partners = self.partner_id
        if len(self) == 1:
            return self.env._("Alert: %s", partners.name)
        if len(partners) == 1:
            return self.env._("Alerts: %s", partners.name)
        return self.env._(
            "Alerts: %(customer)s and %(count)s more customers",
            customer=partners[0].name,
            count=len(partners) - 1,
        )

    def _digest_html(self, link):
        """Return the customers with the names of their alerts, in the order of the alerts.

        :param str link: where all of them are listed
        """
        groups = list(self.grouped("partner_id").items())
        items = [
            Markup("<li><b>%s</b>: %s</li>") % (partner.name, ", ".join(alerts.rule_id.mapped("name")))
            for partner, alerts in groups[:MOST_NAMED]
        ]
        html = Markup("<ul>%s</ul>") % Markup().join(items)
        if len(groups) > MOST_NAMED:
            html += Markup("<p>%s</p>") % self.env._("And %s more customers.", len(groups) - MOST_NAMED)
        return html + Markup('<p><a href="%s">%s</a></p>') % (link, self.env._("See the Alerts"))

    def _end_activities(self, done=False):
        """Take the alerts out of their activities; one without any other alert that counts ends.

        :param bool done: a person has answered: the activity is kept as done, else it is taken away
        """
        activities = self.sudo().activity_id
        if not activities:
            return
        self.sudo().activity_id = False
        self.flush_recordset(["activity_id"])
        waiting = self.sudo().search([("activity_id", "in", activities.ids), ("state", "in", COUNTING)])
        ended = activities - waiting.activity_id
        if done:
            ended.action_done()
        else:
            ended.unlink()
        (activities - ended)._tell_customer_alerts()
