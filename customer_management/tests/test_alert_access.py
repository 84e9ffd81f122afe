from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .alert_common import AlertCase
from .common import USER

STATE_ERROR = "odoo.addons.customer_management.exceptions.AlertStateError"
ACCESS_ERROR = "odoo.exceptions.AccessError"


@tagged("post_install", "-at_install")
class TestAlertAccess(AlertCase, HttpCase):
    """What each role can do to alerts over the wire, where no form stands in between."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rival = cls._make_user("rival", USER)
        cls.rule = cls._make_rule(points=70)
        cls._invoice(cls.anna, 50)
        cls._evaluate()
        cls.alert = cls._alerts()

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def assertRefused(self, error, model, method, *args, **kwargs):
        """Call and require the kind of error; the alert is open afterwards."""
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as caught:
            self._call(model, method, *args, **kwargs)
        self.assertEqual(caught.exception.args[0], error)
        self.env.invalidate_all()
        self.assertRecordValues(self.alert, [{"state": "open", "points": 70, "note": False}])

    def test_nobody_changes_an_alert_by_writing_it(self):
        for user in (self.seller, self.manager):
            self.authenticate(user.login, user.login)
            for values in (
                {"state": "closed"},
                {"points": 0},
                {"muted_until": "2030-01-01"},
                {"note": "x"},
                {"partner_id": self.env.company.partner_id.id},
                {"figures": []},
                {"plan_id": False},
            ):
                self.assertRefused(STATE_ERROR, "customer.alert", "write", self.alert.ids, values)
            self.assertRefused(
                STATE_ERROR,
                "customer.alert",
                "web_save",
                self.alert.ids,
                {"state": "muted"},
                specification={},
            )

    def test_nobody_makes_copies_imports_or_deletes_an_alert(self):
        values = {
            "rule_id": self.rule.id,
            "partner_id": self.anna.id,
            "company_id": self.company.id,
            "first_seen": "2024-01-01",
            "last_seen": "2024-01-01",
        }
        for user in (self.seller, self.manager):
            self.authenticate(user.login, user.login)
            self.assertRefused(STATE_ERROR, "customer.alert", "create", values)
            self.assertRefused(STATE_ERROR, "customer.alert", "copy", self.alert.ids)
            self.assertRefused(ACCESS_ERROR, "customer.alert", "unlink", self.alert.ids)
            error = ACCESS_ERROR if user == self.seller else STATE_ERROR
            new = {"alert_ids": [[0, 0, values]]}
            self.assertRefused(error, "customer.alert.rule", "write", self.rule.ids, new)
            with mute_logger("odoo.sql_db", "odoo.http"), self.assertRaises(JsonRpcException):
                self._call("customer.alert.rule", "write", self.rule.ids, {"alert_ids": [[5]]})

    def test_a_manager_does_not_reach_alerts_through_their_rule_or_plan(self):
        self.authenticate(self.manager.login, self.manager.login)
        for command in ([1, self.alert.id, {"state": "closed"}], [2, self.alert.id]):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self._call("customer.alert.rule", "write", self.rule.ids, {"alert_ids": [command]})
        plan = self._make_plan()
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._call("customer.plan", "write", plan.ids, {"alert_ids": [[4, self.alert.id]]})

    def test_the_steps_of_the_server_are_not_open_to_the_wire(self):
        self.authenticate(self.manager.login, self.manager.login)
        for method in ("_close", "_mute", "_report", "_alert_opened"):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self._call("customer.alert", method, self.alert.ids)

    def test_a_salesperson_sees_and_answers_alerts_of_own_customers_only(self):
        alert = self.alert.with_user(self.rival)
        self.assertFalse(alert.search([]))
        self.assertFalse(self.env["customer.alert.level"].with_user(self.rival).search([]))
        for step in (
            alert.action_acknowledge,
            alert.action_mute,
            alert.action_open_documents,
            alert.action_open_plan,
        ):
            with self.assertRaises(AccessError):
                step()
        wizard = self.env["customer.alert.answer"].with_user(self.rival)
        with self.assertRaises(AccessError):
            wizard.create({"alert_ids": self.alert.ids, "answer": "mute", "note": "x"}).action_answer()
        self.assertEqual(self.alert.state, "open")

    def test_a_team_leader_sees_those_of_the_team(self):
        leader = self._make_user("leader", USER)
        self.env["crm.team"].create(
            {
                "name": "East",
                "user_id": leader.id,
                "member_ids": self.seller.ids,
                "company_id": self.company.id,
            }
        )
        self.assertEqual(self.alert.with_user(leader).search([]), self.alert)

    def test_an_employee_who_has_nothing_to_do_with_customers_sees_nothing(self):
        for model in (
            "customer.alert",
            "customer.alert.rule",
            "customer.alert.level",
            "customer.alert.report",
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.outsider).search([])
        with self.assertRaises(AccessError):
            self.anna.with_user(self.outsider).read(["customer_alert_level"])
        with self.assertRaises(AccessError):
            self.anna.with_user(self.outsider).search([("customer_alert_level", "=", "danger")])

    def test_a_salesperson_sets_up_nothing(self):
        with self.assertRaises(AccessError):
            self.rule.with_user(self.seller).points = 1
        with self.assertRaises(AccessError):
            self.rule.with_user(self.seller).action_evaluate()
        with self.assertRaises(AccessError):
            self.rule.with_user(self.seller).action_try()
        with self.assertRaises(AccessError):
            self.rule.with_user(self.seller).read(["try_count"])
        with self.assertRaises(AccessError):
            self.rule.condition_ids.with_user(self.seller).constant = 1

    def test_a_manager_evaluates_and_tries(self):
        rule = self.rule.with_user(self.manager)
        self.assertEqual(rule.action_evaluate()["tag"], "display_notification")
        self.assertIsInstance(rule.try_count, int)

    def test_another_company_sees_nothing(self):
        other = self._make_company("Elsewhere", books=False)
        stranger = self._make_user(
            "stranger",
            "customer_management.group_customer_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        there = {"allowed_company_ids": other.ids}
        with self.assertRaises(AccessError):
            self.alert.with_user(stranger).with_context(**there).read(["evidence"])
        self.assertEqual(self.anna.with_user(stranger).with_context(**there).customer_alert_level, "normal")

    def test_nobody_reports_for_a_company_that_is_not_theirs(self):
        other = self._make_company("Elsewhere", books=False)
        wizard = (
            self.env["customer.alert.report"]
            .with_user(self.seller)
            .sudo()
            .create(
                {
                    "partner_ids": self.anna.ids,
                    "company_id": other.id,
                    "rule_id": self._rule("rumours").id,
                    "evidence": "x",
                    "day": fields.Date.today(),
                }
            )
        )
        with self.assertRaises(AccessError):
            wizard.sudo(False).action_report()
        self.assertFalse(self.env["customer.alert"].sudo().search([("company_id", "=", other.id)]))

    def test_a_wizard_belongs_to_who_opened_it(self):
        wizard = self.env["customer.alert.answer"].with_user(self.seller)
        wizard = wizard.create({"alert_ids": self.alert.ids, "answer": "mute", "note": "x"})
        with self.assertRaises(AccessError):
            wizard.with_user(self.rival).read(["note"])
