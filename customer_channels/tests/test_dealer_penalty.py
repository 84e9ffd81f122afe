from odoo.tests import tagged

from .conduct_case import ConductCase
from .rebate_case import RebateCase


@tagged("post_install", "-at_install")
class TestPenaltyOnRebates(ConductCase, RebateCase):
    """A case that takes the rebate takes money, and an appeal gives it back."""

    def test_a_case_takes_the_rebate_of_its_quarter_and_an_appeal_gives_it_back(self):
        plan = self._plan((0, 10), period="quarter")
        self._sell(1000, "2025-03-05")
        self._sell(1000, "2025-05-05")
        self._paid_deposit(1000)
        spring, summer = self._statement(plan, "2025-03-31"), self._statement(plan, "2025-06-30")
        case = self._decided_case(goods_amount=80)
        case.action_execute()
        self.assertEqual((case.rebate, spring.amount, summer.amount), ("quarter", 0, 100))
        case.appeal = "The goods were stolen; here is the report."
        case.action_appeal()
        case.with_user(self.boss).action_accept_appeal()
        self.assertEqual(spring.amount, 100)

    def test_a_rebate_that_was_checked_already_is_work_for_somebody(self):
        plan = self._plan((0, 10), period="quarter")
        self._sell(1000, "2025-03-05")
        self._paid_deposit(1000)
        spring = self._confirmed(self._statement(plan, "2025-03-31"))
        case = self._decided_case(goods_amount=80)
        case.action_execute()
        self.assertEqual(spring.amount, 100)
        self.assertIn(spring.name, " ".join(case.activity_ids.mapped("summary")))
