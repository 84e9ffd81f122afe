from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..exceptions import ConditionStateError, ContractStateError
from .contract_case import ContractCase


@tagged("post_install", "-at_install")
class TestDealerCondition(ContractCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract = cls._contract()
        cls.seller = new_test_user(cls.env, "seller", "customer_channels.group_channel_user")
        cls.anna.user_id = cls.seller

    def _condition(self, **values):
        values = {"name": "Two salespeople", "dealer_id": self.dealer.id, "date_from": "2025-01-01", **values}
        return self.env["customer.dealer.condition"].with_user(self.seller).create(values)

    def test_three_months_and_twice_one_more_and_no_further(self):
        condition = self._condition()
        self.assertEqual((str(condition.deadline), condition.contract_id), ("2025-04-01", self.contract))
        with self.assertRaisesRegex(ConditionStateError, "why"):
            condition._extend("  ")
        condition._extend("Winter")
        condition._extend("Flu")
        self.assertEqual(
            (str(condition.deadline), str(condition.first_deadline)), ("2025-06-01", "2025-04-01")
        )
        self.assertEqual(condition.extension_ids.mapped("reason"), ["Winter", "Flu"])
        with self.assertRaisesRegex(ConditionStateError, "2 times"):
            condition._extend("Once more")

    def test_a_deadline_or_a_result_is_not_written_by_hand(self):
        condition = self._condition()
        for values in ({"deadline": "2030-01-01"}, {"result": "met"}, {"evidence": "x"}):
            with self.subTest(values), self.assertRaises(ConditionStateError):
                condition.write(values)
        with self.assertRaises(ConditionStateError):
            self._condition(result="met")
        defaulted = self.env["customer.dealer.condition"].with_context(default_result="met")
        made = defaulted.create({"name": "A", "dealer_id": self.dealer.id})
        self.assertFalse(made.result)
        condition._extend("Winter")
        with self.assertRaises(AccessError):
            condition.extension_ids.with_user(self.approver).reason = "Spring"

    def test_it_fails_after_its_deadline_only_and_with_proof(self):
        condition = self._condition()
        with freeze_time("2025-03-01"), self.assertRaisesRegex(ConditionStateError, "2025-04-01"):
            condition._decide("failed", "Nobody there")
        with freeze_time("2025-04-02"):
            with self.assertRaises(ConditionStateError):
                condition._decide("failed", "")
            condition._decide("failed", "Nobody there")
        self.assertEqual((condition.state, condition.decided_by_id), ("failed", self.seller))
        with self.assertRaises(ConditionStateError):
            condition._decide("met", "After all")

    def test_what_is_overdue_is_marked_once_and_an_extension_cures_it(self):
        condition = self._condition()
        with freeze_time("2025-04-01"):
            self._night("dealer_condition_cron_overdue")
            self.assertEqual(condition.state, "open")
        with freeze_time("2025-04-02"):
            for _again in range(2):
                self._night("dealer_condition_cron_overdue")
            self.assertEqual((condition.state, len(condition.sudo().activity_ids)), ("overdue", 1))
            condition._extend("Winter")
            self.assertEqual((condition.state, len(condition.sudo().activity_ids)), ("open", 0))

    def test_a_failed_condition_may_suspend_the_dealer(self):
        condition = self._condition(consequence="suspension")
        with freeze_time("2025-04-02"):
            condition._decide("failed", "Nobody there")
        self.assertEqual(self.dealer.state, "suspended")

    def test_who_failed_is_renewed_for_a_reason_and_by_an_approval_only(self):
        condition = self._condition()
        with freeze_time("2025-04-02"):
            condition._decide("failed", "Nobody there")
        renewal = self.contract.browse(self.contract.action_renew()["res_id"])
        with self.assertRaisesRegex(ContractStateError, "Two salespeople"):
            renewal.action_submit()
        renewal.renewal_reason = "The market is worth it"
        self.env["customer.approval.rule"].sudo().search(
            [("model_id.model", "=", renewal._name)]
        ).active = False
        with self.assertRaises(ContractStateError), self.env.cr.savepoint():
            renewal.with_user(self.seller).action_submit()
        self.env.invalidate_all()
        renewal.action_submit()
        self.assertEqual(renewal.state, "approved")
