import json

from odoo.tests import tagged

from ..controllers.complaint_portal import ComplaintPortal
from .complaint_portal_case import PNG, ComplaintPortalCase


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
            "?search=%00",
        ):
            page = self.get(f"/my/complaints{query}")
            self.assertNotIn(self.other.name, page)
            self.assertNotIn("Secret fan", page.replace('value="Secret', ""))
        self.assertIn(self.own.name, self.get("/my/complaints"))
        counters = self.call("/my/counters", counters=["complaint_count"])
        self.assertEqual(counters["result"]["complaint_count"], 1)
        self.assertIn("/my/complaints", self.get("/my"))

    def test_a_page_of_the_list(self):
        self.patch(ComplaintPortal, "_items_per_page", 10)
        for number in range(12):
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
