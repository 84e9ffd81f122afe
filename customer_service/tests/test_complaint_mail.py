from datetime import timedelta

from odoo.tests import tagged

from ..tools import mail_words
from .door_case import ALIAS, DoorCase


@tagged("post_install", "-at_install")
class TestComplaintMail(DoorCase):
    """A mail becomes a complaint of who wrote it, with all that it says, and gets one receipt."""

    def test_a_mail_becomes_a_complaint_of_the_customer_with_its_address(self):
        complaint = self._write_in(Cc="carl@anna.example.com, complaints@gate.example.com")
        self.assertEqual(complaint.partner_id, self.anna)
        self.assertEqual((complaint.source, complaint.summary), ("mail", "The kettle leaks"))
        self.assertIn("It leaks.", complaint.description)
        self.assertEqual((complaint.team_id, complaint.company_id), (self.team, self.env.company))
        self.assertIn("carl@anna.example.com", complaint.email_cc)

    def test_an_unknown_sender_is_nobody_and_no_partner_is_made(self):
        before = self.env["res.partner"].search_count([])
        complaint = self._write_in(sender="Zed <zed@nowhere.example.com>")
        self.assertFalse(complaint.partner_id)
        self.assertEqual((complaint.sender_doubt, complaint.contact_name), ("unknown", "Zed"))
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_an_address_of_two_customers_is_nobody_and_of_two_contacts_their_company(self):
        self.boris.email = "shared@example.com"
        other = self.env["res.partner"].create({"name": "Cyril", "email": "shared@example.com"})
        complaint = self._write_in(sender="shared@example.com")
        self.assertEqual((complaint.partner_id.id, complaint.sender_doubt), (False, "ambiguous"))
        self.assertFalse(complaint.message_ids.filtered(lambda one: one.message_type == "email").author_id)
        other.parent_id = self.boris
        self.assertEqual(self._write_in(sender="shared@example.com").partner_id, self.boris)

    def test_a_colleague_who_forwards_a_complaint_is_not_the_customer(self):
        self.agent.email = "agent@house.example.com"
        complaint = self._write_in(sender="agent@house.example.com")
        self.assertEqual((complaint.partner_id.id, complaint.sender_doubt), (False, "colleague"))

    def test_a_customer_of_another_company_is_not_found(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.boris.company_id = other
        self.assertEqual(self._write_in(sender=self.boris.email).sender_doubt, "unknown")

    def test_the_subject_is_kept_in_a_line_or_taken_from_the_body(self):
        self.assertEqual(self._write_in(None, "Broken again.\nReally").summary, "Broken again. Really")
        self.assertEqual(self._write_in("", " ").summary, "(without subject)")
        self.assertEqual(len(self._write_in("x" * 3000).summary), 200)
        self.assertEqual(self._write_in("Re: Fwd: 回复: 水壶漏水").summary, "水壶漏水")

    def test_scripts_do_not_come_in(self):
        html = "<p onclick='x()'>Hi<script>alert(1)</script><img src=x onerror=alert(1)></p>"
        complaint = self._write_in(html=html)
        for text in (complaint.description, complaint.message_ids.filtered("body")[-1].body):
            self.assertNotIn("script", text)
            self.assertNotIn("onerror", text)

    def test_files_are_kept_and_those_beyond_the_limit_are_named(self):
        self.env.company.complaint_file_size = 1
        files = [("ok.bin", b"1" * 1000), ("../../huge.bin", b"1" * (2 * 1024 * 1024))]
        complaint = self._write_in(files=files)
        attached = self.env["ir.attachment"].search(
            [("res_model", "=", "customer.complaint"), ("res_id", "=", complaint.id)]
        )
        self.assertEqual(attached.mapped("name"), ["ok.bin"])
        self.assertTrue(complaint.message_ids.filtered(lambda one: "huge.bin (2.0 MB)" in (one.body or "")))
        self.env.company.complaint_file_count = 1
        two = self._write_in(files=[("a.bin", b"a"), ("b.bin", b"b")])
        self.assertEqual(two.message_ids.attachment_ids.mapped("name"), ["a.bin"])

    def test_an_order_in_the_subject_is_found_if_it_is_the_senders(self):
        product = self.env["product.product"].create({"name": "Kettle", "type": "service"})
        orders = self.env["sale.order"].create(
            [
                {"partner_id": one.id, "order_line": [(0, 0, {"product_id": product.id})]}
                for one in (self.anna, self.boris)
            ]
        )
        orders.action_confirm()
        own, other = orders
        self.assertEqual(self._write_in(f"订单{own.name}有问题").order_id, own)
        self.assertFalse(self._write_in(f"Order {other.name} is late").order_id)

    def test_two_addresses_in_a_mail_make_one_complaint(self):
        self.env["customer.service.team"].create(
            {"name": "Second", "alias_name": "second", "alias_domain_id": self.team.alias_domain_id.id}
        )
        before = self.complaints.search_count([])
        self.assertTrue(self._write_in(To=f"{ALIAS}, second@gate.example.com"))
        self.assertEqual(self.complaints.search_count([]), before + 1)

    # Receipts

    def test_a_receipt_goes_out_once_in_the_language_of_the_customer_and_tells_nothing_else(self):
        complaint = self._write_in()
        receipt = complaint.message_ids.filtered(lambda one: one.message_type == "auto_comment")
        self.assertEqual(len(receipt), 1)
        self.assertIn(complaint.name, receipt.subject)
        self.assertIn(complaint.access_token, receipt.body)
        self.assertNotIn("It leaks", receipt.body)
        mail = self.env["mail.mail"].search([("mail_message_id", "=", receipt.id)])
        self.assertEqual(mail.email_to, "anna@anna.example.com")
        self.assertIn("auto-replied", mail.headers)
        self.assertIn(ALIAS, receipt.reply_to)
        complaint._acknowledge_receipt()
        self._answer_to(complaint)
        self.assertEqual(
            len(complaint.message_ids.filtered(lambda one: one.message_type == "auto_comment")), 1
        )

    def test_no_receipt_where_the_company_wants_none_or_a_machine_wrote(self):
        for headers in ({"Precedence": "bulk"}, {"Auto_Submitted": "auto-generated"}):
            complaint = self._write_in(**headers)
            self.assertTrue(complaint.is_automatic)
            self.assertFalse(complaint.receipt_sent_on)
        self.assertFalse(self._write_in(sender="noreply@anna.example.com").receipt_sent_on)
        self.env.company.complaint_acknowledge = False
        self.assertFalse(self._write_in().receipt_sent_on)

    # Loops

    def test_our_own_mail_and_automatic_answers_make_no_complaint(self):
        for sender, headers in (
            (ALIAS, {}),
            ("office@gate.example.com", {}),
            ("anna@anna.example.com", {"Auto_Submitted": "auto-replied"}),
            ("anna@anna.example.com", {"X_Autoreply": "yes"}),
            ("anna@anna.example.com", {"Return_Path": "<>"}),
        ):
            with self.subTest(sender=sender, headers=headers):
                self.assertFalse(self._write_in(sender=sender, **headers))
        for subject in ("Automatic reply: x", "Out of Office", "自动回复:收到", "自動回覆: 好"):
            self.assertFalse(self._write_in(subject))

    def test_a_sender_that_writes_without_end_is_stopped_by_the_host(self):
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", "3")
        made = [bool(self._write_in(f"Mail {number}", sender="loop@example.com")) for number in range(5)]
        self.assertEqual(made, [True, True, True, False, False])
        self.assertTrue(self._write_in(sender="loop@example.com.cn"), "a similar address is another one")

    def test_an_out_of_office_to_our_receipt_is_kept_and_changes_nothing(self):
        complaint = self._write_in()
        complaint.action_acknowledge()
        complaint.action_wait()
        self._answer_to(complaint, "I am away", Auto_Submitted="auto-replied")
        self.assertTrue(complaint.waiting_since)
        kept = complaint.message_ids.filtered(lambda one: "I am away" in (one.body or ""))
        self.assertTrue(kept.subtype_id.internal)

    def test_a_bounce_of_our_receipt_is_told_to_our_people(self):
        complaint = self._write_in()
        receipt = complaint.message_ids.filtered(lambda one: one.message_type == "auto_comment")
        self._write_in(
            "Undelivered", sender="MAILER-DAEMON@x.example.com", In_Reply_To=receipt.message_id, To=ALIAS
        )
        self.assertEqual(complaint.stage, "listen")

    def test_a_mail_without_an_id_that_is_fetched_again_is_the_same(self):
        letter = self._letter(Message_Id=None, Date="Mon, 05 Jan 2026 10:00:00 +0800")
        self.assertTrue(self._receive(letter))
        self.assertFalse(self._receive(letter))


@tagged("post_install", "-at_install")
class TestComplaintReply(DoorCase):
    """Answers of the customer go on, open again or begin anew; those of others do nothing."""

    def _expire(self, complaint, days):
        complaint.sudo().date_closed -= timedelta(days=days)

    def test_an_answer_finds_its_complaint_and_ends_the_waiting(self):
        complaint = self._write_in()
        complaint.action_acknowledge()
        complaint.action_wait()
        self.assertEqual(self._answer_to(complaint), complaint)
        self.assertFalse(complaint.waiting_since)

    def test_the_number_in_the_subject_is_enough_for_the_own_customer_only(self):
        complaint = self._write_in()
        self.assertEqual(self._write_in(f"About {complaint.name}!"), complaint)
        other = self._write_in(f"About {complaint.name}!", sender=self.boris.email)
        self.assertNotEqual(other, complaint)
        self.assertEqual(other.partner_id, self.boris)

    def test_an_answer_within_the_window_reopens_it(self):
        complaint = self._closed(self._write_in())
        self._answer_to(complaint)
        self.assertEqual((complaint.stage, complaint.reopen_count), ("assess", 1))

    def test_a_thank_you_does_not_reopen_it(self):
        complaint = self._closed(self._write_in())
        for text in (
            "Thank you very much!",
            "Great, thanks.\n\nOn Monday you wrote:\n> does it still leak?",
            "谢谢,已解决",
        ):
            self._answer_to(complaint, text)
            self.assertEqual(complaint.stage, "closed", text)
        self.assertEqual(len(complaint.message_ids.filtered(lambda one: one.message_type == "email")), 4)

    def test_a_later_answer_opens_a_new_one_and_the_next_goes_there(self):
        complaint = self._closed(self._write_in())
        self._expire(complaint, 31)
        self._answer_to(complaint, "It leaks again, see the photo", files=[("photo.bin", b"x")])
        self.assertEqual(complaint.stage, "closed")
        follow = self.complaints.search([("follows_id", "=", complaint.id)])
        self.assertEqual((len(follow), follow.partner_id, follow.source), (1, self.anna, "mail"))
        copied = follow.message_ids.filtered(lambda one: one.message_type == "email")
        self.assertEqual(copied.attachment_ids.mapped("res_id"), [follow.id])
        self.assertTrue(follow.receipt_sent_on)
        self._answer_to(complaint, "One more thing")
        self.assertEqual(self.complaints.search([("follows_id", "=", complaint.id)]), follow)
        self.assertEqual(len(follow.message_ids.filtered(lambda one: one.message_type == "email")), 2)

    def test_zero_days_never_reopen(self):
        self.env.company.complaint_reopen_days = 0
        complaint = self._closed(self._write_in())
        self._answer_to(complaint)
        self.assertEqual(complaint.stage, "closed")
        self.assertTrue(self.complaints.search([("follows_id", "=", complaint.id)]))

    def test_an_answer_to_a_duplicate_goes_to_the_original(self):
        first, second = self._write_in(), self._write_in()
        second._mark_duplicate(first)
        self._answer_to(second, "More about it")
        self.assertTrue(first.message_ids.filtered(lambda one: "More about it" in (one.body or "")))
        self.assertEqual(second.stage, "closed")

    def test_another_customer_does_not_reopen_and_is_not_shown_to_the_first(self):
        complaint = self._closed(self._write_in())
        self._answer_to(complaint, "Me too", sender=self.boris.email)
        self.assertEqual(complaint.stage, "closed")
        said = complaint.message_ids.filtered(lambda one: "Me too" in (one.body or ""))
        self.assertTrue(said.subtype_id.internal)
        self.assertNotIn(said, complaint._portal_messages())
        self.assertTrue(complaint.message_ids.filtered(lambda one: "not known" in (one.body or "")))

    def test_who_is_in_copy_is_on_the_customers_side(self):
        complaint = self._closed(self._write_in(Cc="home@private.example.com"))
        self._answer_to(complaint, sender="home@private.example.com")
        self.assertEqual(complaint.stage, "assess")


@tagged("post_install", "-at_install")
class TestMailWords(DoorCase):
    """What a mail says, word by word."""

    def test_thanks_and_what_is_more_than_thanks(self):
        for text in (
            "Thanks!",
            "OK, got it.",
            "Perfect, problem solved. Cheers, Anna",
            "No problem, thank you",
            "谢谢!",
            "好的,收到,非常感谢",
            "没问题,谢谢",
            "謝謝您,已解決",
            "<p>Thank you</p><blockquote>Why does it leak?</blockquote>",
            "感谢\n\n发件人: 客服\n还有什么问题吗?",
        ):
            self.assertTrue(mail_words.is_thanks(text), text)
        for text in (
            "",
            "It leaks.",
            "Thanks, but it leaks.",
            "Thanks. When will it come?",
            "Thank you, please call me",
            "Thanks for nothing, it is still broken",
            "谢谢,但是还漏水",
            "谢谢,什么时候能修好?",
            "謝謝,請盡快處理",
            "收到的货不对",
            "Great " + "x" * 200,
            "I don't thank you",
        ):
            self.assertFalse(mail_words.is_thanks(text), text)
        self.assertTrue(mail_words.is_thanks("Dufte!", ["dufte"]))
