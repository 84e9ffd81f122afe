from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.customer_management.exceptions import ApprovalLockError

from ..exceptions import ContractStateError
from .dealer_case import DealerCase

PDF = "JVBERi0xLjQKJSVFT0Y="


class ContractCase(DealerCase):
    """Contracts of a kind with two clauses of its own, and somebody who approves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approver = new_test_user(cls.env, "approver", "customer_channels.group_channel_manager")
        cls.env["customer.dealer.clause"].search([("kind", "=", "agency")]).active = False
        cls.clauses = cls.env["customer.dealer.clause"].create(
            [
                {
                    "kind": "agency",
                    "sequence": 1,
                    "name": "Deposit",
                    "body": "<p>[[dealer_name]] pays [[deposit_amount]] within [[deposit_topup_days]] days.</p>",
                },
                {
                    "kind": "agency",
                    "sequence": 2,
                    "name": "Territory",
                    "body": "<p>From [[date_from]] for [[months]] months:</p><p>[[territory_table]]</p>",
                },
                {
                    "kind": "agency",
                    "sequence": 3,
                    "name": "Training",
                    "body": "<p>Signed on [[signed_on]].</p>",
                    "is_optional": True,
                },
            ]
        )

    @classmethod
    def _agency(cls, date_from="2025-01-01", date_to="2025-12-31", **values):
        values = {"kind": "agency", "deposit_amount": 5000, "lang": "en_US", **values}
        return cls._draft_contract(None, date_from, date_to, **values)

    def _approved(self, contract):
        contract.action_submit()
        contract.with_user(self.approver).action_approve()
        self.assertEqual(contract.state, "approved")
        return contract

    def _night(self, job="dealer_contract_cron_daily"):
        """Let a scheduled job run."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"customer_channels.{job}").method_direct_trigger()
        self.env.invalidate_all()

    def _scan(self):
        return self.env["ir.attachment"].create({"name": "scan.pdf", "datas": PDF})

    def _signed(self, contract, day=None):
        self._approved(contract)._sign("Anna", day, scans=self._scan())
        return contract


@tagged("post_install", "-at_install")
class TestContractText(ContractCase):
    def test_a_contract_has_the_clauses_of_its_kind_with_what_it_says(self):
        contract = self._agency(territory_ids=[(0, 0, {"area_id": self.city.id, "is_exclusive": True})])
        text = str(contract.document)
        for words in ("1. Deposit", "Anna Ltd pays $", "5,000.00", "15 days", "for 12 months", "exclusive"):
            self.assertIn(words, text)
        self.assertNotIn("Training", text, "optional clauses are left out until they are included")
        self.assertNotIn("[[", text)

    def test_every_code_is_answered(self):
        contract = self._agency()
        for code in contract._known_codes():
            with self.subTest(code):
                self.assertTrue(str(getattr(contract, f"_clause_{code}")()))

    def test_a_clause_that_reads_an_unknown_code_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "deposit_money"):
            self.clauses[0].body = "<p>[[deposit_money]]</p>"

    def test_a_clause_that_was_changed_is_marked_and_stays(self):
        contract = self._agency()
        self.assertFalse(contract.edited_count)
        contract.clause_ids[0].body = "<p>No deposit.</p>"
        self.clauses.write({"body": "<p>Written anew</p>"})
        contract.action_take_clauses()
        self.assertEqual(contract.edited_count, 1)
        first, *others = contract.clause_ids.sorted("sequence")
        self.assertIn("No deposit", first.body)
        self.assertTrue(all("anew" in clause.body for clause in others))

    def test_nobody_hides_that_a_clause_was_changed(self):
        clause = self._agency().clause_ids[0].with_user(self.approver)
        for values in ({"is_edited": False}, {"original": "<p>Same</p>"}, {"clause_id": False}):
            with self.subTest(values), self.assertRaises(ContractStateError):
                clause.write(values)

    def test_approval_freezes_the_text_and_its_pdf(self):
        contract = self._agency()
        contract.clause_ids.is_included = True
        self._approved(contract)
        before = str(contract.document)
        self.anna.name = "Another Name"
        self.clauses.write({"body": "<p>Written anew</p>"})
        contract.invalidate_recordset()
        self.assertEqual(str(contract.document), before)
        self.assertIn("Signed on ____", before)
        with self.assertRaises(ApprovalLockError):
            contract.clause_ids[0].body = "<p>Changed later</p>"
        with self.assertRaises(ApprovalLockError):
            contract.deposit_topup_days = 99
        with self.assertRaises(UserError):
            contract.write({"frozen_text": "<p>Changed later</p>"})
        self._night("dealer_contract_cron_keep_pdf")
        self.assertEqual(contract.pdf_id.mimetype, "application/pdf")
        kept = contract.pdf_id
        self._night("dealer_contract_cron_keep_pdf")
        self.assertEqual(contract.pdf_id, kept)

    def test_the_day_of_the_signature_is_filled_in_when_it_is_known(self):
        contract = self._agency()
        contract.clause_ids.is_included = True
        with freeze_time("2025-01-15"):
            self._signed(contract, fields.Date.to_date("2024-12-20"))
        self.assertIn("12/20/2024", str(contract.document))

    def test_a_contract_is_written_in_the_language_of_the_dealer(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.clauses[0].with_context(lang="zh_CN").write(
            {"name": "保证金", "body": "<p>[[dealer_name]]交</p>"}
        )
        self.anna.lang = "zh_CN"
        contract = self._draft_contract(kind="agency")
        self.assertEqual(contract.lang, "zh_CN")
        self.assertIn("保证金", str(contract.document))

    def test_hostile_text_in_a_name_is_no_markup(self):
        self.anna.name = "<script>alert(1)</script>"
        self.assertNotIn("<script>", str(self._agency().document))

    def test_an_agreement_of_three_names_the_sub_dealer(self):
        contract = self._draft_contract(kind="closed_channel", sub_dealer_id=self.other_dealer.id)
        self.assertEqual(contract._clause_sub_dealer_name(), "Boris")
        self._run_contract(contract)
        self.assertFalse(self.dealer.contract_id, "it is no contract of its own")


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
