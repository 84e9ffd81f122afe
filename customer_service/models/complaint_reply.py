from datetime import timedelta

from odoo import SUPERUSER_ID, fields, models

from ..tools import mail_words


class CustomerComplaint(models.Model):
    """What an answer of the customer does, by mail or in the portal: it goes on, opens again, or begins anew."""

    _inherit = "customer.complaint"

    def _message_post_after_hook(self, message, msg_values):
        """Override of `mail`: somebody wrote about the complaint."""
        result = super()._message_post_after_hook(message, msg_values)
        receipt = self.env.context.get("complaint_receipt")
        # Whoever wrote it: what follows from it is done by the system.
        complaint = self.with_user(SUPERUSER_ID).with_context(complaint_receipt=False)
        if message.message_type in ("email", "comment"):
            complaint._heard(message.sudo())
        if receipt and not complaint.is_automatic:
            complaint._acknowledge_receipt(message)
        return result

    def _heard(self, message):
        """Take note of what somebody wrote; only the customer's own answers do something."""
        side = self._whose(message.author_id.id, message.email_from)
        if side == "stranger":
            who = message.email_from or message.author_id.display_name
            self._note(
                self.env._("%s is not known for this complaint: nothing was done about the answer.", who)
            )
        elif side == "customer" and not (message.is_internal or message.subtype_id.internal):
            self._answered(message)

    def _answered(self, message):
        """Go on with what the customer answered."""
        if self.waiting_since:
            self.action_resume()
        if self.stage != "closed":
            return
        if self.original_id:
            self._copy_message(message, self.original_id)
        elif self._is_thanks(message):
            self._note(self.env._("The customer thanks: it stays closed."))
        elif self._is_reopening():
            self._reopen(self.env._("The customer answered."))
        else:
            self._follow_up(message)

    def _is_thanks(self, message):
        """Return whether an answer to a closed complaint wants nothing more; who sends a file wants something."""
        more = (self.company_id.complaint_thanks or "").splitlines()
        return not message.attachment_ids and mail_words.is_thanks(
            message.body, [one.strip() for one in more]
        )

    def _is_reopening(self):
        """Return whether an answer that comes now opens a closed complaint again."""
        days = self.company_id.complaint_reopen_days
        return bool(days) and fields.Datetime.now() - self.date_closed <= timedelta(days=days)

    def _follow_up(self, message):
        """Open a complaint that comes after this one, or go on with the one that is open already."""
        follow = self.search(
            [("follows_id", "=", self.id), ("stage", "!=", "closed")], order="id desc", limit=1
        )
        if not follow:
            is_mail = message.message_type == "email"
            follow = self.create(
                {
                    "follows_id": self.id,
                    "company_id": self.company_id.id,
                    "team_id": self.team_id.id,
                    "kind_id": self.kind_id.id,
                    "partner_id": self.partner_id.id,
                    "contact_name": self.contact_name,
                    "email_from": message.email_from if is_mail else self.email_from,
                    "sender_email": self.sender_email,
                    "phone": self.phone,
                    "order_id": self.order_id.id,
                    "picking_id": self.picking_id.id,
                    "move_id": self.move_id.id,
                    "source": "mail" if is_mail else "portal",
                    "summary": mail_words.summary(message.subject if is_mail else "", message.body)
                    or self.summary,
                    "description": message.body,
                }
            )
            follow = follow.with_context(complaint_receipt=True)
        self._copy_message(message, follow)

    def _copy_message(self, message, target):
        """Post a message with its files on another complaint too, where it is answered."""
        files = message.attachment_ids.copy({"res_model": target._name, "res_id": target.id})
        target.message_post(
            body=message.body,
            subject=message.subject,
            author_id=message.author_id.id,
            email_from=message.email_from,
            message_type=message.message_type,
            subtype_xmlid="mail.mt_comment",
            attachment_ids=files.ids,
        )
        self._note(self.env._("It goes on in %s.", target.display_name))
