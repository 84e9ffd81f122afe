from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools import plaintext2html

from ..tools import mail_words

SHOWN_LINES = 200
# The way of a complaint as a customer sees it: which stages make up each part.
PARTS = (("listen", "confirm"), ("assess",), ("agree",), ("carry_out", "follow_up"), ("closed",))


class CustomerComplaint(models.Model):
    """What a customer sees of its complaints in the portal, in plain words, and what it can do there.

    Nothing of what we found, think or pay is told: a page shows what these methods return.
    """

    _inherit = "customer.complaint"

    @api.model
    def _portal_domain(self, user):
        """Return which complaints are those of a user's company."""
        customer = user.sudo().partner_id.commercial_partner_id
        if user._is_public():
            return Domain.FALSE
        return Domain(
            [("commercial_partner_id", "=", customer.id), ("company_id", "in", user.sudo().company_ids.ids)]
        )

    @api.model
    def _portal_customer(self, user):
        """Return the customer for which a portal user complains; nobody where the company does not want so."""
        customer = user.sudo().partner_id.commercial_partner_id
        wanted = user.sudo().company_id.complaint_portal
        return customer if wanted and user.share and not user._is_public() else customer.browse()

    def _portal_state(self):
        """Return how far the complaint is, in words for the customer, and a colour for them.

        :rtype: tuple[str, str]
        """
        self.ensure_one()
        if self.stage == "closed":
            return {
                "settled": (self.env._("Settled"), "success"),
                "rejected": (self.env._("Not accepted"), "secondary"),
                "withdrawn": (self.env._("Withdrawn by you"), "secondary"),
                "duplicate": (self.env._("Goes on in another complaint"), "secondary"),
            }[self.outcome]
        if self.waiting_since:
            return self.env._("We wait for your answer"), "warning"
        return {
            "listen": (self.env._("Received"), "info"),
            "confirm": (self.env._("We check the facts"), "info"),
            "assess": (self.env._("We look for the cause"), "info"),
            "agree": (self.env._("We work out what we can do"), "info"),
            "carry_out": (self.env._("We put it right"), "info"),
            "follow_up": (self.env._("Put right: please tell us if something is missing"), "success"),
        }[self.stage]

    def _portal_steps(self):
        """Return the way of a complaint for the customer: words, and whether each part is reached."""
        self.ensure_one()
        words = [
            self.env._("Received"),
            self.env._("Examined"),
            self.env._("Solution"),
            self.env._("Put right"),
            self.env._("Closed"),
        ]
        at = next(number for number, stages in enumerate(PARTS) if self.stage in stages)
        return [(text, number <= at) for number, text in enumerate(words)]

    def _portal_actions(self):
        """Return what the customer can do now: answer, withdraw, accept, refuse."""
        self.ensure_one()
        if self.stage == "closed":
            return []
        offer = ["accept", "refuse"] if self._portal_offer() else []
        return [*(["answer"] if self.waiting_since else []), *offer, "withdraw"]

    def _portal_offer(self):
        """Hook: return what the customer is offered and has not answered yet, as the system.

        :return: None, or ``{"lines": [text, ...], "text": text}`` in the customer's words
        """
        self.ensure_one()

    def _portal_offer_answer(self, accepted, reason):
        """Hook: the customer accepts or refuses what it was offered, as the system.

        :param bool accepted: whether it accepts
        :param str reason: what it said to it
        """

    def _portal_act(self, action, text, files=()):
        """Do what the customer chose on its page, as the system.

        :param str action: one of those that ``_portal_actions`` returns
        :param files: name and content of each file
        :raises ValidationError: when it cannot be done now, or lacks something
        """
        self.ensure_one()
        text = mail_words.plain(text).strip()[: mail_words.LETTER]
        complaint = self.with_user(SUPERUSER_ID)
        if action not in complaint._portal_actions():
            raise ValidationError(self.env._("This is not possible any more: read the page again, please."))
        if action in ("answer", "refuse", "withdraw") and not (text or files):
            raise ValidationError(self.env._("Write a few words, please."))
        if text or files:
            self._portal_say(text, self._screen_files(files, complaint.company_id))
        if action == "withdraw":
            complaint._withdraw(self.env._("Withdrawn by the customer: %s", text or "-"))
        elif action in ("accept", "refuse"):
            complaint._portal_offer_answer(action == "accept", text)

    def _portal_say(self, text, files):
        """Post what the customer says on its page, with its files."""
        user = self.env.user
        author = (user.partner_id if not user._is_public() else self.sudo().partner_id) or None
        self.with_user(SUPERUSER_ID).with_context(attachments_mime_plainxml=True).message_post(
            body=plaintext2html(text),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            author_id=author.id if author else False,
            email_from=author.email_formatted if author else self.sudo().email_from,
            attachments=files,
        )

    # A new complaint

    @api.model
    def _portal_choices(self, user):
        """Return what a customer may choose for a new complaint: its own orders, deliveries, invoices and goods."""
        customer, company = self._portal_customer(user), user.sudo().company_id
        found = {}
        for field, domain in self._document_domains(customer, company).items():
            documents = self.env[self._fields[field].comodel_name].sudo()
            found[field] = documents.search(domain, order="id desc", limit=SHOWN_LINES)
        lines = self.env["sale.order.line"].sudo()
        found["sale_line_id"] = lines.search(
            [*self._line_domain(customer, company)], order="order_id desc, id", limit=SHOWN_LINES
        )
        kinds = self.env["customer.complaint.kind"].sudo().with_context(lang=user.lang)
        found["kind_id"] = kinds.search([("company_id", "in", (False, company.id))])
        return found

    @api.model
    def _line_domain(self, customer, company):
        return [
            ("order_id.partner_id", "child_of", customer.id),
            ("company_id", "=", company.id),
            ("state", "=", "sale"),
            ("display_type", "=", False),
            ("product_id", "!=", False),
        ]

    @api.model
    def _portal_new(self, user, posted, files):
        """Take in a complaint that a customer wrote in the portal.

        :param dict posted: what the form says; ids of others are refused
        :param files: name and content of each file
        :return: the complaint, as the system
        :raises ValidationError: when something is missing, or is not the customer's own
        """
        customer, company = self._portal_customer(user), user.sudo().company_id
        text = mail_words.plain(posted.get("description")).strip()[: mail_words.LETTER]
        title = mail_words.summary(posted.get("summary"))
        if not title or not text:
            raise ValidationError(self.env._("Say in a line what it is about, and below it what happened."))
        files = self._screen_files(files, company)
        complaints = self.with_user(SUPERUSER_ID).with_company(company)
        partner = user.sudo().partner_id
        complaint = complaints.create(
            {
                **complaints._portal_documents(customer, company, posted),
                **complaints._portal_claim(posted),
                "partner_id": partner.id,
                "sender_email": partner.email_normalized,
                "company_id": company.id,
                "source": "portal",
                "summary": title,
                "description": plaintext2html(text),
            }
        )
        complaint.with_user(user).sudo()._portal_say(text, files)
        complaint._acknowledge_receipt()
        return complaint

    @api.model
    def _portal_documents(self, customer, company, posted):
        """Return the documents, goods and kind of a form, all of them the customer's own."""
        domains = self._document_domains(customer, company)
        kinds = [("company_id", "in", (False, company.id))]
        values = {
            field: self._own(self._fields[field].comodel_name, posted.get(field), domain).id
            for field, domain in {**domains, "kind_id": kinds}.items()
        }
        goods, sold = [], self._line_domain(customer, company)
        for number in range(3):
            line = self._own("sale.order.line", posted.get(f"line_{number}"), sold)
            if line:
                quantity = self._number(posted.get(f"quantity_{number}")) or 1
                goods.append(Command.create({"sale_line_id": line.id, "quantity": quantity}))
                values["order_id"] = values["order_id"] or line.order_id.id
        return {**values, "line_ids": goods}

    @api.model
    def _own(self, model, given, domain):
        """Return what a form chose of a model, nothing when it chose nothing.

        :raises ValidationError: when it is not among what may be chosen
        """
        found = self.env[model].sudo()
        if not given:
            return found
        if str(given).isdecimal() and len(str(given)) < 10:
            found = found.search([("id", "=", int(given)), *domain], limit=1)
        if not found:
            raise ValidationError(self.env._("Choose one of the entries of the list."))
        return found

    @api.model
    def _portal_claim(self, posted):
        """Return what the customer asks for, from a form; money is in the currency of the complaint."""
        return {
            "claim_amount": self._number(posted.get("claim_amount")),
            "claim_quantity": self._number(posted.get("claim_quantity")),
            "claim_other": mail_words.summary(posted.get("claim_other")) or False,
        }

    @api.model
    def _number(self, given):
        """Return a positive number of a form; nothing is 0.

        :raises ValidationError: when it is no number
        """
        given = str(given or "").strip().replace(",", ".")
        if not given:
            return 0
        try:
            number = float(given)
        except ValueError:
            number = -1
        if not 0 <= number < 10**12:
            raise ValidationError(self.env._("“%s” is not a number that we understand.", given[:40]))
        return number

    # What the host's own routes tell somebody who holds the link

    def _thread_to_store(self, store, fields, *, request_list=None):
        """Override of `mail`: a customer with the link is told nothing of followers, activities and inner files."""
        if not self.env.user._is_internal() and request_list:
            request_list = [name for name in request_list if name in ("attachments", "display_name")]
        return super()._thread_to_store(store, fields, request_list=request_list)
