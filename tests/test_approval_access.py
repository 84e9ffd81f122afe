"""What each role can do with approvals over the wire, where no form stands in between."""

from tools.approval_case import ApprovalCase

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

OURS = "odoo.addons.customer_management.exceptions."
RIGHT, LOCK, STATE = (f"{OURS}Approval{name}Error" for name in ("Right", "Lock", "State"))
ACCESS = "odoo.exceptions.AccessError"
DOCUMENT, ROW = "customer.test.request", "customer.approval"


@tagged("post_install", "-at_install")
class TestApprovalAccess(ApprovalCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls._make_portal_user()
        cls.admin = cls.env.ref("base.user_admin")
        cls.admin.company_ids |= cls.company
        cls.admin.company_id = cls.company
        cls._make_rule(cls.bob, name="First")
        cls._make_rule(cls.cem, name="Second", sequence=20)
        cls.request_ = cls._submit(line_ids=[(0, 0, {"name": "Paper"})])
        cls.draft = cls._make_request()

    def call(self, user, model, method, *args, **kwargs):
        password = "admin" if user == self.admin else user.login
        self.authenticate(user.login, password)
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def assertRefused(self, errors, user, model, method, *args, **kwargs):
        """Call as a user and require one of these errors; nothing has changed afterwards."""
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as caught:
            self.call(user, model, method, *args, **kwargs)
        self.assertIn(caught.exception.args[0], errors, (user.login, model, method))
        self.env.invalidate_all()
        self.assertEqual((self.request_.approval_state, self.draft.approval_state), ("pending", "draft"))
        self.assertEqual(self.states(self.request_), ["pending", "waiting"])
        self.assertFalse(self.rows(self.draft))
        self.assertEqual(self.request_.line_ids.mapped("name"), ["Paper"])

    @property
    def people(self):
        return (self.ann, self.bob, self.eve, self.max, self.admin)

    def test_nobody_writes_the_state_of_a_document(self):
        approved = {"approval_state": "approved"}
        for user in self.people:
            for record in (self.draft, self.request_):
                self.assertRefused([RIGHT], user, DOCUMENT, "write", record.ids, approved)
                self.assertRefused(
                    [RIGHT], user, DOCUMENT, "web_save", record.ids, approved, specification={}
                )
            self.assertRefused([RIGHT], user, DOCUMENT, "create", {"name": "New", **approved})
            self.assertRefused([RIGHT], user, DOCUMENT, "copy", self.draft.ids, approved)
            self.assertRefused(
                [RIGHT], user, DOCUMENT, "write", self.draft.ids, {"requested_by_id": self.eve.id}
            )
        self.assertRefused([ACCESS, RIGHT], self.portal, DOCUMENT, "write", self.draft.ids, approved)

    def test_no_context_key_opens_a_way(self):
        keys = {"default_approval_state": "approved", "default_state": "approved", "install_mode": True}
        keys |= {
            "skip_validation_check": True,
            "bypass_approval": True,
            "import_file": True,
            "su": True,
            "uid": 1,
        }
        context = {
            **keys,
            "default_requested_by_id": self.eve.id,
            "tracking_disable": True,
            "active_test": False,
        }
        made = self.call(self.ann, DOCUMENT, "create", {"name": "New"}, context=context)
        made = [made, self.call(self.ann, DOCUMENT, "name_create", "New", context=context)[0]]
        self.call(self.ann, "ir.default", "set", DOCUMENT, "approval_state", "approved", user_id=True)
        made.append(self.call(self.ann, DOCUMENT, "create", {"name": "New"}))
        records = self.env[DOCUMENT].browse(made)
        self.assertEqual(set(records.mapped("approval_state")), {"draft"})
        self.assertFalse(records.requested_by_id)
        self.call(self.ann, DOCUMENT, "action_submit", made, context=context)
        self.env.invalidate_all()
        self.assertEqual(set(records.mapped("approval_state")), {"pending"})
        self.assertEqual(sorted(self.states(records)), ["pending"] * 3 + ["waiting"] * 3)
        self.assertRefused(
            [LOCK], self.ann, DOCUMENT, "write", self.request_.ids, {"amount": 1}, context=context
        )
        self.assertRefused([RIGHT], self.ann, DOCUMENT, "action_approve", self.request_.ids, context=context)

    def test_no_import_approves_or_changes_what_is_locked(self):
        for fields_, row, words in (
            (["name", "approval_state"], ["New", "approved"], "not by editing"),
            (["name", "approval_state"], ["New", "Approved"], "not by editing"),
            ([".id", "amount"], [str(self.request_.id), "1"], "cannot be changed"),
            ([".id", "line_ids/name"], [str(self.request_.id), "More"], "cannot be changed"),
            ([".id", "approval_state"], [str(self.draft.id), "Approved"], "not by editing"),
        ):
            found = self.call(self.ann, DOCUMENT, "load", fields_, [row])
            self.assertFalse(found["ids"])
            self.assertIn(words, found["messages"][0]["message"])
        found = self.call(
            self.max, ROW, "load", [".id", "state"], [[str(self.rows(self.request_)[0].id), "Approved"]]
        )
        self.assertFalse(found["ids"])
        self.assertEqual(self.states(self.request_), ["pending", "waiting"])

    def test_nobody_writes_makes_or_deletes_an_approval(self):
        row = self.rows(self.request_)[0]
        values = {
            "res_model": DOCUMENT,
            "res_id": self.draft.id,
            "subject": "x",
            "round": 1,
            "state": "approved",
        }
        values |= {"requester_id": self.ann.id, "company_id": self.company.id}
        for user in (*self.people, self.portal):
            errors = [ACCESS, RIGHT]
            self.assertRefused(errors, user, ROW, "create", values)
            self.assertRefused(errors, user, ROW, "write", row.ids, {"state": "approved"})
            self.assertRefused(errors, user, ROW, "write", row.ids, {"approver_ids": [(4, user.id)]})
            self.assertRefused(errors, user, ROW, "copy", row.ids, {})
            self.assertRefused(errors, user, ROW, "unlink", row.ids)
            if user != self.portal:
                commands = [[0, 0, values]]
                self.assertRefused(
                    [ACCESS, RIGHT], user, DOCUMENT, "write", self.draft.ids, {"approval_ids": commands}
                )
                self.assertRefused(
                    [ACCESS, RIGHT],
                    user,
                    DOCUMENT,
                    "write",
                    self.request_.ids,
                    {"approval_ids": [[2, row.id, 0]]},
                )

    def test_private_methods_are_not_for_the_wire(self):
        for model, methods in {
            ROW: ("_decide", "_settle", "_record", "_follow_up", "_cron_remind"),
            DOCUMENT: ("_approval_write", "_approval_submit", "_approval_granted", "_approval_locked_rows"),
            "customer.approval.delegation": ("_finish", "_get_running"),
        }.items():
            for method in methods:
                self.assertRefused([ACCESS], self.max, model, method, self.request_.ids)

    def test_only_who_is_asked_decides_and_only_in_turn(self):
        first, second = self.rows(self.request_)
        for user in (self.ann, self.eve, self.max, self.admin, self.cem):
            self.assertRefused([RIGHT], user, DOCUMENT, "action_approve", self.request_.ids)
            self.assertRefused([RIGHT, ACCESS], user, ROW, "action_approve", first.ids)
        self.assertRefused([STATE], self.cem, ROW, "action_approve", second.ids)
        self.assertRefused([ACCESS], self.portal, ROW, "action_approve", first.ids)
        self.assertRefused([ACCESS], self.portal, DOCUMENT, "action_approve", self.request_.ids)
        wizard, values = "customer.approval.refusal", {"approval_ids": [[6, 0, first.ids]], "reason": "x"}
        self.assertRefused([ACCESS], self.eve, wizard, "create", values)
        mine = self.call(self.ann, wizard, "create", values)
        self.assertRefused([RIGHT], self.ann, wizard, "action_refuse", [mine])
        self.assertRefused([ACCESS], self.max, wizard, "action_refuse", [mine])
        self.call(self.bob, DOCUMENT, "action_approve", self.request_.ids)
        self.call(self.cem, ROW, "action_approve", second.ids, "Fine")
        self.env.invalidate_all()
        self.assertEqual(self.request_.approval_state, "approved")
        self.assertEqual(second.reason, "Fine")

    def test_people_see_their_own_requests_and_what_they_are_asked(self):
        self._delegate(self.cem, self.dee)
        for user, count in (
            (self.ann, 2),
            (self.bob, 1),
            (self.cem, 1),
            (self.dee, 1),
            (self.eve, 0),
            (self.max, 2),
        ):
            domain = [("res_model", "=", DOCUMENT), ("res_id", "=", self.request_.id)]
            self.assertEqual(self.call(user, ROW, "search_count", domain), count, user.login)
        self.assertRefused([ACCESS], self.portal, ROW, "search_count", [])
        chain = self.call(self.eve, DOCUMENT, "read", self.request_.ids, ["approval_chain"])[0][
            "approval_chain"
        ]
        self.assertIn("Second", chain)
        seen = self.call(
            self.bob, ROW, "web_search_read", [], {"res_model_id": {"fields": {"display_name": {}}}}
        )
        self.assertEqual(seen["records"][0]["res_model_id"]["display_name"], "Test Request")

    def test_another_company_sees_nothing(self):
        other = self._make_company("Elsewhere", books=False)
        boss = self._make_user(
            "boss",
            "customer_management.group_customer_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertEqual(self.call(boss, ROW, "search_count", []), 0)
        for method in ("action_approve", "action_withdraw"):
            self.assertRefused([ACCESS], boss, DOCUMENT, method, self.request_.ids)
        self.assertRefused([ACCESS], boss, ROW, "action_approve", self.rows(self.request_)[0].ids)

    def test_rules_are_for_managers_and_stand_ins_for_the_own_place(self):
        rule = self.env["customer.approval.rule"].search([("company_id", "=", self.company.id)], limit=1)
        self.assertRefused([ACCESS], self.ann, rule._name, "write", rule.ids, {"active": False})
        self.assertRefused([ACCESS], self.ann, rule._name, "search_count", [])
        place = {"user_id": self.bob.id, "delegate_id": self.ann.id, "date_to": "2999-12-31"}
        delegation = "customer.approval.delegation"
        for user in (self.ann, self.eve):
            self.assertRefused([ACCESS, f"{OURS}ApprovalRuleError"], user, delegation, "create", place)
        theirs = self._delegate(self.bob, self.dee)
        for user in (self.dee, self.eve):
            self.assertRefused([ACCESS], user, delegation, "write", theirs.ids, {"delegate_id": self.eve.id})
            self.assertRefused([ACCESS], user, delegation, "action_end", theirs.ids)
        self.call(self.bob, delegation, "action_end", theirs.ids)
