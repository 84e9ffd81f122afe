import hashlib
import hmac
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize, plaintext2html

from ..exceptions import ComplaintTooManyError
from ..tools import mail_words


class CustomerComplaint(models.Model):
    """Complaints from the public form of the website."""

    _inherit = "customer.complaint"

    web_client = fields.Char(readonly=True, copy=False, index="btree_not_null", groups="base.group_system")

    @api.model
    def _web_new(self, company, client, posted, files):
        """Take in a complaint that somebody wrote on the website.

        :param str client: the address in the network; kept only as a mark that cannot be read back
        :param dict posted: company, contact, email, phone, summary, description
        :param files: name and content of each file
        :return: the complaint, as the system
        :raises ComplaintTooManyError: when too many came from there within an hour
        :raises ValidationError: when something is missing
        """
        given = self._web_given(posted)
        files = self._screen_files(files, company)
        client = self._web_mark(client)
        self._web_refuse_many(company, client)
        complaints = self.with_user(SUPERUSER_ID).with_company(company)
        partner, doubt = complaints._sender(given["email_from"], company)
        complaint = complaints.create(
            {
                **given,
                **complaints._documents_named(given["summary"], partner.id, company),
                "partner_id": partner.id,
                "sender_doubt": doubt,
                "sender_email": given["email_from"],
                "company_id": company.id,
                "source": "web",
                "web_client": client,
            }
        )
        complaint.with_context(attachments_mime_plainxml=True).message_post(
            body=given["description"],
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=partner.id,
            email_from=given["email_from"],
            attachments=files,
        )
        complaint._acknowledge_receipt()
        return complaint

    @api.model
    def _web_given(self, posted):
        """Return what somebody wrote into the form, as values of a complaint.

        :raises ValidationError: when something is missing
        """
        given = {
            name: mail_words.summary(posted.get(name)) for name in ("company", "contact", "phone", "summary")
        }
        text = mail_words.plain(posted.get("description")).strip()[: mail_words.LETTER]
        address = email_normalize(mail_words.plain(posted.get("email")))
        if not (given["summary"] and text and given["contact"] and address):
            raise ValidationError(
                self.env._("Give your name, a valid e-mail address, what it is about and what happened.")
            )
        return {
            "summary": given["summary"],
            "description": plaintext2html(text),
            "contact_name": " · ".join(one for one in (given["contact"], given["company"]) if one),
            "email_from": address,
            "phone": given["phone"] or False,
        }

    @api.model
    def _web_mark(self, client):
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return hmac.new(secret.encode(), (client or "").encode(), hashlib.sha256).hexdigest()[:32]

    @api.model
    def _web_refuse_many(self, company, client):
        """:raises ComplaintTooManyError: when as many came from one place within an hour as the company takes"""
        hour = fields.Datetime.now() - timedelta(hours=1)
        came = [("web_client", "=", client), ("company_id", "=", company.id), ("create_date", ">=", hour)]
        if self.sudo().search_count(came, limit=company.complaint_web_limit) >= company.complaint_web_limit:
            raise ComplaintTooManyError(
                self.env._("That is more than we can take at a time. Try again in an hour, or call us.")
            )
