import json

from odoo import http
from odoo.tests import HttpCase, tagged

from .door_case import DoorCase

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000"
    "000049454e44ae426082"
)


class ComplaintPortalCase(DoorCase, HttpCase):
    """Anna Ltd and Boris have a portal user each, and a complaint each with a file and an inner note."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visitor = cls._visitor("door_anna", cls.anna)
        cls.other_visitor = cls._visitor("door_boris", cls.boris)
        cls.own, cls.other = cls._complaint(), cls._complaint(cls.boris, summary="Secret fan")
        for complaint in (cls.own, cls.other):
            complaint.message_post(
                body="Hello customer",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                attachments=[("shown.png", PNG)],
            )
            complaint.message_post(body="Inner doubt", attachments=[("inner.png", PNG)])
        cls.own.finding = "<p>They broke it themselves</p>"

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def log_in(self, user):
        self.authenticate(user.login, user.login)

    def get(self, url, status=200):
        response = self.url_open(url, allow_redirects=False)
        self.assertEqual(response.status_code, status, f"{url}: {response.text[:300]}")
        return response.text

    def post(self, url, status=303, files=None, **values):
        data = {"csrf_token": http.Request.csrf_token(self), **values}
        response = self.url_open(url, data=data, files=files, allow_redirects=False)
        self.assertEqual(response.status_code, status, f"{url}: {response.text[:300]}")
        return response

    def call(self, url, **params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        return self.url_open(url, data=body, headers={"Content-Type": "application/json"}).json()

    def files(self, complaint, name):
        return self.env["ir.attachment"].search(
            [("res_model", "=", "customer.complaint"), ("res_id", "=", complaint.id), ("name", "=", name)]
        )


@tagged("post_install", "-at_install")
class TestComplaintPortal(ComplaintPortalCase):
    """A customer sees, files, answers and withdraws its own complaints, and knows nothing of those of others."""

    def test_the_list_shows_the_own_complaints_whatever_is_searched(self):
        self.log_in(self.visitor)
        for query in (
            "",
            "?search=Secret",
            "?filterby=open&sortby=stage",
            "?filterby=x&sortby=x",
            "?search=%25",
        ):
            page = self.get(f"/my/complaints{query}")
            self.assertNotIn(self.other.name, page)
            self.assertNotIn("Secret fan", page.replace('value="Secret', ""))
        self.assertIn(self.own.name, self.get("/my/complaints"))
        counters = self.call("/my/counters", counters=["complaint_count"])
        self.assertEqual(counters["result"]["complaint_count"], 1)
        self.assertIn("/my/complaints", self.get("/my"))

    def test_a_page_of_the_list(self):
        for number in range(25):
            self._complaint(summary=f"Leak {number}")
        self.log_in(self.visitor)
        self.assertIn("/my/complaints/page/2", self.get("/my/complaints"))
        self.get("/my/complaints/page/2")

    def test_a_page_tells_the_state_in_plain_words_and_nothing_of_what_we_think(self):
        self.log_in(self.visitor)
        page = self.get(f"/my/complaints/{self.own.id}")
        self.assertIn("Received", page)
        for inner in ("They broke it", "Inner doubt", "inner.png", "Test Quality", "severity"):
            self.assertNotIn(inner, page)

    def test_the_ids_of_others_are_not_found_on_any_route(self):
        self.log_in(self.visitor)
        for one in (self.other.id, 10**8):
            self.get(f"/my/complaints/{one}", 404)
            self.get(f"/my/complaints/{one}?access_token=guess", 404)
            for action in ("answer", "withdraw", "accept", "refuse", "delete"):
                self.post(f"/my/complaints/{one}/{action}", 404, text="x")
        self.assertEqual(self.other.stage, "listen")

    def test_the_token_of_one_complaint_opens_no_other(self):
        token = self.own._portal_ensure_token()
        for visitor in (None, self.other_visitor):
            self.authenticate(visitor and visitor.login, visitor and visitor.login)
            self.assertIn(self.own.name, self.get(f"/my/complaints/{self.own.id}?access_token={token}"))
            self.get(f"/my/complaints/{self.own.id}", 404)
            if not visitor:
                self.get(f"/my/complaints/{self.other.id}?access_token={token}", 404)

    def test_the_public_is_asked_to_log_in_or_finds_nothing(self):
        self.get("/my/complaints", 303)
        self.get("/my/complaints/new", 303)
        self.get(f"/my/complaints/{self.own.id}", 404)
        self.post(f"/my/complaints/{self.own.id}/withdraw", 404, text="x")

    def test_files_of_others_and_inner_files_are_refused_by_their_addresses(self):
        shown, inner = self.files(self.own, "shown.png"), self.files(self.own, "inner.png")
        foreign = self.files(self.other, "shown.png")
        token = self.own._portal_ensure_token()
        for visitor in (None, self.visitor):
            self.authenticate(visitor and visitor.login, visitor and visitor.login)
            for file in (inner, foreign, shown):
                for url in (
                    f"/web/content/{file.id}",
                    f"/web/content/{file.id}?access_token={token}",
                    f"/web/image/{file.id}?download=1&access_token={token}",
                    f"/mail/attachment/pdf_first_page/{file.id}?access_token={token}",
                ):
                    response = self.url_open(url, allow_redirects=False)
                    self.assertNotIn(PNG, response.content, url)
        allowed = self.url_open(f"/web/content/{shown.id}?access_token={shown._get_raw_access_token()}")
        self.assertIn(PNG, allowed.content)

    def test_messages_of_others_and_inner_notes_are_not_fetched(self):
        token = self.own._portal_ensure_token()
        for visitor in (None, self.visitor):
            self.authenticate(visitor and visitor.login, visitor and visitor.login)
            found = self.call(
                "/mail/chatter_fetch", thread_model="customer.complaint", thread_id=self.own.id, token=token
            )
            text = json.dumps(found)
            self.assertIn("Hello customer", text)
            for inner in ("Inner doubt", "inner.png"):
                self.assertNotIn(inner, text)
            for given in ({}, {"token": token}, {"token": "guess"}):
                foreign = self.call(
                    "/mail/chatter_fetch", thread_model="customer.complaint", thread_id=self.other.id, **given
                )
                self.assertNotIn("Hello customer", json.dumps(foreign))
                posted = self.call(
                    "/mail/message/post",
                    thread_model="customer.complaint",
                    thread_id=self.other.id,
                    post_data={"body": "I am not Boris"},
                    **given,
                )
                self.assertNotIn("result", posted)

    def test_who_holds_the_link_learns_no_followers_and_no_inner_files(self):
        token = self.own._portal_ensure_token()
        self.own.message_subscribe(self.agent.partner_id.ids)
        for visitor in (None, self.visitor):
            self.authenticate(visitor and visitor.login, visitor and visitor.login)
            asked = {
                "thread_model": "customer.complaint",
                "thread_id": self.own.id,
                "request_list": ["attachments", "followers", "activities", "suggestedRecipients"],
                "token": token,
                "access_params": {"token": token},
            }
            text = json.dumps(self.call("/mail/data", fetch_params=[["mail.thread", asked]]))
            self.assertNotIn("inner.png", text)
            self.assertNotIn(self.agent.partner_id.name, text)
            self.assertNotIn("selfFollower", text)

    def test_a_portal_user_has_no_rights_on_the_models(self):
        for model in ("customer.complaint", "customer.complaint.line", "customer.complaint.stage"):
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(self.env[model].with_user(self.visitor).has_access(operation))

    def test_where_the_company_wants_no_portal_there_is_none(self):
        self.env.company.complaint_portal = False
        self.log_in(self.visitor)
        self.get(f"/my/complaints/{self.own.id}", 404)
        self.get("/my/complaints/new", 404)

    # New complaints

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
                {"partner_id": one.id, "order_line": [(0, 0, {"product_id": product.id})]}
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
            post_data={"body": "It leaks again"},
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
            post_data={"body": "It leaks again"},
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

    def test_nothing_is_offered_unless_somebody_offers(self):
        self.assertFalse(self.own._portal_offer())
        self.log_in(self.visitor)
        self.post(f"/my/complaints/{self.own.id}/accept", 200, text="Yes")

    def test_without_the_mark_of_the_form_nothing_is_posted(self):
        self.log_in(self.visitor)
        response = self.url_open(f"/my/complaints/{self.own.id}/withdraw", data={"text": "x"})
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.own.stage, "listen")


@tagged("post_install", "-at_install")
class TestComplaintWithoutWebsite(ComplaintPortalCase):
    """Where the website is not installed there is no public form."""

    def test_there_is_no_form(self):
        if "website" in self.env:
            self.skipTest("the website is installed")
        self.get("/complaint", 404)
        self.post("/complaint", 404, summary="x")

    def _web(self, client="10.0.0.1", **values):
        values = {
            "contact": "Zed",
            "company": "Zed Ltd",
            "email": "zed@nowhere.example.com",
            "summary": "Leak",
            "description": "It leaks",
            **values,
        }
        public = self.complaints.with_user(self.env.ref("base.public_user")).sudo()
        return public._web_new(self.env.company, client, values, [])

    def test_who_writes_on_the_website_is_a_customer_only_by_its_address(self):
        complaint = self._web()
        self.assertEqual((complaint.source, complaint.partner_id.id), ("web", False))
        self.assertTrue(complaint.receipt_sent_on)
        self.assertEqual(self._web(email=self.anna.email).partner_id, self.anna)

    def test_more_than_the_company_takes_from_one_place_are_refused(self):
        for _number in range(5):
            self._web()
        with self.assertRaisesRegex(Exception, "Try again"):
            self._web()
        self.assertTrue(self._web(client="10.0.0.2"))

    def test_a_form_without_an_address_is_refused(self):
        for values in ({"email": "no address"}, {"description": " "}, {"contact": ""}, {"summary": "\n"}):
            with self.subTest(values=values), self.assertRaisesRegex(Exception, "valid e-mail"):
                self._web(**values)
