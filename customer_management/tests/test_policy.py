from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..exceptions import PolicyVersionError
from ..tools.living_text import blocks, difference, fill, placeholders
from .common import MANAGER, CustomerCase

PUBLISHED = ("2.2", "2.3", "2.5", "2.7")


class PolicyCase(CustomerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls.scheme = cls._make_scheme()
        cls.best = cls.scheme.grade_ids[0]
        cls.best.visit_interval_days = 7
        cls.policy = cls.env["customer.policy"].create(
            {
                "name": "Visits",
                "code": "T.1",
                "chapter": "3",
                "body": "<p>Grade [[grade_best]] is visited every [[grade_best_visit_days]] days.</p>",
            }
        )
        cls.env["customer.approval.rule"].create(
            {
                "name": "Second manager",
                "model_id": cls.env["ir.model"]._get_id("customer.policy.version"),
                "company_id": cls.company.id,
                "approver_kind": "user",
                "user_ids": [(6, 0, cls.second_manager.ids)],
            }
        )

    def _version(self, **values):
        return self.env["customer.policy.version"].create({"policy_id": self.policy.id, **values})

    def _approved(self, **values):
        version = self._version(**values)
        version.with_user(self.manager).action_submit()
        version.with_user(self.second_manager).action_approve()
        return version


@tagged("post_install", "-at_install")
class TestLivingText(PolicyCase):
    def test_the_policy_says_seven_because_the_grade_says_seven(self):
        self.assertIn("every 7 days", self.policy.text)
        self.best.visit_interval_days = 9
        self.policy.invalidate_recordset()
        self.assertIn("every 9 days", self.policy.text)

    def test_what_is_not_set_is_said_to_be_not_set_and_never_zero(self):
        self.best.visit_interval_days = 0
        self.assertIn("every (not set) days", self.policy._render_body())

    def test_each_company_reads_its_own_settings(self):
        other = self._make_company("Other Trading", books=False)
        self.assertIn("(not set)", self.policy._render_body(other))

    def test_a_code_that_no_setting_has_is_refused_in_any_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        for lang in ("en_US", "zh_CN"):
            with self.subTest(lang=lang), self.assertRaises(ValidationError) as caught:
                self.policy.with_context(lang=lang).body = "<p>[[no_such_thing]]</p>"
            self.assertIn("[[no_such_thing]]", str(caught.exception))

    def test_a_setting_is_text_and_never_markup_of_somebody_else(self):
        self.best.name = "<script>alert(1)</script>"
        self.assertNotIn("<script>", self.policy._render_body())

    def test_it_lists_the_settings_that_it_reads(self):
        codes = self.policy.setting_ids.mapped("code")
        self.assertEqual(codes, ["grade_best", "grade_best_visit_days"])

    def test_every_setting_says_something_and_opens_where_it_is_set(self):
        for setting in self.env["customer.policy.setting"].search([]):
            with self.subTest(code=setting.code):
                values = setting._values(self.company)
                self.assertTrue(str(values[setting.code]).strip())
                if setting.action_id:
                    self.assertIn("res_model", setting.with_user(self.seller).action_open())

    def test_the_words_between_the_codes_are_kept(self):
        self.assertEqual(placeholders("[[a]] and [[ b ]] and [[a]] but not [a] or [[A]]"), ["a", "b"])
        self.assertEqual(fill("<p>[[a]] &amp; 1 < 2</p>", {"a": "<b>"}), "<p>&lt;b&gt; &amp; 1 < 2</p>")


@tagged("post_install", "-at_install")
class TestDifference(PolicyCase):
    def test_a_paragraph_that_changed_is_shown_before_and_after_and_the_others_are_counted(self):
        old = "<h3>One</h3><p>Same.</p><p>Seven days.</p><ul><li>a</li></ul>"
        new = "<h3>One</h3><p>Same.</p><p>Nine days.</p><ul><li>a</li><li>b</li></ul>"
        shown = difference(old, new, lambda number: f"{number} same")
        self.assertIn("<del>Seven days.</del>", shown)
        self.assertIn("<ins>Nine days.</ins>", shown)
        self.assertIn("<ins>b</ins>", shown)
        self.assertIn("2 same", shown)

    def test_a_row_of_a_table_is_one_paragraph(self):
        self.assertEqual(blocks("<table><tr><td>A</td><td> 7  days</td></tr></table>"), ["A | 7 days"])

    def test_no_text_has_no_paragraphs(self):
        self.assertEqual((blocks(""), blocks(None), blocks("  ")), ([], [], []))


@tagged("post_install", "-at_install")
class TestVersions(PolicyCase):
    def test_an_approved_version_stays_as_it_was_whatever_the_settings_say_later(self):
        version = self._approved()
        self.assertEqual((version.status, version.number), ("in_force", 1))
        self.best.visit_interval_days = 14
        self.env.invalidate_all()
        self.assertIn("every 7 days", version.body)
        self.assertIn("every 7 days", self.policy.text_in_force)
        self.assertTrue(self.policy.is_stale)
        second = self._approved(effective_from=fields.Date.today() + timedelta(days=3))
        self.assertIn("<del>Grade A is visited every 7 days.</del>", second.difference)
        self.assertIn("<ins>Grade A is visited every 14 days.</ins>", second.difference)
        self.assertEqual((version.status, second.status), ("in_force", "coming"))
        self.assertEqual(version.effective_to, second.effective_from - timedelta(days=1))

    def test_a_version_is_kept_as_pdf_in_each_language(self):
        version = self._approved().with_context(force_report_rendering=True)
        # Odoo's tests make no real PDF unless they are told to.
        version._keep_pdf()
        self.assertEqual(len(version.attachment_ids), len(version.bodies))
        self.assertTrue(all(pdf.raw.startswith(b"%PDF") for pdf in version.attachment_ids))

    def test_a_version_cannot_be_in_force_before_the_one_before(self):
        self._approved()
        with self.assertRaises(PolicyVersionError):
            self._version(effective_from=fields.Date.today() - timedelta(days=1))

    def test_nobody_writes_another_text_into_a_version(self):
        version = self._version()
        for values in ({"bodies": {"en_US": "<p>Mine</p>"}}, {"number": 7}, {"attachment_ids": [(5,)]}):
            with self.subTest(values=values), self.assertRaises(PolicyVersionError):
                version.with_user(self.manager).write(values)
        with self.assertRaises(PolicyVersionError):
            self._version(bodies={"en_US": "<p>Mine</p>"})

    def test_whoever_wrote_and_submitted_it_does_not_approve_it(self):
        version = self._version()
        version.with_user(self.manager).action_submit()
        with self.assertRaises(UserError):
            version.with_user(self.manager).action_approve()
        self.assertEqual(version.approval_state, "pending")

    def test_an_approved_version_is_neither_changed_nor_deleted(self):
        version = self._approved()
        manager = version.with_user(self.manager)
        with self.assertRaises(UserError):
            manager.effective_from = fields.Date.today() + timedelta(days=9)
        with self.assertRaises(UserError):
            manager.unlink()
        with self.assertRaises(UserError):
            manager.action_take_text()

    def test_without_a_text_it_cannot_be_submitted(self):
        self.policy.body = False
        with self.assertRaises(PolicyVersionError):
            self._version().with_user(self.manager).action_submit()


@tagged("post_install", "-at_install")
class TestReaders(PolicyCase):
    def test_people_confirm_that_they_have_read_it_once_for_each_version(self):
        version = self._approved()
        seller = self.policy.with_user(self.seller)
        self.assertTrue(seller.must_read)
        found = self.env["customer.policy"].with_user(self.seller).search([("must_read", "=", True)])
        self.assertIn(seller, found)
        before = version.read_count
        seller.action_confirm_read()
        self.env.invalidate_all()
        self.assertFalse(seller.must_read)
        self.assertEqual(version.read_count, before + 1)
        read_on = version.receipt_ids.filtered(lambda row: row.user_id == self.seller).read_on
        seller.action_confirm_read()
        self.assertEqual(
            version.receipt_ids.filtered(lambda row: row.user_id == self.seller).read_on, read_on
        )

    def test_readers_are_the_groups_of_the_policy_in_the_company(self):
        abroad = self._make_company("Abroad", books=False)
        stranger = self._make_user(
            "stranger", MANAGER, company_id=abroad.id, company_ids=[(6, 0, abroad.ids)]
        )
        readers = self._approved().receipt_ids.user_id
        self.assertIn(self.seller, readers)
        self.assertNotIn(stranger, readers)
        self.assertNotIn(self.outsider, readers)

    def test_who_comes_later_can_be_asked_later(self):
        version = self._approved()
        late = self._make_user("late", "customer_management.group_customer_user")
        self.assertNotIn(late, version.receipt_ids.user_id)
        version.with_user(self.manager).action_ask_readers()
        self.assertIn(late, version.receipt_ids.user_id)

    def test_nobody_confirms_for_somebody_else(self):
        version = self._approved()
        row = version.receipt_ids.filtered(lambda row: row.user_id == self.seller)
        for user in (self.seller, self.manager):
            with self.assertRaises(AccessError):
                row.with_user(user).read_on = fields.Datetime.now()
            with self.assertRaises(AccessError):
                self.env["customer.policy.receipt"].with_user(user).create(
                    {"version_id": version.id, "user_id": self.seller.id}
                )
        with self.assertRaises(PolicyVersionError):
            version.with_user(self.outsider).action_confirm_read()

    def test_a_salesperson_sees_own_readings_and_no_drafts(self):
        self._approved()
        draft = self._version(effective_from=fields.Date.today() + timedelta(days=5))
        readings = self.env["customer.policy.receipt"].with_user(self.seller).search([])
        self.assertEqual(readings.user_id, self.seller)
        with self.assertRaises(AccessError):
            draft.with_user(self.seller).read(["body"])


@tagged("post_install", "-at_install")
class TestPublished(CustomerCase):
    """The policies that the addon brings."""

    def test_each_is_there_whole_in_every_language(self):
        for lang in ("zh_CN", "zh_TW"):
            self.env["res.lang"]._activate_lang(lang)
        self.env["ir.module.module"]._load_module_terms(["customer_management"], ["zh_CN", "zh_TW"])
        policies = self.env["customer.policy"].search([("code", "in", PUBLISHED)])
        self.assertEqual(sorted(policies.mapped("code")), sorted(PUBLISHED))
        for policy in policies:
            english = policy.with_context(lang="en_US")
            for lang in ("zh_CN", "zh_TW"):
                with self.subTest(policy=policy.code, lang=lang):
                    chinese = policy.with_context(lang=lang)
                    self.assertEqual(sorted(placeholders(chinese.body)), sorted(placeholders(english.body)))
                    self.assertEqual(len(blocks(chinese.body)), len(blocks(english.body)))
                    self.assertFalse(set(blocks(chinese.body)) & set(blocks(english.body)))
                    self.assertNotEqual(chinese.name, english.name)

    def test_each_says_where_it_is_enforced_and_the_pages_open(self):
        for policy in self.env["customer.policy"].search([("code", "in", PUBLISHED)]):
            self.assertTrue(policy.check_ids)
            for check in policy.check_ids:
                with self.subTest(policy=policy.code, check=check.name):
                    self.env[check.action_open()["res_model"]].check_access("read")
