"""What the tests of mail, portal and website have in common: an address for complaints, and mail for it."""

from email.message import EmailMessage
from email.utils import make_msgid

from odoo.tests import new_test_user

from .service_case import ServiceCase

ALIAS = "complaints@gate.example.com"


class DoorCase(ServiceCase):
    """A team with the address complaints@gate.example.com; Anna Ltd and Boris have an address each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "gate.example.com"})
        cls.env.company.alias_domain_id = domain
        cls.env.company.email = "office@gate.example.com"
        cls.team.write({"alias_name": "complaints", "alias_domain_id": domain.id})
        cls.anna.email = "anna@anna.example.com"
        cls.boris.email = "boris@boris.example.com"
        cls.complaints = cls.env["customer.complaint"]

    @classmethod
    def _visitor(cls, login, partner):
        user = new_test_user(
            cls.env, login, "base.group_portal", company_id=cls.env.company.id, email=f"{login}@example.com"
        )
        user.company_ids = cls.env.company
        user.partner_id.parent_id = partner
        return user

    @classmethod
    def _letter(cls, subject="The kettle leaks", body="It leaks.", sender="anna@anna.example.com", **headers):
        """Return a mail as bytes; headers with underscores for hyphens, None leaves one out."""
        letter = EmailMessage()
        given = {"To": ALIAS, "Message_Id": make_msgid(domain="customer.example.com"), **headers}
        files = given.pop("files", ())
        html = given.pop("html", None)
        letter["From"] = sender
        if subject is not None:
            letter["Subject"] = subject
        for name, value in given.items():
            if value is not None:
                letter[name.replace("_", "-")] = value
        letter.set_content(body)
        if html:
            letter.add_alternative(html, subtype="html")
        for name, content in files:
            letter.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
        return letter.as_bytes()

    @classmethod
    def _receive(cls, letter):
        """Give a mail to the gateway, and return the complaint that it made or belongs to."""
        found = cls.env["mail.thread"].message_process(None, letter)
        return cls.complaints.browse(found or [])

    @classmethod
    def _write_in(cls, *args, **kwargs):
        return cls._receive(cls._letter(*args, **kwargs))

    @classmethod
    def _answer_to(cls, complaint, body="It still leaks.", **kwargs):
        """Answer the last message of a complaint that has been sent, as a mail program does."""
        last = complaint.message_ids.filtered(lambda one: one.message_type in ("email", "auto_comment"))[:1]
        subject = kwargs.pop("subject", f"Re: {complaint.summary}")
        return cls._write_in(subject, body, In_Reply_To=last.message_id, References=last.message_id, **kwargs)

    @classmethod
    def _closed(cls, complaint):
        complaint.kind_id = cls.kind
        cls._take(complaint, "closed")
        return complaint
