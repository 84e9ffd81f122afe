from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from ..exceptions import ContractStateError
from .contract_case import PDF, ContractCase


@tagged("post_install", "-at_install")
class TestContractSteps(ContractCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2025-06-15"))

    def test_a_contract_waits_for_its_signature_and_then_for_its_first_day(self):
        contract = self._agency("2025-07-01", "2026-06-30")
        with self.assertRaises(ContractStateError):
            contract._sign("Anna", scans=self._scan())
        self._approved(contract)
        for name, scans in (("", self._scan()), ("Anna", None)):
            with self.subTest(name), self.assertRaises(ContractStateError):
                contract._sign(name, scans=scans)
        contract._sign("Anna", scans=self._scan())
        self.assertEqual(contract.state, "signed")
        with self.assertRaisesRegex(ContractStateError, "2025-07-01"):
            contract.action_begin()
        with freeze_time("2025-07-01"):
            self._night()
        self.assertEqual((contract.state, str(contract.begun_on)), ("running", "2025-07-01"))

    def test_staff_notes_a_signature_on_paper(self):
        contract = self._approved(self._agency("2025-01-01", "2025-12-31"))
        action = contract.action_sign()
        with Form(self.env[action["res_model"]].with_context(**action["context"])) as form:
            form.signed_by = "Anna"
            form.scan_ids.add(self._scan())
        form.record.action_confirm()
        self.assertEqual((contract.state, contract.signed_by), ("running", "Anna"))
        self.assertEqual(contract.scan_ids.res_id, contract.id)

    def test_the_link_to_sign_is_sent_to_the_dealer(self):
        contract = self._approved(self._agency())
        action = contract.action_send_link()
        share = Form(self.env[action["res_model"]].with_context(**action["context"]))
        self.assertEqual(share.partner_ids[:], self.anna)
        self.assertIn(contract.access_token, share.share_link)
        contract._sign("Anna", scans=self._scan())
        with self.assertRaises(ContractStateError):
            contract.action_send_link()

    def test_whoever_approves_sees_what_is_agreed(self):
        contract = self._agency(territory_ids=[(0, 0, {"area_id": self.city.id, "is_exclusive": True})])
        contract.clause_ids[0].body = "<p>No deposit.</p>"
        facts = dict(contract._approval_summary())
        self.assertIn("Anna Ltd", facts["Dealer"])
        self.assertIn("City", facts["Territory"])
        self.assertEqual(facts["Clauses Changed"], "Deposit")

    def test_an_expired_contract_ends_and_the_job_does_it_once(self):
        contract = self._contract()
        with freeze_time("2026-01-01"):
            for _again in range(2):
                self._night()
        self.assertEqual(
            (contract.state, contract.end_kind, str(contract.ended_on)), ("ended", "expired", "2025-12-31")
        )
        self.assertEqual(self.dealer.state, "registered")

    def test_the_responsible_is_told_once_sixty_days_before_the_end(self):
        contract = self._contract(date_to="2025-09-01")
        self._night()
        self.assertFalse(contract.activity_ids)
        with freeze_time("2025-07-03"):
            for _again in range(2):
                self._night()
            self.assertEqual(len(contract.activity_ids), 1)
            self.assertEqual(contract.activity_ids.user_id, contract.user_id)

    def test_a_renewal_follows_the_next_day_with_the_same_terms(self):
        contract = self._contract(
            kind="agency",
            deposit_amount=700,
            territory_ids=[(0, 0, {"area_id": self.city.id, "is_exclusive": True})],
        )
        renewal = contract.browse(contract.action_renew()["res_id"])
        self.assertEqual(
            (str(renewal.date_from), str(renewal.date_to), renewal.deposit_amount, renewal.state),
            ("2026-01-01", "2026-12-31", 700, "draft"),
        )
        self.assertEqual((len(renewal.clause_ids), renewal.territory_ids.area_id), (3, self.city))
        self.assertEqual(renewal.edited_count, 0)
        self.assertFalse(renewal.signed_on or renewal.frozen_text)
        with self.assertRaises(ContractStateError):
            contract.action_renew()
        self._approved(renewal)

    def test_an_amendment_replaces_its_contract_on_its_first_day(self):
        contract = self._contract(kind="agency")
        amendment = contract.browse(contract.action_amend()["res_id"])
        self._signed(amendment)
        self.assertEqual((contract.state, amendment.state), ("running", "signed"))
        with freeze_time("2025-06-16"):
            self._night()
        self.assertEqual(
            (contract.state, contract.end_kind, str(contract.ended_on)), ("ended", "replaced", "2025-06-15")
        )
        self.assertEqual((amendment.state, self.dealer.contract_id), ("running", amendment))

    def test_a_termination_is_approved_and_then_ends_the_contract_on_its_day(self):
        contract = self._contract()
        values = {"contract_id": contract.id, "reason": "By agreement", "ends_on": "2025-06-30"}
        termination = self.env["customer.dealer.termination"].create(values)
        termination.action_submit()
        self.assertEqual(contract.state, "running")
        termination.with_user(self.approver).action_approve()
        self.assertEqual(contract.state, "running")
        with freeze_time("2025-06-30"):
            self._night()
        self.assertEqual((contract.state, contract.end_kind), ("ended", "terminated"))
        late = self.env["customer.dealer.termination"].create({**values, "ends_on": "2025-12-01"})
        with self.assertRaises(ContractStateError):
            late.action_submit()

    def test_what_the_steps_write_is_not_written_by_hand(self):
        contract = self._agency()
        for values in (
            {"signature": PDF},
            {"signed_by": "Me"},
            {"amends_id": contract.id},
            {"deposit_missed_on": "2025-01-01"},
            {"state": "running"},
            {"version": 7},
        ):
            with self.subTest(values), self.assertRaises(ContractStateError):
                contract.with_user(self.approver).write(values)

    def test_a_dealer_whose_deposit_is_missing_is_suspended_after_the_grace_and_resumed_when_paid(self):
        contract = self._contract(deposit_amount=1000, date_from="2025-06-01")
        short = {self.dealer.id: 400}
        self.patch(type(self.dealer), "_deposits_short", lambda dealers: dict(short))
        self._night()
        self.assertEqual(self.dealer.state, "active", "15 days are not over")
        with freeze_time("2025-06-17"):
            for _again in range(2):
                self._night()
            self.assertEqual(self.dealer.state, "suspended")
            self.assertIn("400.00", self.dealer.suspension_reason)
            short.clear()
            self._night()
        self.assertEqual((self.dealer.state, contract.deposit_missed_on), ("active", False))

    def test_another_company_does_not_see_a_contract_or_its_parts(self):
        contract = self._agency()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            "stranger",
            "customer_channels.group_channel_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for record in (contract, contract.clause_ids):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(stranger).read(["name"])
