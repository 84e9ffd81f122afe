from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize, html2plaintext, plaintext2html

from ..tools import mail_words

DOUBTS = [
    ("unknown", "No customer has this address."),
    ("ambiguous", "Several customers have this address."),
    ("colleague", "A colleague wrote: say for which customer."),
]


class CustomerComplaint(models.Model):
    """Complaints that come in by mail: who wrote, about which documents, and where answers go."""

    _inherit = "customer.complaint"

    sender_email = fields.Char(
        "Written From",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The address, as it is compared.",
    )
    sender_doubt = fields.Selection(
        DOUBTS, readonly=True, copy=False, help="Why nobody was found who wrote it."
    )
    is_automatic = fields.Boolean(
        "Sent by a Machine", readonly=True, copy=False, help="Is not answered automatically."
    )

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Override of `mail`: a mail is a complaint of the customer who has the sender's address, if one has it."""
        values = dict(custom_values or {})
        team = self.env["customer.service.team"].sudo().browse(values.get("team_id"))
        company = team._mail_company()
        values.update(self._sender_values(msg_dict.get("email_from"), company), source="mail")
        if values["sender_doubt"] == "ambiguous":
            msg_dict["author_id"] = False
        values.setdefault("company_id", company.id)
        body = msg_dict.get("body") or ""
        values["summary"] = mail_words.summary(msg_dict.get("subject"), body) or self.env._(
            "(without subject)"
        )
        long = len(body) > mail_words.LETTER
        values["description"] = plaintext2html(html2plaintext(body[: mail_words.LETTER])) if long else body
        values.update(self._documents_named(msg_dict.get("subject"), values["partner_id"], company))
        dropped = self._screen_mail_files(msg_dict, company)
        complaint = super().message_new(msg_dict, values)
        complaint._note_dropped(dropped)
        return complaint.with_context(complaint_receipt=True)

    def message_update(self, msg_dict, update_vals=None):
        """Override of `mail`: files within the limits come along; what a stranger writes is for our people only."""
        msg_dict["is_internal"] = bool(msg_dict.get("is_internal")) or (
            self._whose(msg_dict.get("author_id"), msg_dict.get("email_from")) == "stranger"
        )
        dropped = self._screen_mail_files(msg_dict, self.company_id)
        result = super().message_update(msg_dict, update_vals)
        self._note_dropped(dropped)
        return result

    # Who writes

    @api.model
    def _sender_values(self, email, company):
        """Return what a complaint knows by the address of who wrote it."""
        partner, doubt = self._sender(email, company)
        name = email.rpartition("<")[0].strip(' "') if email else ""
        contact = partner.name if partner and not partner.is_company else mail_words.plain(name)
        return {
            "partner_id": partner.id,
            "sender_doubt": doubt,
            "email_from": mail_words.plain(email) or False,
            "sender_email": email_normalize(email or "", strict=False) or False,
            "contact_name": contact or False,
            "phone": partner.phone,
        }

    @api.model
    def _sender(self, email, company):
        """Return the one customer that has an address, and why there is none.

        :return: the contact that has it, or its company when several of its contacts have it; nobody is made
        """
        partners = self.env["res.partner"].sudo()
        address = email_normalize(email or "", strict=False)
        if not address:
            return partners, "unknown"
        found = partners.search(
            [("email_normalized", "=", address), ("company_id", "in", (False, company.id))]
        )
        if any(not user.share for user in found.user_ids):
            return partners, "colleague"
        found -= found.filtered("ref_company_ids")
        payers = found.commercial_partner_id
        if len(payers) != 1:
            return partners, "ambiguous" if payers else "unknown"
        return (found if len(found) == 1 else payers), False

    @api.model
    def _is_own_address(self, address):
        """Return whether we send from an address ourselves: an alias, a catch-all, or that of a company."""
        if not address:
            return False
        if self.env["mail.alias.domain"].sudo()._find_aliases([address]):
            return True
        companies = self.env["res.company"].sudo().search([("email", "ilike", address)])
        return address in companies.mapped(lambda company: email_normalize(company.email or ""))

    def _whose(self, author_id, email):
        """Return on whose side somebody is who writes about a complaint: ours, customer or stranger."""
        complaint = self.sudo()
        author = self.env["res.partner"].sudo().browse(author_id or [])
        if any(not user.share for user in author.user_ids) or author == self.env.ref("base.partner_root"):
            return "ours"
        customer = complaint.commercial_partner_id
        if customer and author:
            same = author.commercial_partner_id == customer
            # A private person in copy is on the customer's side, another customer is not.
            if same or author.commercial_partner_id.customer_rank or author.commercial_partner_id.is_company:
                return "customer" if same else "stranger"
        address = email_normalize(email or "", strict=False) or author.email_normalized
        known = {complaint.sender_email, email_normalize(complaint.email_from or "")}
        known |= set(complaint._mail_cc_sanitized_raw_dict(complaint.email_cc))
        return "customer" if address and address in known else "stranger"

    # Which documents

    @api.model
    def _named_in(self, subject, address):
        """Return the complaint whose number is in a subject, if who writes is on the side of its customer."""
        names = mail_words.numbers(subject)
        if not names or not address:
            return self.browse()
        found = self.sudo().search([("name", "in", names)], limit=10)
        author = self.env["mail.thread"]._partner_find_from_emails_single([address], no_create=True)
        own = found.filtered(lambda complaint: complaint._whose(author[:1].id, address) == "customer")
        return own if len(own) == 1 else self.browse()

    @api.model
    def _documents_named(self, subject, partner_id, company):
        """Return the order, delivery and invoice of the customer whose numbers are in a subject."""
        customer = self.env["res.partner"].sudo().browse(partner_id or []).commercial_partner_id
        names = mail_words.numbers(subject)
        if not customer or not names:
            return {}
        found = {}
        for field, domain in self._document_domains(customer, company).items():
            documents = self.env[self._fields[field].comodel_name].sudo()
            document = documents.search(Domain(domain) & Domain("name", "in", names), limit=2)
            if len(document) == 1:
                found[field] = document.id
        return found

    @api.model
    def _document_domains(self, customer, company):
        """Return which orders, deliveries and invoices a customer may complain about."""
        own = [("partner_id", "child_of", customer.id), ("company_id", "=", company.id)]
        return {
            "order_id": [*own, ("state", "=", "sale")],
            "picking_id": [*own, ("picking_type_code", "=", "outgoing"), ("state", "!=", "cancel")],
            "move_id": [
                ("commercial_partner_id", "=", customer.id),
                ("company_id", "=", company.id),
                ("state", "=", "posted"),
                ("move_type", "=", "out_invoice"),
            ],
        }

    # Where answers go, and what comes back

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        """Override of `mail`: by the exact address, that an index finds; who has none is no loop with all others."""
        return [("sender_email", "=", email_from_normalized)] if email_from_normalized else []

    def _notify_get_reply_to_batch(self, defaults=None, author_ids=None):
        """Override of `mail`: answers go to the address of the team."""
        result = super()._notify_get_reply_to_batch(defaults, author_ids)
        teams = self.sudo().team_id.filtered("alias_email")
        addresses = teams._notify_get_reply_to_batch() if teams else {}
        for complaint in self.sudo():
            if complaint.team_id.id in addresses:
                result[complaint.id] = addresses[complaint.team_id.id]
        return result

    def _message_receive_bounce(self, email, partner):
        """Override of `mail`: our people read that an answer did not arrive."""
        result = super()._message_receive_bounce(email, partner)
        self._note(self.env._("A mail to %s came back: it was not delivered.", email))
        return result
