from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import TODAY, CustomerCase

GRADE_ERROR = "odoo.addons.customer_management.exceptions.GradeWriteError"
STATE_ERROR = "odoo.addons.customer_management.exceptions.GradeRunStateError"
ACCESS_ERROR = "odoo.exceptions.AccessError"


@tagged("post_install", "-at_install")
class TestGradeAccess(CustomerCase, HttpCase):
    """What each role can do over the wire, where no form stands in between."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls.rival = cls._make_user("rival", "customer_management.group_customer_user")
        cls.customers = cls._invoice_all({"own": 700, "free": 200, "taken": 100})
        cls.own, cls.free, cls.taken = cls.customers.values()
        cls.own.user_id, cls.taken.user_id = cls.seller, cls.rival
        cls.scheme = cls._make_scheme(70, 90)
        cls.a, cls.b, cls.c = cls.scheme.grade_ids
        cls.graded = cls.scheme.with_user(cls.second_manager).action_run(TODAY)
        cls.graded.action_apply()

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def assertRefused(self, error, model, method, *args, **kwargs):
        """Call and require the kind of error; the grades are those of the run afterwards."""
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as caught:
            self._call(model, method, *args, **kwargs)
        self.assertEqual(caught.exception.args[0], error)
        self.env.invalidate_all()
        self.assertEqual(
            [customer.customer_grade_id.name for customer in self.customers.values()], ["A", "B", "C"]
        )

    def test_a_salesperson_gives_no_grade_by_writing_creating_or_copying(self):
        self._login(self.seller)
        best, new = {"customer_grade_id": self.a.id}, {"name": "New", "customer_grade_id": self.a.id}
        self.assertRefused(
            GRADE_ERROR, "res.partner", "write", self.own.ids, {"customer_grade_id": self.b.id}
        )
        self.assertRefused(GRADE_ERROR, "res.partner", "write", self.own.ids, {"customer_grade_id": False})
        self.assertRefused(GRADE_ERROR, "res.partner", "write", (self.own | self.free).ids, best)
        self.assertRefused(GRADE_ERROR, "res.partner", "web_save", self.free.ids, best, specification={})
        self.assertRefused(GRADE_ERROR, "res.partner", "create", new)
        self.assertRefused(GRADE_ERROR, "res.partner", "copy", self.free.ids, best)
        copy = self._call("res.partner", "copy", self.own.ids)
        self.assertFalse(self.env["res.partner"].browse(copy).customer_grade_id)

    def test_a_salesperson_gives_no_grade_by_an_import(self):
        self._login(self.seller)
        rows = [["Imported", "A"]]
        found = self._call("res.partner", "load", ["name", "customer_grade_id"], rows)
        self.assertFalse(found["ids"])
        self.assertIn("cannot be edited or imported", found["messages"][0]["message"])
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Imported")]))

    def test_neither_the_context_nor_own_defaults_give_a_grade(self):
        self._login(self.seller)
        context = {"default_customer_grade_id": self.a.id}
        made = [self._call("res.partner", "create", {"name": "New"}, context=context)]
        made.append(self._call("res.partner", "name_create", "New", context=context)[0])
        made += self._call("res.partner", "load", ["name"], [["New"]], context=context)["ids"]
        self._call("ir.default", "set", "res.partner", "customer_grade_id", self.a.id, user_id=True)
        made.append(self._call("res.partner", "create", {"name": "New"}))
        self.env.invalidate_all()
        self.assertFalse(self.env["res.partner"].browse(made).customer_grade_id)

    def test_no_context_key_opens_the_way_to_a_grade(self):
        self._login(self.seller)
        best = {"customer_grade_id": self.a.id}
        for context in (
            {"install_mode": True},
            {"import_file": True},
            {"su": True},
            {"uid": 1},
            {"active_test": False},
        ):
            self.assertRefused(GRADE_ERROR, "res.partner", "write", self.free.ids, best, context=context)

    def test_even_a_manager_gives_no_grade_without_a_run_or_a_reason(self):
        self._login(self.manager)
        self.assertRefused(
            GRADE_ERROR, "res.partner", "write", self.free.ids, {"customer_grade_id": self.a.id}
        )
        row = {
            "partner_id": self.free.id,
            "grade_id": self.a.id,
            "date": "2024-12-31",
            "company_id": self.company.id,
        }
        self.assertRefused(ACCESS_ERROR, "customer.grade.history", "create", row)
        history = [[0, 0, row]]
        self.assertRefused(
            ACCESS_ERROR, "res.partner", "write", self.free.ids, {"customer_grade_history_ids": history}
        )
        rows = self.graded.result_ids
        self.assertRefused(
            ACCESS_ERROR, "customer.grade.result", "create", {"run_id": self.graded.id, "partner_id": 1}
        )
        self.assertRefused(ACCESS_ERROR, "customer.grade.result", "unlink", rows.ids)
        self.assertRefused(
            ACCESS_ERROR, "customer.grade.history", "unlink", self.free.customer_grade_history_ids.ids
        )

    def test_a_salesperson_cannot_grade(self):
        run = self.scheme.with_user(self.manager).action_run(TODAY)
        self._login(self.seller)
        self.assertRefused(ACCESS_ERROR, "customer.grade.run", "create", {"scheme_id": self.scheme.id})
        self.assertRefused(ACCESS_ERROR, "customer.grade.scheme", "action_run", self.scheme.ids)
        self.assertRefused(ACCESS_ERROR, "customer.grade.scheme", "action_run_and_open", self.scheme.ids)
        for step in ("action_compute", "action_apply", "action_approve", "action_reset", "unlink"):
            self.assertRefused(ACCESS_ERROR, "customer.grade.run", step, run.ids)
        override = {"override_grade_id": self.a.id, "override_reason": "Mine"}
        own = self._result(run, self.own)
        self.assertRefused(ACCESS_ERROR, "customer.grade.result", "write", own.ids, override)
        self.assertRefused(ACCESS_ERROR, "customer.grade.scheme", "write", self.scheme.ids, {"months": 1})
        self.assertRefused(ACCESS_ERROR, "customer.grade", "write", self.a.ids, {"cut": 99})

    def test_a_salesperson_cannot_change_a_grade_by_the_wizard(self):
        self._login(self.seller)
        change = {"partner_ids": [[6, 0, self.own.ids]], "grade_id": self.b.id, "reason": "Mine"}
        self.assertRefused(ACCESS_ERROR, "customer.grade.change", "create", change)
        theirs = (
            self.env["customer.grade.change"]
            .with_user(self.manager)
            .create({"partner_ids": self.own.ids, "grade_id": self.b.id, "reason": "Theirs"})
        )
        self.assertRefused(ACCESS_ERROR, "customer.grade.change", "action_change", theirs.ids)

    def test_a_manager_changes_a_grade_with_a_reason_and_only_with_one(self):
        self._login(self.manager)
        change = {"partner_ids": [[6, 0, self.free.ids]], "grade_id": self.a.id, "reason": "  "}
        blank = self._call("customer.grade.change", "create", change)
        self.assertRefused(GRADE_ERROR, "customer.grade.change", "action_change", [blank])
        good = self._call("customer.grade.change", "create", {**change, "reason": "Reference customer"})
        self._call("customer.grade.change", "action_change", [good])
        self.env.invalidate_all()
        self.assertEqual(self.free.customer_grade_id, self.a)
        row = self.free.customer_grade_history_ids[0]
        self.assertEqual((row.reason, row.user_id), ("Reference customer", self.manager))
        self._login(self.second_manager)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._call("customer.grade.change", "read", [good], ["reason"])

    def test_nobody_writes_what_the_steps_of_a_run_write(self):
        draft = self.env["customer.grade.run"].with_user(self.manager).create({"scheme_id": self.scheme.id})
        self._login(self.manager)
        guarded = {
            "state": "approved",
            "settings": {"cuts": [1]},
            "computed_by_id": self.seller.id,
            "approved_by_id": self.seller.id,
            "applied_on": "2024-01-01 00:00:00",
            "months": 3,
            "metric_id": self._metric("margin").id,
        }
        for name, value in guarded.items():
            self.assertRefused(STATE_ERROR, "customer.grade.run", "write", draft.ids, {name: value})
            self.assertRefused(
                STATE_ERROR, "customer.grade.run", "create", {"scheme_id": self.scheme.id, name: value}
            )
        context = {f"default_{name}": value for name, value in guarded.items()}
        made = self._call("customer.grade.run", "create", {"scheme_id": self.scheme.id}, context=context)
        run = self.env["customer.grade.run"].browse(made)
        self.assertEqual(run.state, "draft")
        self.assertFalse(
            run.settings or run.computed_by_id or run.approved_by_id or run.applied_on or run.months
        )

    def test_private_methods_are_not_for_the_wire(self):
        self._login(self.manager)
        private = {
            "customer.grade.run": ("_apply", "_compute_results"),
            "customer.grade.scheme": ("_graded_sql", "_preview", "_grading"),
            "customer.grade.result": ("_delete_where", "_put_overrides"),
            "customer.metric": ("_evaluate", "_statement_sql"),
            "res.partner": ("_change_customer_grade", "_customer_grade_changed"),
        }
        for model, methods in private.items():
            for method in methods:
                self.assertRefused(ACCESS_ERROR, model, method, [])

    def test_salespeople_see_the_results_of_their_own_and_of_nobodys_customers(self):
        for user, names in (
            (self.seller, {"own", "free"}),
            (self.rival, {"taken", "free"}),
            (self.manager, {"own", "free", "taken"}),
        ):
            self._login(user)
            for model in ("customer.grade.result", "customer.grade.history"):
                rows = self._call(model, "search_read", [("run_id", "=", self.graded.id)], ["partner_id"])
                self.assertEqual({row["partner_id"][1] for row in rows}, names, (user.login, model))

    def test_who_leads_a_team_sees_the_results_of_its_customers(self):
        self.env["crm.team"].create({"name": "East", "user_id": self.seller.id, "member_ids": self.rival.ids})
        self._login(self.seller)
        rows = self._call("customer.grade.result", "search_read", [], ["partner_id"])
        self.assertEqual({row["partner_id"][1] for row in rows}, {"own", "free", "taken"})

    def test_movements_are_shown_like_results(self):
        later = self.scheme.with_user(self.second_manager).action_run("2025-01-31")
        for user, names in ((self.seller, {"own", "free"}), (self.manager, {"own", "free", "taken"})):
            self._login(user)
            rows = self._call(
                "customer.grade.movement", "search_read", [("run_id", "=", later.id)], ["partner_id"]
            )
            self.assertEqual({row["partner_id"][1] for row in rows}, names, user.login)

    def test_charts_of_all_customers_are_for_managers(self):
        for user in (self.seller, self.outsider):
            self._login(user)
            self.assertRefused(ACCESS_ERROR, "customer.grade.run", "read", self.graded.ids, ["chart"])
            self.assertRefused(ACCESS_ERROR, "customer.grade.scheme", "read", self.scheme.ids, ["preview"])
        self._login(self.manager)
        self.assertTrue(
            self._call("customer.grade.run", "read", self.graded.ids, ["chart"])[0]["chart"]["bars"]
        )

    def test_an_employee_of_another_department_sees_grades_and_nothing_behind_them(self):
        self._login(self.outsider)
        found = self._call("res.partner", "read", self.own.ids, ["customer_grade_id"])
        self.assertEqual(found[0]["customer_grade_id"][1], "A")
        for model in ("run", "result", "history", "movement", "change"):
            self.assertRefused(ACCESS_ERROR, f"customer.grade.{model}", "search_read", [], ["id"])
