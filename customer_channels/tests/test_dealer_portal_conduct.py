from odoo.tests import tagged

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

    def test_a_dealer_files_its_stock(self):
        self._sell(300, "2025-01-10", quantity=3)
        self.log_in(self.visitor)
        self.post("/my/dealer/stock/new", month="2025-01-01")
        report = self.env["customer.dealer.stock.report"].search([("dealer_id", "=", self.dealer.id)])
        line = report.line_ids
        self.assertEqual((line.product_id, line.bought), (self.pot, 4))
        self.post(f"/my/dealer/stock-lines/{line.id}/count", closing="1")
        self.post(f"/my/dealer/stock/{report.id}/file")
        self.assertEqual((report.state, line.sold), ("filed", 3))
