from odoo import api, fields, models

from .alert import COUNTING


class MailActivity(models.Model):
    """The activity that stands for the alerts of a day opens them."""

    _inherit = "mail.activity"

    customer_alert_ids = fields.One2many(
        "customer.alert", "activity_id", groups="customer_management.group_customer_user"
    )

    def _tell_customer_alerts(self):
        """Let activities say, in the language of who has them, which alerts still wait, heaviest first."""
        # In the order of the list that the activity opens.
        alerts = self.env["customer.alert"].sudo()
        free = self.filtered(lambda activity: not activity.res_model)
        waiting = alerts.search([("activity_id", "in", free.ids), ("state", "in", COUNTING)])
        for activity, answered in waiting.grouped("activity_id").items():
            told = answered.with_context(lang=activity.user_id.lang)
            link = f"/odoo/{activity.id}/alerts-of-a-day"
            activity.write({"summary": told._digest_summary(), "note": told._digest_html(link)})

    def action_open_document(self):
        """Override of `mail`: an activity about alerts opens their list."""
        self.ensure_one()
        if not self.res_model and self.sudo().customer_alert_ids and self._sees_customer_alerts():
            return self.action_open_customer_alerts()
        return super().action_open_document()

    @api.readonly
    def action_open_customer_alerts(self):
        """Show the alerts that the activity is about, as far as the user may see them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.alert_of_day_action")
        return {
            **action,
            "context": {"active_id": self.id, "active_ids": self.ids, "active_model": self._name},
        }

    @api.model
    def _sees_customer_alerts(self):
        return self.env["customer.alert"].has_access("read")
