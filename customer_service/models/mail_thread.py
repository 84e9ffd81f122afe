import logging

from odoo import api, models
from odoo.tools import email_normalize

from ..tools import mail_words

_logger = logging.getLogger(__name__)
COMPLAINT = "customer.complaint"


class MailThread(models.AbstractModel):
    """What the mail gateway has to know about complaints before it opens or continues one."""

    _inherit = "mail.thread"

    def _message_parse_extract_payload(self, message, message_dict, save_original=False):
        """Override of `mail`: no mail is lost for a charset that nobody knows."""
        mail_words.make_readable(message)
        return super()._message_parse_extract_payload(message, message_dict, save_original=save_original)

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        """Override of `mail`: one mail is one complaint, and our own mail and machines that answer are none."""
        routes = super().message_route(message, message_dict, model, thread_id, custom_values)
        if not any(route[0] == COMPLAINT for route in routes or ()):
            return routes
        ours = next(route for route in routes if route[0] == COMPLAINT)
        others = [route for route in routes if route[0] != COMPLAINT]
        ours = self._complaint_route(message, message_dict, ours)
        return [*([ours] if ours else []), *others]

    @api.model
    def _complaint_route(self, message, message_dict, route):
        """Return where a mail goes that is for complaints, or None where it is not to be answered.

        Two aliases of complaints in one mail make one complaint: the first takes it.
        """
        self._complaint_mail_clean(message, message_dict)
        sender = email_normalize(message_dict.get("email_from") or "", strict=False)
        automatic = mail_words.automatic(message, message_dict.get("subject"), sender)
        complaints = self.env[COMPLAINT].sudo()
        known = self.env["mail.message"].sudo()
        reason = None
        if not message.get("Message-Id") and known.search_count(
            [("message_id", "=", message_dict["message_id"])], limit=1
        ):
            reason = "it was fetched before"
        elif complaints._is_own_address(sender):
            reason = "we sent it ourselves"
        elif automatic == "reply" and not route[1]:
            reason = "it is an automatic answer that belongs to no complaint"
        if reason:
            _logger.info("Ignored mail %s from %s: %s", message_dict["message_id"], sender, reason)
            return None
        name, thread, values, user, alias = route
        if not thread:
            thread = complaints._named_in(message_dict.get("subject"), sender).id or thread
        if thread and automatic == "reply":
            # It is kept for our people, and changes nothing.
            message_dict.update(message_type="out_of_office", is_internal=True)
        elif not thread:
            values = {**(values or {}), "is_automatic": bool(automatic)}
        return name, thread, values, user, alias

    @api.model
    def _complaint_mail_clean(self, message, message_dict):
        """Take out of a mail what the database cannot store; a mail without an id gets one that lasts."""
        if not message.get("Message-Id"):
            message_dict["message_id"] = mail_words.lasting_id(message)
        for name in ("subject", "email_from", "cc", "to", "cc_filtered", "to_filtered"):
            if message_dict.get(name):
                message_dict[name] = mail_words.plain(message_dict[name])
        body = message_dict.get("body")
        if body:
            clean = str(body).replace("\0", "").encode("utf-8", "replace").decode("utf-8")
            message_dict["body"] = type(body)(clean)
