from odoo import SUPERUSER_ID, fields, models
from odoo.tools import email_normalize

AUTOMATIC = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}


class CustomerComplaint(models.Model):
    """The mail that tells a customer at once that its complaint came in."""

    _inherit = "customer.complaint"

    receipt_sent_on = fields.Datetime("Receipt Sent", readonly=True, copy=False)

    def _receipt_lang(self):
        """Return the language of who complains; nobody knows that of a stranger: then it is the company's."""
        return self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang

    def _receipt_link(self):
        """Return the page of the complaint, for who holds the link."""
        complaint = self.sudo()
        return f"{complaint.get_base_url()}{complaint._get_share_url()}"

    def _acknowledge_receipt(self, message=None):
        """Tell the customer once that the complaint came in, unless the company does not want so.

        :param message: what the customer wrote, to which it answers
        """
        complaint = self.with_user(SUPERUSER_ID).with_context(complaint_receipt=False)
        address = email_normalize(complaint.email_from or "", strict=False)
        if (
            complaint.receipt_sent_on
            or complaint.is_automatic
            or not complaint.company_id.complaint_acknowledge
            or not address
            or complaint._is_own_address(address)
        ):
            return
        template = self.env.ref("customer_service.complaint_receipt_template", raise_if_not_found=False)
        if not template:
            return
        complaint.receipt_sent_on = fields.Datetime.now()
        lang = complaint._receipt_lang()
        template = template.sudo().with_context(lang=lang)
        fill = {
            name: template._render_field(name, complaint.ids, set_lang=lang)[complaint.id]
            for name in ("subject", "body_html")
        }
        company = complaint.company_id
        complaint.with_context(complaint_automatic=True, lang=lang).message_post(
            body=fill["body_html"],
            subject=fill["subject"],
            message_type="auto_comment",
            subtype_xmlid="mail.mt_comment",
            author_id=company.partner_id.id,
            email_from=company.partner_id.email_formatted or False,
            outgoing_email_to=address,
            parent_id=message.id if message else False,
            email_layout_xmlid="mail.mail_notification_light",
            mail_auto_delete=False,
            email_add_signature=False,
        )

    def _notify_by_email_get_headers(self, headers=None):
        """Override of `mail`: no machine answers what a machine wrote."""
        headers = super()._notify_by_email_get_headers(headers=headers)
        return {**headers, **AUTOMATIC} if self.env.context.get("complaint_automatic") else headers
