from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .portal_case import PortalCase


@tagged("post_install", "-at_install")
class TestDealerPortal(PortalCase):
    """What is one's own is shown, what is another's is not found."""

    def test_a_dealer_sees_its_figures_and_pages_in_plain_words(self):
        self.log_in(self.visitor)
        home = self.get("/my/dealer")
        for text in (self.contract.name, "300.00", "past due", "Statement of Account", "Deals"):
            self.assertIn(text, home)
        self.assertNotIn("700.00", home)
        self.assertIn("/my/dealer", self.get("/my/home"))

    def test_every_page_shows_own_records_only(self):
        self.log_in(self.visitor)
        for code, own, foreign in (
            ("contracts", self.contract.name, self.other_contract.name),
            ("deals", "Beach Hotel", "Secret Hotel"),
            ("statement", self.invoice.name, self.other_invoice.name),
            ("card", self.dealer.code, self.other_dealer.code),
        ):
            with self.subTest(code):
                text = self.get(f"/my/dealer/{code}")
                self.assertIn(own, text)
                self.assertNotIn(foreign, text)

    def test_what_is_another_s_is_not_found_by_any_road(self):
        token = "?access_token=1"
        paper = self.env["ir.attachment"].create(
            {"name": "x", "raw": b"x", "res_model": "customer.dealer.deal", "res_id": self.other_deal.id}
        )
        self.log_in(self.visitor)
        for url in (
            f"/my/dealer/deals/{self.other_deal.id}",
            f"/my/dealer/deals/{self.other_deal.id}{token}",
            f"/my/dealer/card/{self.other_dealer.id}",
            f"/my/dealer/statement/{self.other_invoice.line_ids[0].id}",
            f"/my/dealer/deals/{self.other_deal.id}/file/{paper.id}",
            f"/my/dealer/deals/{self.deal.id}/file/{paper.id}",
            f"/my/dealer/as/{self.other_dealer.id}",
            "/my/dealer/deals/99999999",
            "/my/dealer/nothing",
        ):
            with self.subTest(url):
                self.get(url, 404)
        self.get(f"/my/dealer/deals/{self.deal.id}")
        self.get(f"/my/dealer/contracts/{self.contract.id}")
        text = self.url_open(f"/my/dealer/contracts/{self.other_contract.id}").text
        self.assertNotIn(self.other_contract.name, text)

    def test_times_are_those_of_the_visitor(self):
        shown = set()
        for zone in ("UTC", "Asia/Shanghai"):
            page = self.env["customer.dealer.page"].with_context(tz=zone)._page("deals")
            shown.add(page._shown(page._one(self.dealer, self.deal.id), "create_date"))
        self.assertEqual(len(shown), 2)

    def test_hostile_orders_pages_and_filters_show_nothing_else(self):
        self.log_in(self.visitor)
        for query in (
            "?sortby=dealer_id.partner_id",
            "?sortby=1;drop",
            "?dealer_id=1&search=Secret",
            "?page=9",
        ):
            with self.subTest(query):
                text = self.get(f"/my/dealer/deals{query}")
                self.assertIn("Beach Hotel", text)
                self.assertNotIn("Secret Hotel", text)
        self.assertIn("Beach Hotel", self.get("/my/dealer/deals/page/7?sortby=-amount"))

    def test_who_is_no_dealer_finds_nothing_and_strangers_log_in_first(self):
        self.assertIn("/web/login", self.url_open("/my/dealer", allow_redirects=False).headers["Location"])
        employee = new_test_user(self.env, "employee_no_dealer", "base.group_user")
        employee.partner_id.parent_id = self.anna
        for user in (new_test_user(self.env, "guest_portal", "base.group_portal"), employee):
            with self.subTest(user.login):
                self.log_in(user)
                self.get("/my/dealer", 404)
                self.get("/my/dealer/deals", 404)

    def test_a_closed_dealer_and_who_has_left_it_are_refused(self):
        self.log_in(self.visitor)
        self.get("/my/dealer")
        self.dealer.sudo().closed_on = "2025-06-01"
        self.get("/my/dealer", 404)
        self.get(f"/my/dealer/deals/{self.deal.id}", 404)
        self.dealer.sudo().closed_on = False
        self.get("/my/dealer")
        self.visitor.sudo().partner_id.parent_id = False
        self.get("/my/dealer", 404)

    def test_the_dealer_of_another_company_is_another_dealer(self):
        company = self.env["res.company"].create({"name": "Sister"})
        there = (
            self.env["customer.dealer"]
            .sudo()
            .create({"partner_id": self.anna.id, "type_id": self.type.id, "company_id": company.id})
        )
        self.log_in(self.visitor)
        self.get(f"/my/dealer/as/{there.id}", 404)
        self.visitor.sudo().company_ids += company
        self.assertIn("Sister", self.get("/my/dealer"))
        self.get(f"/my/dealer/as/{there.id}", 303)
        self.assertNotIn("Beach Hotel", self.get("/my/dealer/deals"))
        self.get(f"/my/dealer/deals/{self.deal.id}", 404)

    def test_a_dealer_registers_a_deal_which_protects_nothing_yet(self):
        self.log_in(self.visitor)
        self.get("/my/dealer/deals/new")
        self.post(
            "/my/dealer/deals/new",
            end_customer="New Hotel <b>",
            amount="1500",
            date_expected="2026-12-01",
            dealer_id=str(self.other_dealer.id),
            approval_state="approved",
            protected_until="2099-01-01",
        )
        deal = self.env["customer.dealer.deal"].search([("end_customer", "=", "New Hotel <b>")])
        self.assertEqual(
            (deal.dealer_id, deal.state, deal.source, deal.amount, deal.protected_until),
            (self.dealer, "draft", "portal", 1500, False),
        )
        self.assertNotIn("<b>", self.get(f"/my/dealer/deals/{deal.id}").split("New Hotel")[1][:5])

    @mute_logger("odoo.sql_db")
    def test_what_is_missing_or_wrong_is_said_and_nothing_is_saved(self):
        self.log_in(self.visitor)
        before = self.env["customer.dealer.deal"].search_count([("dealer_id", "=", self.dealer.id)])
        for values, words in (
            ({"end_customer": " "}, "fill in"),
            ({"end_customer": "A", "amount": "much"}, "not valid"),
            ({"end_customer": "A", "amount": "nan"}, "not valid"),
            ({"end_customer": "A", "date_expected": "soon"}, "not valid"),
            ({"end_customer": "A" * 1000}, "not valid"),
            ({"end_customer": "A\0"}, "not valid"),
            ({"end_customer": "A", "amount": "1e308"}, "not valid"),
            ({"end_customer": "A", "amount": "-1"}, "negative"),
        ):
            with self.subTest(values):
                self.assertIn(words, self.post("/my/dealer/deals/new", 200, **values).text)
        after = self.env["customer.dealer.deal"].search_count([("dealer_id", "=", self.dealer.id)])
        self.assertEqual(before, after)

    def test_a_dealer_reports_on_its_own_deals_only(self):
        self.log_in(self.visitor)
        self.post(f"/my/dealer/deals/{self.deal.id}/report", dealer_report="They like it", amount="1")
        self.assertEqual((self.deal.dealer_report, self.deal.amount), ("They like it", 0))
        self.post(f"/my/dealer/deals/{self.other_deal.id}/report", 404, dealer_report="Ours")
        self.post(f"/my/dealer/deals/{self.deal.id}/action_won", 404)
        response = self.url_open(
            f"/my/dealer/deals/{self.deal.id}/report", data={"dealer_report": "No token"}
        )
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.other_deal.dealer_report)

    def test_a_file_in_place_of_a_text_is_nothing_typed(self):
        self.log_in(self.visitor)
        token = http.Request.csrf_token(self)
        answer = self.url_open(
            "/my/dealer/deals/new", data={"csrf_token": token}, files={"end_customer": ("a.txt", b"A")}
        )
        self.assertIn("fill in", answer.text)

    def test_a_refusal_does_not_name_what_is_another_s(self):
        self.other_deal.sudo()._approval_write({"approval_state": "approved"})
        for record, vals, name in (
            (self.other_deal, {"note": "Ours"}, "Secret Hotel"),
            (self.other_contract, {"date_to": "2098-12-31"}, self.other_contract.name),
        ):
            with self.subTest(record._name), self.assertRaises(AccessError) as refused:
                record.with_user(self.visitor).write(vals)
            self.assertNotIn(name, str(refused.exception))
