from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.customer_management.exceptions import ApprovalLockError

from ..exceptions import ContractStateError
from .contract_case import ContractCase


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
