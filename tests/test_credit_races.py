"""Of two decisions about one credit at the same moment, the second sees the first."""

import os

from tools.race_case import RaceCase

TIMES = int(os.environ.get("RACES", "120"))
# Two payers a round, each with its account and an order; the second belongs to the group of the first where asked.
PREPARE = r"""
import json
TIMES, KIND = %d, %r
Command = __import__("odoo.fields", fromlist=["Command"]).Command
env.company.customer_credit_horizon = 5 if KIND == "delivery" else 0
product = env["product.product"].create(
    {"name": "Race", "type": "consu" if KIND == "delivery" else "service", "list_price": 600, "taxes_id": False})
partners = env["res.partner"].create([{"name": f"Race {KIND} {i}"} for i in range(2 * TIMES)])
first, second = partners[:TIMES], partners[TIMES:]
accounts = env["customer.credit.account"]
if KIND != "release":
    accounts = accounts.create([{"partner_id": p.id} for p in first])
    env["customer.credit.limit"].sudo().create([
        {"account_id": a.id, "amount": 1000, "currency_id": env.company.currency_id.id,
         "date_from": "2024-01-01", "reason": "Race"} for a in accounts])
if KIND == "group":
    env["customer.credit.account"].create(
        [{"partner_id": p.id, "parent_id": a.id} for p, a in zip(second, accounts)])
payers = second if KIND == "group" else first
def orders(partners, **values):
    return env["sale.order"].create([{"partner_id": p.id, **values, "order_line": [
        Command.create({"product_id": product.id, "product_uom_qty": 1, "tax_ids": False})]} for p in partners])
team = {"team_id": env["crm.team"].create({"name": f"Race {KIND}"}).id}
one, two = orders(first, **team), orders(payers, **team)
if KIND == "release":
    env["customer.credit.rule"].create({"name": "Race", "kind": "order_amount", "threshold": 500,
        "action": "hold", "team_ids": [Command.set([team["team_id"]])]})
    releases = orders(first, **team)
    releases.action_confirm()
    grant = {"reason": "Race", "release_kind": "amount", "release_amount": 1500}
    boss = env["res.users"].create({"name": "Boss", "login": "race_boss", "group_ids": [
        Command.set([env.ref("customer_credit.group_credit_manager").id])]})
    rule = {"name": "Boss", "model_id": env["ir.model"]._get_id("customer.credit.hold"),
            "company_id": env.company.id, "user_ids": [Command.set(boss.ids)]}
    env["customer.approval.rule"].search([("model_id", "=", rule["model_id"])]).active = False
    env["customer.approval.rule"].create(rule)
    releases.credit_hold_ids.with_user(boss)._grant(grant)
    assert set(releases.mapped("state")) == {"sale"}, releases.mapped("state")
if KIND == "delivery":
    two.commitment_date = "2099-01-01"
    two.action_confirm()
    assert set(two.mapped("state")) == {"sale"}
    moves = two.picking_ids.move_ids
    for move in moves:
        move.quantity = 1
        move.picked = True
env.cr.commit()
env.registry.signal_changes()
others = [order.picking_ids.id for order in two] if KIND == "delivery" else (accounts if KIND == "limit" else two).ids
print("MADE", json.dumps({"uid": env.ref("base.user_admin").id, "one": one.ids, "two": others,
                          "orders": two.ids}))
"""
READ = r"""
import json
one, two = env["sale.order"].browse(%s), env["sale.order"].browse(%s)
def facts(order):
    decision = order.credit_decision_ids[:1]
    return {"state": order.state, "credit": order.credit_state, "shipped": order.picking_ids[:1].state,
            "results": order.credit_decision_ids.mapped("result"), "limit": decision.limit,
            "fits": decision.exposure + decision.amount <= decision.limit,
            "holds": order.credit_hold_ids.mapped("state")}
print("FOUND", json.dumps([[facts(a), facts(b)] for a, b in zip(one, two)]))
"""


class TestRaces(RaceCase):
    def race(self, kind, second):
        """Run the rounds of a race; return the answers and what stands in the database afterwards."""
        made = self.shell(PREPARE % (TIMES, kind))
        answers = []
        for one, two in zip(made["one"], made["two"], strict=True):
            call = {"uid": made["uid"], "context": {"lang": "en_US", "tz": "UTC"}}
            confirm = {**call, "model": "sale.order", "ids": [one], "method": "action_confirm"}
            answers.append(self.together(confirm, {**call, **second(two)}))
        found = self.shell(READ % (made["one"], made["orders"]))
        wrong = [answer for pair in answers for answer in pair if "error" in answer]
        self.assertEqual(wrong, [], "nobody gets an error page")
        self.assertTrue(any(answer["tries"] > 1 for pair in answers for answer in pair), "they did meet")
        return answers, found

    def assertOneOfTwo(self, found):
        for pair in found:
            self.assertEqual(sorted(order["state"] for order in pair), ["draft", "sale"])
            for order in pair:
                held = order["state"] == "draft"
                self.assertEqual(
                    (order["holds"], order["credit"]), (["held"], "held") if held else ([], "passed")
                )
                self.assertEqual((order["limit"], order["fits"]), (1000, not held))

    def test_of_two_orders_one_is_confirmed_and_one_held(self):
        confirm = {"model": "sale.order", "method": "action_confirm"}
        _answers, found = self.race("orders", lambda order: {**confirm, "ids": [order]})
        self.assertOneOfTwo(found)

    def test_of_two_orders_of_a_group_one_is_confirmed_and_one_held(self):
        confirm = {"model": "sale.order", "method": "action_confirm"}
        _answers, found = self.race("group", lambda order: {**confirm, "ids": [order]})
        self.assertOneOfTwo(found)

    def test_of_two_orders_under_a_release_of_a_payer_without_account_one_goes_on(self):
        confirm = {"model": "sale.order", "method": "action_confirm"}
        _answers, found = self.race("release", lambda order: {**confirm, "ids": [order]})
        for pair in found:
            # Of 1,500 the order that was released takes 600, and one of the two as much.
            self.assertEqual(sorted(order["credit"] for order in pair), ["held", "released"])
            self.assertEqual(sorted(order["state"] for order in pair), ["draft", "sale"])

    def test_of_an_order_and_a_delivery_one_goes_on_and_one_is_held(self):
        validate = {"model": "stock.picking", "method": "button_validate"}
        _answers, found = self.race("delivery", lambda picking: {**validate, "ids": [picking]})
        for order, shipped in found:
            went_on = [order["state"] == "sale", shipped["shipped"] == "done"]
            self.assertEqual(sorted(went_on), [False, True])
            self.assertEqual(order["holds"] + shipped["holds"], ["held"])

    def test_an_order_never_passes_by_a_limit_that_was_cut_before(self):
        values = {"amount": 500, "date_from": "2024-06-01", "reason": "Cut", "currency_id": self.currency()}
        answers, found = self.race(
            "limit",
            lambda account: {
                "uid": 1,
                "model": "customer.credit.limit",
                "ids": [],
                "method": "create",
                "args": [{**values, "account_id": account}],
            },
        )
        for (confirmed, cut), (order, _same) in zip(answers, found, strict=True):
            passed = order["state"] == "sale"
            self.assertEqual(order["limit"], 1000 if passed else 500)
            if confirmed["began"] > cut["ended"]:
                self.assertFalse(passed, "the limit was cut before the order was decided")

    def currency(self):
        rows = self.house.server.sql("SELECT currency_id FROM res_company ORDER BY id LIMIT 1", self.name)
        return int(rows[0][0])
