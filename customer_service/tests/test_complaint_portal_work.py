from odoo.tests import tagged

from .complaint_portal_case import PNG, ComplaintPortalCase


@tagged("post_install", "-at_install")
class TestComplaintPortalWork(ComplaintPortalCase):
    """What a customer does in the portal: file a complaint, answer, withdraw."""

    def _new(self, status=303, **values):
        files = values.pop("files", None)
        values = {"summary": "Kettles leak", "description": "Since Monday <b>all</b>", **values}
        return self.post("/my/complaints/new", status, files=files, **values)

    def test_a_customer_files_a_complaint_with_a_file(self):
        self.log_in(self.visitor)
        self.get("/my/complaints/new")
        self._new(kind_id=self.kind.id, claim_amount="12,5", files=[("files", ("p.png", PNG, "image/png"))])
        complaint = self.complaints.search([("summary", "=", "Kettles leak")])
        self.assertEqual(complaint.partner_id, self.visitor.partner_id)
        self.assertEqual((complaint.source, complaint.claim_amount), ("portal", 12.5))
        self.assertNotIn("<b>", complaint.description)
        file = self.files(complaint, "p.png")
        self.assertEqual((file.res_id, bool(file.public)), (complaint.id, False))
        self.assertIn(file, complaint._portal_messages().attachment_ids)
        self.assertTrue(complaint.receipt_sent_on)

    def test_documents_and_goods_of_others_are_refused(self):
        product = self.env["product.product"].create({"name": "Kettle", "type": "service"})
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": one.id,
                    "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 5})],
                }
                for one in (self.anna, self.boris)
            ]
        )
        orders.action_confirm()
        own, other = orders
        self.log_in(self.visitor)
        page = self.get("/my/complaints/new")
        self.assertIn(own.name, page)
        self.assertNotIn(other.name, page)
        before = self.complaints.search_count([])
        for values in (
            {"order_id": other.id},
            {"line_0": other.order_line.id},
            {"order_id": "1 OR 1=1"},
            {"move_id": 10**12},
            {"claim_amount": "-5"},
            {"claim_amount": "nan"},
            {"claim_quantity": "many"},
        ):
            with self.subTest(values=values):
                self._new(200, **values)
        self.assertEqual(self.complaints.search_count([]), before)
        self._new(line_0=own.order_line.id, quantity_0="2")
        complaint = self.complaints.search([("summary", "=", "Kettles leak")])
        self.assertEqual((complaint.order_id, complaint.line_ids.quantity), (own, 2))

    def test_hostile_files_are_refused_or_made_harmless(self):
        self.log_in(self.visitor)
        for name, content in (
            ("run.exe", b"MZ" + b"0" * 100),
            ("page.html", b"<html><script>x</script></html>"),
            ("image.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
            ("noend", b"x"),
            ("big.png", PNG + b"0" * (1024 * 1024 + 1)),
        ):
            self.env.company.complaint_file_size = 1
            with self.subTest(name=name):
                page = self._new(200, files=[("files", (name, content, "image/png"))]).text
                self.assertIn("alert-danger", page)
        many = [("files", (f"{number}.png", PNG, "image/png")) for number in range(21)]
        self._new(200, files=many)
        self._new(files=[("files", ('../..\\<b>"x.txt', b"words", "text/html"))])
        complaint = self.complaints.search([("summary", "=", "Kettles leak")])
        file = complaint.message_ids.attachment_ids
        self.assertNotRegex(file.name, r'[<>"/\\]')
        self.assertEqual(file.mimetype, "text/plain")

    # What a customer does

    def test_an_answer_ends_the_waiting(self):
        self.own.action_acknowledge()
        self.own.action_wait()
        self.log_in(self.visitor)
        self.assertIn("o_complaint_answer", self.get(f"/my/complaints/{self.own.id}"))
        self.post(f"/my/complaints/{self.own.id}/answer", 200, text=" ")
        self.post(
            f"/my/complaints/{self.own.id}/answer",
            text="Here it is <script>",
            files=[("files", ("p.png", PNG, "image/png"))],
        )
        self.own.invalidate_recordset()
        self.assertFalse(self.own.waiting_since)
        said = self.own._portal_messages()[:1]
        self.assertEqual(said.author_id, self.visitor.partner_id)
        self.assertNotIn("<script>", said.body)
        self.assertNotIn("o_complaint_answer", self.get(f"/my/complaints/{self.own.id}"))

    def test_a_message_in_the_chatter_is_an_answer_too(self):
        self._closed(self.own)
        self.log_in(self.visitor)
        posted = self.call(
            "/mail/message/post",
            thread_model="customer.complaint",
            thread_id=self.own.id,
            post_data={
                "body": "It leaks again",
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
            },
            token=self.own._portal_ensure_token(),
        )
        self.assertIn("result", posted)
        self.own.invalidate_recordset()
        self.assertEqual(self.own.stage, "assess")

    def test_another_customer_with_the_link_reopens_nothing(self):
        self._closed(self.own)
        self.log_in(self.other_visitor)
        self.call(
            "/mail/message/post",
            thread_model="customer.complaint",
            thread_id=self.own.id,
            post_data={
                "body": "It leaks again",
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
            },
            token=self.own._portal_ensure_token(),
        )
        self.own.invalidate_recordset()
        self.assertEqual(self.own.stage, "closed")

    def test_a_customer_withdraws_with_a_reason_and_only_once(self):
        self.log_in(self.visitor)
        self.post(f"/my/complaints/{self.own.id}/withdraw", 200, text="")
        self.post(f"/my/complaints/{self.own.id}/withdraw", text="It was our fault")
        self.own.invalidate_recordset()
        self.assertEqual((self.own.stage, self.own.outcome), ("closed", "withdrawn"))
        page = self.post(f"/my/complaints/{self.own.id}/withdraw", 200, text="again").text
        self.assertIn("not possible any more", page)

    def test_who_only_holds_the_link_withdraws_nothing_under_another_name(self):
        token = self.own._portal_ensure_token()
        self.log_in(self.other_visitor)
        self.post(f"/my/complaints/{self.own.id}/withdraw", 404, text="x", access_token=token)
        self.authenticate(None, None)
        self.post(f"/my/complaints/{self.own.id}/withdraw", text="x", access_token=token)
        self.own.invalidate_recordset()
        self.assertEqual(self.own.outcome, "withdrawn")

    def test_nothing_is_offered_unless_somebody_offers(self):
        self.assertFalse(self.own._portal_offer())
        self.log_in(self.visitor)
        self.post(f"/my/complaints/{self.own.id}/accept", 200, text="Yes")

    def test_without_the_mark_of_the_form_nothing_is_posted(self):
        self.log_in(self.visitor)
        response = self.url_open(f"/my/complaints/{self.own.id}/withdraw", data={"text": "x"})
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.own.stage, "listen")
