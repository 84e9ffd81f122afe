"""Who may assess whom, and that a finished assessment stays as it is whatever road leads to it."""

from psycopg2.errors import ForeignKeyViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..exceptions import AssessmentStateError, AssessmentWriteError
from .assessment_common import AssessmentCase
from .common import MANAGER, USER

ERRORS = "odoo.addons.customer_management.exceptions."
ASSESSMENT, LINE = "customer.assessment", "customer.assessment.line"
FIGURE = "customer.assessment.figure.value"


@tagged("post_install", "-at_install")
class TestAssessmentAccess(AssessmentCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rival = cls._make_user("rival", USER)
        cls.theirs = cls._make_customer("Theirs", user_id=cls.rival.id)
        cls.template = cls._template(
            cls._judged("will"),
            cls._judged("means"),
            cls._measured("revenue", ceiling=100),
            cls._formula("ratio", "capital / 100"),
            figures=[("capital", {})],
            conclusions=(("Good", 50), ("Poor", 0)),
        )
        cls.done = cls._assess(cls.template, {"will": 8, "means": 6}, {"capital": 50})
        cls.done.action_finish()
        cls.draft = cls._assess(cls.template, {"will": 8})

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def assertRefused(self, model, method, *args, error=None, **kwargs):
        """Call as whoever is logged in; require a refusal, and that the finished assessment is what it was."""
        before = self._state()
        with mute_logger("odoo.http", "odoo.sql_db"), self.assertRaises(JsonRpcException) as caught:
            self._call(model, method, *args, **kwargs)
        if error:
            self.assertEqual(caught.exception.args[0], ERRORS + error)
        self.env.invalidate_all()
        self.assertEqual(self._state(), before)

    def _state(self):
        names = ("state", "score", "conclusion", "opinion", "date", "user_id", "partner_id", "rules")
        lines = [
            (line.value, line.is_known, line.note, line.rule, line.weight) for line in self.done.line_ids
        ]
        return [self.done[name] for name in names], lines, self.done.figure_ids.mapped("value")

    def test_a_finished_assessment_is_not_changed_by_any_road(self):
        line, figure = self.done.line_ids[0], self.done.figure_ids
        for user in (self.seller, self.manager):
            self.authenticate(user.login, user.login)
            with self.subTest(user.login):
                for vals in (
                    {"opinion": "x"},
                    {"date": "2020-01-01"},
                    {"template_id": self.template.id},
                    {"line_ids": [(1, line.id, {"value": 1})]},
                    {"line_ids": [(2, line.id)]},
                    {"line_ids": [(5,)]},
                    {"line_ids": [(0, 0, {"name": "x"})]},
                    {"figure_ids": [(1, figure.id, {"value": 1})]},
                ):
                    self.assertRefused(ASSESSMENT, "write", self.done.ids, vals)
                    self.assertRefused(ASSESSMENT, "web_save", self.done.ids, vals, specification={})
                self.assertRefused(ASSESSMENT, "unlink", self.done.ids, error="AssessmentStateError")
                self.assertRefused(ASSESSMENT, "action_fill", self.done.ids, error="AssessmentStateError")
                self.assertRefused(
                    ASSESSMENT, "action_update_rules", self.done.ids, error="AssessmentStateError"
                )
                self.assertRefused(ASSESSMENT, "action_finish", self.done.ids, error="AssessmentStateError")
                self.assertRefused(LINE, "write", line.ids, {"value": 1}, error="AssessmentStateError")
                self.assertRefused(LINE, "write", line.ids, {"note": "x"}, error="AssessmentStateError")
                self.assertRefused(LINE, "write", line.ids, {"assessment_id": self.draft.id})
                self.assertRefused(LINE, "unlink", line.ids)
                self.assertRefused(LINE, "create", {"assessment_id": self.done.id, "name": "x"})
                self.assertRefused(LINE, "copy", line.ids)
                self.assertRefused(FIGURE, "write", figure.ids, {"value": 1}, error="AssessmentStateError")
                self.assertRefused(FIGURE, "unlink", figure.ids)

    def test_import_does_not_change_a_finished_assessment_either(self):
        for fields, row in (
            ([".id", "opinion"], [str(self.done.id), "x"]),
            (
                [".id", "line_ids/.id", "line_ids/value"],
                [str(self.done.id), str(self.done.line_ids[0].id), "1"],
            ),
        ):
            before = self._state()
            found = self.env[ASSESSMENT].with_user(self.manager).load(fields, [row])
            self.assertTrue(found["messages"])
            self.env.invalidate_all()
            self.assertEqual(self._state(), before)

    def test_what_is_copied_or_computed_is_not_written_in_a_draft_either(self):
        self.authenticate(self.seller.login, self.seller.login)
        judged, measured = self.draft.line_ids[0], self.draft.line_ids[2]
        for name, value in (
            ("state", "done"),
            ("score", 100),
            ("conclusion", "Good"),
            ("rules", {}),
            ("name", "X"),
            ("finished_by", 1),
        ):
            with self.subTest(name):
                self.assertRefused(
                    ASSESSMENT, "write", self.draft.ids, {name: value}, error="AssessmentWriteError"
                )
                vals = {"template_id": self.template.id, "partner_id": self.customer.id, name: value}
                self.assertRefused(ASSESSMENT, "create", [vals], error="AssessmentWriteError")
        for name, value in (("weight", 99), ("rule", {}), ("name", "x"), ("points", 10), ("state", "done")):
            with self.subTest(name):
                self.assertRefused(LINE, "write", judged.ids, {name: value}, error="AssessmentWriteError")
        self.assertRefused(LINE, "write", measured.ids, {"value": 1}, error="AssessmentWriteError")
        self.assertRefused(ASSESSMENT, "_cancel", self.done.ids, "x")

    def test_defaults_in_the_context_do_not_answer_or_finish(self):
        self.authenticate(self.seller.login, self.seller.login)
        context = {
            "default_state": "done",
            "default_score": 100,
            "default_value": 10,
            "default_is_known": True,
            "default_rules": {"x": 1},
            "default_user_id": self.manager.id,
            "assessment_formulas": True,
        }
        vals = {"template_id": self.template.id, "partner_id": self.customer.id, "user_id": self.seller.id}
        [made] = self._call(ASSESSMENT, "create", [vals], context=context)
        made = self.env[ASSESSMENT].browse(made)
        self.assertEqual((made.state, made.has_score, made.rules["name"]), ("draft", False, "Check"))
        self.assertFalse(any(made.line_ids.mapped("is_known")))

    def test_later_edits_of_the_template_change_nothing(self):
        before = self._state()
        shown = self.done.line_ids.mapped("answer"), self.done.display_name
        criteria = self.template.criterion_ids
        criteria[1:].unlink()
        criteria[0].write({"weight": 99, "name": "Other", "points_max": 1000})
        self.template.write({"name": "Changed", "coverage_min": 100, "limit_rule": "below"})
        self.template.conclusion_ids.write({"name": "Gone"})
        self.env.flush_all()
        self.env.add_to_compute(self.done._fields["score"], self.done)
        self.env.add_to_compute(self.done.line_ids._fields["points"], self.done.line_ids)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._state(), before)
        self.assertEqual((self.done.line_ids.mapped("answer"), self.done.display_name), shown)
        with self.assertRaises(ForeignKeyViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.template.unlink()

    def test_evidence_of_a_finished_assessment_stays(self):
        line = self.draft.line_ids[0]
        files = self.env["ir.attachment"].with_user(self.seller)
        file = files.create({"name": "letter.txt", "raw": b"they pay"})
        line.attachment_ids = file
        self._answer(self.draft, means=5)
        self.draft.figure_ids.value = 3
        self.draft.action_finish()
        for user in (self.seller, self.manager):
            with self.assertRaises(AccessError):
                file.with_user(user).unlink()
            with self.assertRaises(AccessError):
                file.with_user(user).raw = b"they do not"
        self.assertEqual(file.with_user(self.manager).raw, b"they pay")
        with self.assertRaises(AccessError):
            file.with_user(self.rival).read(["raw"])

    def test_a_manager_cancels_with_a_reason_and_nobody_else_does(self):
        with self.assertRaisesRegex(AssessmentStateError, "Only a manager"):
            self.done.with_user(self.seller)._cancel("I was wrong")
        with self.assertRaises(AccessError):
            self.env["customer.assessment.cancel"].with_user(self.seller).create({"reason": "x"})
        wizard = self.env["customer.assessment.cancel"].with_user(self.manager)
        with self.assertRaisesRegex(AssessmentStateError, "Say why"):
            wizard.create({"assessment_ids": self.done.ids, "reason": "  "}).action_cancel()
        wizard.create({"assessment_ids": self.done.ids, "reason": "Wrong customer"}).action_cancel()
        self.assertEqual((self.done.state, self.done.cancel_reason), ("cancelled", "Wrong customer"))
        with self.assertRaisesRegex(AssessmentStateError, "is not finished"):
            self.draft.with_user(self.manager)._cancel("x")
        with self.assertRaises(AssessmentStateError):
            self.done.with_user(self.manager).unlink()

    def test_a_draft_may_go(self):
        lines = self.draft.line_ids
        self.draft.unlink()
        self.assertFalse(lines.exists())

    # Roles

    def test_salespeople_assess_their_own_customers_in_their_own_name(self):
        foreign = self._assess(self.template, {"will": 1}, user=self.manager, partner_id=self.theirs.id)
        rivals = self.env[ASSESSMENT].with_user(self.rival)
        self.assertEqual(rivals.search([]), foreign)
        with self.assertRaises(AccessError):
            self._assess(self.template, user=self.rival)
        with self.assertRaises(AccessError):
            self.draft.with_user(self.rival).read(["score"])
        with self.assertRaises(AccessError):
            self.draft.line_ids.with_user(self.rival).read(["value"])
        with self.assertRaises(AccessError):
            self.draft.figure_ids.with_user(self.rival).read(["value"])
        with self.assertRaises(AccessError):
            foreign.with_user(self.rival).write({"opinion": "mine now"})
        with self.assertRaises(AccessError):
            foreign.line_ids[0].with_user(self.rival).write({"value": 10})
        with self.assertRaisesRegex(AssessmentWriteError, "in your own name"):
            self._assess(self.template, user_id=self.rival.id)
        with self.assertRaisesRegex(AssessmentWriteError, "in your own name"):
            self.draft.user_id = self.rival

    def test_managers_see_all_and_enter_for_others(self):
        entered = self._assess(self.template, {"will": 2}, user=self.manager, user_id=self.seller.id)
        self.assertEqual(entered.user_id, self.seller)
        self.assertEqual(self.env[ASSESSMENT].with_user(self.manager).search_count([]), 3)

    def test_templates_are_edited_by_managers_only(self):
        parts = ("", ".criterion", ".band", ".section", ".conclusion", ".figure")
        for model in parts:
            records = self.env[
                f"customer.assessment.template{model}" if not model else f"customer.assessment{model}"
            ]
            self.assertTrue(records.with_user(self.manager).has_access("create"))
            self.assertTrue(records.with_user(self.seller).has_access("read"))
            for operation in ("create", "write", "unlink"):
                self.assertFalse(records.with_user(self.seller).has_access(operation))
            self.assertFalse(records.with_user(self.outsider).has_access("write"))

    def test_other_companies_see_nothing(self):
        other = self._make_company("Elsewhere", books=False)
        work = {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        stranger = self._make_user("stranger", MANAGER, **work)
        for records in (self.done, self.done.line_ids, self.done.figure_ids):
            records = records.with_user(stranger).with_context(allowed_company_ids=other.ids)
            self.assertFalse(records.search([]))
            with self.assertRaises(AccessError):
                records.read(["display_name"])

    def test_a_template_of_another_company_is_not_used(self):
        self.template.company_id = self._make_company("Elsewhere", books=False)
        with self.assertRaisesRegex(UserError, "company"):
            self._assess(self.template)
