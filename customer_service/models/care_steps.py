from odoo import fields, models

from ..exceptions import CareError
from .care import LOW
from .res_partner_care import DECLINED


class CustomerCare(models.Model):
    """The steps of care: done, nobody there, skipped, declined."""

    _inherit = "customer.care"

    def action_done(self):
        """It is done, by the user and now; what the customer answered is passed on.

        :raises CareError: for an e-mail, which is sent and not ticked off
        """
        self._ensure_step("planned")
        if any(care.channel in ("mail", "survey") and care.rule_id for care in self):
            raise CareError(self.env._("E-mails of rules are sent by themselves on their day."))
        self._finish()

    def _finish(self):
        """Note that care is done, end its activities, and pass on the answers."""
        self.sudo().write({"state": "done", "done_on": fields.Datetime.now(), "done_by_id": self.env.uid})
        self.sudo().activity_ids.unlink()
        answered = self.filtered("satisfaction")
        if answered:
            answered._care_answered()

    def action_not_reached(self):
        """Nobody was there: try again tomorrow."""
        self._ensure_step("planned")
        tomorrow = fields.Date.add(fields.Date.context_today(self), days=1)
        for care in self.sudo():
            care.write({"date": tomorrow, "attempts": care.attempts + 1})

    def action_skip(self):
        """Leave it out this time."""
        self._ensure_step("planned")
        self._skip(self.env._("Skipped by %s", self.env.user.name))

    def _skip(self, reason):
        self.sudo().write({"state": "skipped", "skip_reason": reason})
        self.sudo().activity_ids.unlink()

    def action_declined(self):
        """The customer does not want this any more: note it on the contact, and skip what is planned."""
        self._ensure_step("planned")
        for care in self:
            name = DECLINED.get(care.channel)
            if not name:
                raise CareError(self.env._("Only calls, e-mails and gifts are declined; skip this one."))
            care.partner_id.sudo().with_user(self.env.user).sudo()[name] = True
        self.filtered(lambda care: care.state == "planned")._skip(self.env._("Declined by the customer"))

    def _care_answered(self):
        """Hook: customers have just answered calls, 1 (very dissatisfied) to 5 in ``satisfaction``.

        Dissatisfied ones become an activity of the leader of the service team, or of who is responsible. Addons
        override it to let more follow; it is called once for all of them, with the rights of who called.
        """
        for care in self.sudo().filtered(lambda one: one.satisfaction in LOW):
            team = self.env["customer.service.team"]._best(
                care.company_id, self.env["customer.complaint.kind"]
            )
            user = team.sudo().user_id or care.user_id or self.env.user
            care.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=self.env._("Dissatisfied: %s", care.partner_id.display_name),
                note=care.result or "",
            )
