from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .review_case import ReviewCase

REQUEST, ACCOUNT, LIMIT = "customer.credit.limit.request", "customer.credit.account", "customer.credit.limit"


@tagged("post_install", "-at_install")
class TestReviewRpc(ReviewCase, HttpCase):
    """What people can do over the wire, where no form stands in between."""

    def _call(self, user, model, method, *args, **kwargs):
        self.authenticate(user.login, user.login)
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _fails(self, user, model, method, *args, **kwargs):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._call(user, model, method, *args, **kwargs)
        self.env.invalidate_all()

    def test_no_call_reaches_a_limit_a_rating_or_the_terms(self):
        account = self._account(limit=500)
        best = self.ratings["AAA"].id
        for user in (self.seller, self.controller, self.boss):
            values = {"account_id": account.id, "amount": 9, "reason": "x"}
            self._fails(user, LIMIT, "create", [values])
            self._fails(user, LIMIT, "write", account.limit_ids.ids, {"amount": 9})
            self._fails(user, LIMIT, "unlink", account.limit_ids.ids)
            self._fails(user, ACCOUNT, "write", account.ids, {"rating_id": best})
            self._fails(user, ACCOUNT, "web_save", account.ids, {"next_review": False}, specification={})
            self._fails(user, ACCOUNT, "_grant", {account.id: {"rating_id": best}})
            self._fails(user, ACCOUNT, "_write_granted", account.ids, {"rating_id": best})
        self.assertEqual((account._limits()[account], account.rating_id.id), (500, False))

    def test_an_import_brings_requests_and_no_limits(self):
        columns = ["partner_id/.id", "kind", "amount", "reason", "approval_state"]
        row = [str(self.anna.id), "base", "700", "Opening", "approved"]
        refused = self._call(self.controller, REQUEST, "load", columns, [row])
        self.assertFalse(refused["ids"])
        done = self._call(self.controller, REQUEST, "load", columns[:-1], [row[:-1]])
        self._call(self.controller, REQUEST, "action_submit", done["ids"])
        self._fails(self.controller, REQUEST, "action_approve", done["ids"])
        self._call(self.boss, REQUEST, "action_approve", done["ids"])
        account = self.env[ACCOUNT]._of(self.anna, self.company)[self.anna.id]
        self.assertEqual(account._limits()[account], 700)

    def test_a_salesperson_asks_and_does_not_decide(self):
        values = {"partner_id": self.anna.id, "amount": 300, "reason": "Grows"}
        [made] = self._call(self.seller, REQUEST, "create", [values])
        self._call(self.seller, REQUEST, "action_submit", [made])
        self._fails(self.seller, REQUEST, "action_approve", [made])
        self._fails(self.seller, REQUEST, "write", [made], {"amount": 900})
        self._fails(self.seller, REQUEST, "read", [made], ["overdue", "old_amount"])
        self._fails(self.seller, ACCOUNT, "search_read", [], ["limit"])
        self._fails(self.seller, "customer.credit.review", "search_read", [], ["amount"])
        self._fails(self.seller, "customer.credit.rating.change", "search_read", [], ["reason"])
        self.assertEqual(self.env[REQUEST].browse(made).approval_state, "pending")
