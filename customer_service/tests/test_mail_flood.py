import collections

from odoo.tests import tagged
from odoo.tools import mute_logger

from .door_case import DoorCase
from .mail_flood import flood


@tagged("post_install", "-at_install")
class TestMailFlood(DoorCase):
    """Two hundred real-looking mails through the host's gateway: each is accounted for, none is lost or doubled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.complaint_file_size = 1
        domain = cls.team.alias_domain_id.id
        cls.env["customer.service.team"].create(
            {"name": "Second", "alias_name": "second", "alias_domain_id": domain}
        )
        # A third of the senders are customers.
        cls.customers = cls.env["res.partner"].create(
            [
                {
                    "name": f"Flood {number}",
                    "email": f"c{number}@flood{number}.example.com",
                    "is_company": True,
                }
                for number in range(10)
            ]
        )

    def _let_in(self, letter):
        """Return the complaint of a mail, as the gateway tells; empty for none, None for a refusal."""
        try:
            with self.env.cr.savepoint():
                return self._receive(letter.raw)
        except ValueError as error:
            self.assertIn("No possible route", str(error), letter.raw[:300])
            return None

    def _found(self, letter):
        """Return the messages that carry the mark of a mail."""
        return self.env["mail.message"].search(
            [
                ("body", "like", letter.mark),
                ("model", "=", "customer.complaint"),
                ("message_type", "in", ("email", "out_of_office")),
            ]
        )

    @mute_logger("odoo.addons.mail.models.mail_thread", "odoo.addons.mail.models.mail_mail")
    def test_every_mail_is_accounted_for(self):
        letters = flood()
        self.assertEqual(len(letters), 200)
        before = self.complaints.search([])
        partners = self.env["res.partner"].search_count([])
        got = {letter.number: self._let_in(letter) for letter in letters}
        copies = collections.Counter(letter.raw for letter in letters)
        for letter in letters:
            with self.subTest(number=letter.number, kind=letter.kind):
                self._account(letter, got, letters, copies)
        made = self.complaints.search([]) - before
        news = [letter for letter in letters if letter.fate == "new"]
        self.assertEqual(len(made), len(news), "one complaint for each mail that is one")
        self.assertEqual(self.env["res.partner"].search_count([]), partners, "nobody was made")
        known = made.filtered("partner_id")
        self.assertTrue(known)
        self.assertLessEqual(known.partner_id, self.customers)
        once = made.filtered(
            lambda one: len(one.message_ids.filtered(lambda two: two.message_type == "auto_comment")) > 1
        )
        self.assertFalse(once, "nobody gets two receipts")

    def _account(self, letter, got, letters, copies):
        """Check what became of a mail."""
        found, complaint = self._found(letter), got[letter.number]
        if letter.fate == "refused":
            self.assertIsNone(complaint)
        elif letter.fate == "ignored":
            self.assertFalse(complaint)
        elif letter.fate == "new":
            self.assertEqual(found.mapped("res_id"), complaint.ids)
            self.assertTrue(complaint.summary)
            self.assertNotIn("<script", complaint.description or "")
            for name in letter.drops:
                self.assertNotIn(name, complaint.message_ids.attachment_ids.mapped("name"))
                self.assertTrue(
                    complaint.message_ids.filtered(lambda one, name=name: name in (one.body or ""))
                )
            if letter.kind == "winmail":
                self.assertEqual(found.attachment_ids.mapped("name"), ["winmail.dat"])
        else:
            self.assertEqual(complaint, got[letter.to])
            self.assertEqual(found.mapped("res_id"), complaint.ids)
            self.assertEqual(found.subtype_id.internal, letter.fate == "note")
        if letter.fate not in ("ignored", "refused"):
            self.assertEqual(len(found), 1, letter.raw[:300])


@tagged("post_install", "-at_install")
class TestIntakeQueries(DoorCase):
    """Taking in a mail costs as much with many complaints as with few."""

    def _queries(self, number):
        letter = self._letter(f"S{number:05d} leaks", sender=f"s{number}@queries.example.com")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertTrue(self._receive(letter))
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_the_queries_of_a_mail_do_not_grow_with_the_complaints(self):
        self._queries(0)
        few = self._queries(1)
        for number in range(60):
            self._complaint(summary=f"Leak {number}")
        many = self._queries(2)
        self.assertLessEqual(many, few + 2)
