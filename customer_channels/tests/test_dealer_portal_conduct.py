from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .conduct_case import ConductCase
from .portal_case import PortalCase
from .rebate_case import RebateCase


@tagged("post_install", "-at_install")
class TestDealerPortalConduct(PortalCase, ConductCase, RebateCase):
    """Rebates, targets, cases and stock: a dealer answers to its own and finds no other's."""

    def _checked(self, plan, dealer):
        statement = self._statement(plan, "2025-03-31", dealer=dealer)
        statement.sudo()._approval_write({"approval_state": "approved"})
        return statement

    def test_rebates_targets_cases_and_stock_of_others_are_not_found(self):
        plan = self._plan((0, 10), period="quarter")
        records = {
            "rebates": [self._checked(plan, dealer) for dealer in (self.dealer, self.other_dealer)],
            "cases": [self._heard_case(dealer) for dealer in (self.dealer, self.other_dealer)],
        }
        stock = self.env["customer.dealer.stock.report"]
        records["stock"] = [
            stock.create({"dealer_id": dealer.id, "month": "2025-01-01"})
            for dealer in (self.dealer, self.other_dealer)
        ]
        self._target(5000)
        self._target(777000, self.other_dealer)
        self.log_in(self.visitor)
        for code, (own, foreign) in records.items():
            with self.subTest(code):
                self.get(f"/my/dealer/{code}/{own.id}")
                self.get(f"/my/dealer/{code}/{foreign.id}", 404)
        self.assertNotIn("777,000", self.get("/my/dealer/targets"))

    def test_a_dealer_agrees_with_a_checked_statement_once_and_with_its_own_only(self):
        plan = self._plan((0, 10), period="quarter")
        own, foreign = (self._checked(plan, dealer) for dealer in (self.dealer, self.other_dealer))
        self.log_in(self.visitor)
        self.post(f"/my/dealer/rebates/{own.id}/confirm")
        self.assertEqual((own.state, own.confirmed_by_id), ("confirmed", self.visitor))
        self.post(f"/my/dealer/rebates/{own.id}/confirm", 404)
        self.post(f"/my/dealer/rebates/{foreign.id}/confirm", 404)
        self.assertEqual(foreign.state, "checked")

    def test_a_dealer_answers_a_case_and_appeals_against_the_decision(self):
        self._paid_deposit(1000)
        case = self._case()
        case.action_accept()
        self.log_in(self.visitor)
        self.get(f"/my/dealer/cases/{case.id}", 404)
        case.action_found()
        self.post(f"/my/dealer/cases/{case.id}/answer", answer="They were stolen.", deduction="0")
        self.assertEqual(case.answer, "They were stolen.")
        case.action_heard()
        case.write({"decision": "The codes are ours.", "deduction": 123})
        self.assertNotIn("123", self.get(f"/my/dealer/cases/{case.id}"))
        case.action_submit()
        case.with_user(self.boss).action_approve()
        self.assertIn("123", self.get(f"/my/dealer/cases/{case.id}"))
        self.post(f"/my/dealer/cases/{case.id}/appeal", appeal="Here is the report.")
        self.assertEqual((case.state, case.appeal), ("appealed", "Here is the report."))

    def _last_month(self, months=1):
        return fields.Date.subtract(self.today.replace(day=1), months=months)

    def _begun_report(self):
        """Return a report of the last month that the dealer has begun: three pots were bought, one each."""
        self._sell(300, self._last_month(), quantity=3)
        self.log_in(self.visitor)
        self.post("/my/dealer/stock/new", month=str(self._last_month()))
        return self.env["customer.dealer.stock.report"].search([("dealer_id", "=", self.dealer.id)])

    def test_a_dealer_files_its_stock(self):
        report = self._begun_report()
        line = report.line_ids
        self.assertEqual((line.product_id, line.bought), (self.pot, 3))
        self.assertIn(f'name="closing-{line.id}"', self.get(f"/my/dealer/stock/{report.id}"))
        self.post(f"/my/dealer/stock/{report.id}/count", **{f"closing-{line.id}": "1.5"})
        self.assertEqual((report.state, line.closing), ("draft", 1.5))
        self.post(
            f"/my/dealer/stock/{report.id}/file", **{f"opening-{line.id}": "2", f"closing-{line.id}": "1"}
        )
        self.assertEqual((report.state, line.sold), ("filed", 4))
        self.post(f"/my/dealer/stock/{report.id}/count", 404, **{f"closing-{line.id}": "9"})
        self.assertNotIn('<input type="number"', self.get(f"/my/dealer/stock/{report.id}"))

    def test_nothing_typed_is_not_a_stock_of_zero(self):
        report = self._begun_report()
        answer = self.post(f"/my/dealer/stock/{report.id}/file", 200).text
        self.assertIn(self.pot.name, answer)
        self.assertEqual(report.state, "draft")
        self.post(f"/my/dealer/stock/{report.id}/file", **{f"closing-{report.line_ids.id}": "0"})
        self.assertEqual((report.state, report.line_ids.closing), ("filed", 0))

    def test_a_stock_that_cannot_be_is_refused_in_words(self):
        report = self._begun_report()
        line = report.line_ids
        foreign = self.env["customer.dealer.stock.report"].create(
            {
                "dealer_id": self.other_dealer.id,
                "month": self._last_month(),
                "line_ids": [Command.create({"product_id": self.pot.id, "closing": 7})],
            }
        )
        with mute_logger("odoo.sql_db"):
            for text in ("-1", "1e300", "nan", "many", "\0"):
                with self.subTest(text):
                    values = {f"closing-{line.id}": text}
                    page = self.post(f"/my/dealer/stock/{report.id}/file", 200, **values).text
                    self.assertIn("alert-danger", page)
        values = {f"closing-{line.id}": "1", f"closing-{foreign.line_ids.id}": "5"}
        self.post(f"/my/dealer/stock/{report.id}/count", **values)
        self.post(f"/my/dealer/stock/{foreign.id}/file", 404, **values)
        self.assertEqual((line.closing, foreign.line_ids.closing, foreign.state), (1, 7, "draft"))

    def test_a_month_is_reported_once_and_not_before_it_has_come(self):
        self._begun_report()
        for month in (
            self._last_month(),
            self._last_month(-1),
            self._last_month(50),
            "9999-12-31",
            "2025-13-01",
        ):
            with self.subTest(month):
                self.assertIn("alert-danger", self.post("/my/dealer/stock/new", 200, month=str(month)).text)
        self.assertEqual(
            self.env["customer.dealer.stock.report"].search_count([("dealer_id", "=", self.dealer.id)]), 1
        )
