"""The public complaint form, with the host's website beside the suite: what strangers can send, and what they see."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from unittest import TestCase

import requests

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / ".dev"))

from databases import House  # noqa: E402  (the path to it is set just above)
from demo import free_port, wait  # noqa: E402

PREPARE = r"""
import json
env["ir.module.module"].search([("name", "=", "website")]).button_immediate_install()
env = env(user=2)
env.company.write({"complaint_web_limit": 100, "complaint_file_size": 1, "complaint_file_count": 3})
partner = env["res.partner"].create({"name": "Anna Ltd", "email": "anna@anna.example.com"})
secret = env["customer.complaint"].create({"partner_id": partner.id, "summary": "Secret fan"})
file = env["ir.attachment"].create(
    {"name": "secret.txt", "raw": b"secret", "res_model": secret._name, "res_id": secret.id})
env.cr.commit()
print("MADE", json.dumps({"company": env.company.id, "partner": partner.id, "secret": secret.id,
    "name": secret.name, "file": file.id, "token": secret._portal_ensure_token()}))
env.cr.commit()
"""
GOOD = {
    "contact": "Zed",
    "company": "Zed Ltd",
    "email": "zed@nowhere.example.com",
    "phone": "+86 10 5550 0100",
    "summary": "Kettles leak",
    "description": "All of them.",
}
FIELDS = ["name", "summary", "description", "source", "partner_id", "email_from", "contact_name", "phone"]


class TestWebsiteForm(TestCase):
    """One database with the website, one server, and visitors without an account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = House(browser=False)
        cls.name = f"cm_test_website_{os.getpid()}"
        cls.house.copy(cls.house.template(demo=False), cls.name)
        cls.addClassCleanup(cls.house.drop, cls.name)
        cls.addClassCleanup(lambda: cls.house.config(cls.name).unlink(missing_ok=True))
        options = ("--no-http", "--log-level=error")
        said = cls.house.odoo(cls.name, *options, command=("shell",), input=PREPARE).stdout
        made = [line for line in said.splitlines() if line.startswith("MADE")]
        assert made, said[-4000:]
        cls.made = json.loads(made[0].split(" ", 1)[1])
        cls.serve()
        cls.office = requests.Session()
        cls.addClassCleanup(cls.office.close)
        cls.ask("/web/session/authenticate", db=cls.name, login="admin", password="admin")

    @classmethod
    def serve(cls):
        port = free_port(None)
        cls.url = f"http://127.0.0.1:{port}"
        log = cls.house.data / f"{cls.name}.log"
        cls.addClassCleanup(log.unlink)
        words = [cls.house.python, cls.house.source.launcher, "-c", cls.house.config(cls.name, port)]
        with log.open("w", encoding="utf-8") as out:
            server = subprocess.Popen(
                [str(word) for word in words], env=cls.house.env, stdout=out, stderr=out
            )
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.terminate)
        wait(server, port, log)

    # What the office sees, over the network as well

    @classmethod
    def ask(cls, path, **params):
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = cls.office.post(cls.url + path, json=body, timeout=60).json()
        assert "error" not in answer, answer
        return answer["result"]

    @classmethod
    def call(cls, model, method, *args, **kwargs):
        return cls.ask(
            f"/web/dataset/call_kw/{model}/{method}", model=model, method=method, args=args, kwargs=kwargs
        )

    def kept(self):
        """Return what came in by the form, the latest first."""
        domain = [("source", "=", "web")]
        return self.call("customer.complaint", "search_read", domain, fields=FIELDS, order="id desc")

    # What a visitor does

    def setUp(self):
        self.visitor = requests.Session()
        self.addCleanup(self.visitor.close)

    def get(self, path):
        return self.visitor.get(self.url + path, timeout=60)

    def send(self, files=(), **values):
        """Open the form, fill it in and send it; return the answer after the redirect."""
        page = self.get("/complaint").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        data = {"csrf_token": token, **GOOD, **values}
        sent = [("files", one) for one in files]
        return self.visitor.post(f"{self.url}/complaint", data=data, files=sent, timeout=60)

    def refused(self, answer, words, status=200):
        """What was sent is refused with these words, nothing is kept, and the form keeps what was written."""
        self.assertEqual(answer.status_code, status)
        self.assertRegex(answer.text, words)
        self.assertIn('name="description"', answer.text)
        self.assertNotIn("Its number", answer.text)

    def test_a_stranger_files_a_complaint_with_a_file_and_reads_its_number(self):
        answer = self.send([("rust.txt", b"All rusty")])
        self.assertEqual(answer.status_code, 200)
        complaint = self.kept()[0]
        self.assertIn(f"<strong>{complaint['name']}</strong>", answer.text)
        self.assertEqual(complaint["partner_id"], False)
        self.assertEqual((complaint["summary"], complaint["phone"]), (GOOD["summary"], GOOD["phone"]))
        self.assertEqual(
            (complaint["email_from"], complaint["contact_name"]), (GOOD["email"], "Zed · Zed Ltd")
        )
        domain = [("res_model", "=", "customer.complaint"), ("res_id", "=", complaint["id"])]
        files = self.call("ir.attachment", "search_read", domain, fields=["name", "raw"])
        self.assertEqual([one["name"] for one in files], ["rust.txt"])
        number = len(self.kept())
        self.assertIn(
            complaint["name"], self.get("/complaint?sent=1").text, "read again, and nothing is sent again"
        )
        self.assertEqual(len(self.kept()), number)
        self.assertNotIn(complaint["name"], requests.get(f"{self.url}/complaint?sent=1", timeout=60).text)

    def test_a_customer_is_known_by_its_address_but_not_told_so(self):
        known, stranger = self.send(email="anna@anna.example.com"), self.send()
        complaint = self.kept()[1]
        self.assertEqual(complaint["partner_id"][0], self.made["partner"])
        said = [re.sub(r"C\d{6}-\d{4}|csrf_token.*", "", one.text) for one in (known, stranger)]
        self.assertEqual(*(re.search("o_complaint_web.*?</section>", one, re.S).group() for one in said))

    def test_the_form_asks_for_a_captcha_where_the_website_has_one(self):
        self.assertIn('data-captcha="customer_complaint"', self.get("/complaint").text)

    def test_without_the_token_of_the_page_nothing_is_kept(self):
        before = len(self.kept())
        self.get("/complaint")
        for token in ({}, {"csrf_token": "0" * 40 + "o9999999999"}):
            answer = self.visitor.post(f"{self.url}/complaint", data={**GOOD, **token}, timeout=60)
            self.assertEqual(answer.status_code, 400)
        self.assertEqual(len(self.kept()), before)

    def test_who_fills_the_field_that_nobody_sees_is_thanked_for_nothing(self):
        before = len(self.kept())
        answer = self.send(homepage="http://spam.example.com")
        self.assertIn("Thank you", answer.text)
        self.assertNotIn("Its number", answer.text)
        self.assertEqual(len(self.kept()), before)

    def test_files_too_large_too_many_or_of_a_wrong_kind_are_refused(self):
        before = len(self.kept())
        text = ("a.txt", b"a")
        for files, words in (
            ([("large.jpg", b"x" * 1_200_000)], r"1\.1 MB; the most is 1 MB"),
            ([text] * 4, "at most 3 files at a time, not 4"),
            ([("virus.exe", b"MZ")], "of a kind that we do not take"),
            (
                [("page.txt", b"<!DOCTYPE html><html><script>alert(1)</script></html>")],
                "of a kind that we do not",
            ),
            ([text, ("../../etc/passwd", b"root")], "of a kind that we do not take"),
        ):
            with self.subTest(words=words):
                answer = self.send(files, summary="Kept in the form")
                self.refused(answer, words)
                self.assertIn('value="Kept in the form"', answer.text)
                self.assertIn("Choose your files again", answer.text)
        self.assertEqual(len(self.kept()), before)

    def test_what_is_missing_is_said(self):
        before = len(self.kept())
        for values in ({"email": "no address"}, {"contact": " "}, {"summary": ""}, {"description": "\u200b"}):
            with self.subTest(values=values):
                self.refused(self.send(**values), "valid e-mail")
        self.assertEqual(len(self.kept()), before)

    def test_hostile_text_stays_text_and_long_text_stays_whole(self):
        script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
        self.send(summary=script, description=script, contact=script, company="\x00\u202ecod.exe")
        complaint = self.kept()[0]
        self.assertEqual(complaint["summary"], script)
        self.assertNotIn("<script", complaint["description"])
        self.assertNotIn("<img", complaint["description"])
        self.assertIn("&lt;script", complaint["description"])
        self.assertTrue(complaint["contact_name"].endswith("cod.exe"))
        self.assertNotIn("\u202e", complaint["contact_name"])
        self.refused(self.send(summary=script, email="x"), "&lt;script&gt;alert")
        self.send(description="漏" * 10_000, summary="长" * 5_000)
        complaint = self.kept()[0]
        self.assertEqual((complaint["description"].count("漏"), len(complaint["summary"])), (10_000, 200))

    def test_nobody_sets_what_the_form_does_not_ask(self):
        self.send(stage="closed", partner_id=self.made["partner"], user_id=2, source="phone", web_client="me")
        complaint = self.kept()[0]
        stage = self.call("customer.complaint", "read", [complaint["id"]], ["stage", "user_id"])[0]["stage"]
        self.assertEqual((stage, complaint["partner_id"]), ("listen", False))

    def test_more_than_the_company_takes_in_an_hour_are_refused(self):
        limit = {"complaint_web_limit": len(self.kept()) + 1}
        self.call("res.company", "write", [self.made["company"]], limit)
        try:
            self.assertIn("Its number", self.send().text)
            self.refused(self.send(), "Try again in an hour", status=429)
            self.assertEqual(len(self.kept()), limit["complaint_web_limit"])
        finally:
            self.call("res.company", "write", [self.made["company"]], {"complaint_web_limit": 100})

    def test_a_company_that_wants_no_form_has_none(self):
        self.call("res.company", "write", [self.made["company"]], {"complaint_web": False})
        try:
            self.assertEqual(self.get("/complaint").status_code, 404)
        finally:
            self.call("res.company", "write", [self.made["company"]], {"complaint_web": True})

    def test_the_public_sees_no_other_complaint(self):
        secret, name = self.made["secret"], self.made["name"]
        self.send()
        for path in (
            "/complaint?sent=1",
            "/my/complaints",
            f"/my/complaints/{secret}",
            f"/my/complaints/{secret}?access_token=wrong",
            f"/web/content/{self.made['file']}",
            f"/web/content/{self.made['file']}?access_token={self.made['token']}x",
            f"/odoo/complaints/{secret}",
            f"/mail/view?model=customer.complaint&res_id={secret}",
        ):
            with self.subTest(path=path):
                page = self.get(path).text
                self.assertNotIn(name, page)
                self.assertNotRegex(page.lower(), "secret fan|^secret$")
        call = {"model": "customer.complaint", "method": "search_read", "args": [[]], "kwargs": {}}
        body = {"jsonrpc": "2.0", "method": "call", "params": call}
        path = "/web/dataset/call_kw/customer.complaint/search_read"
        self.assertIn("error", self.visitor.post(self.url + path, json=body, timeout=60).json())
        own = self.get(f"/my/complaints/{secret}?access_token={self.made['token']}")
        self.assertIn("Secret fan", own.text, "who holds the link sees that one")
