"""Ten users confirm orders of the same payers at the same time; the ledger of decisions explains every order."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from unittest import TestCase

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / ".dev"))

from databases import House  # noqa: E402  (the path to it is set just above)

WORKER = Path(__file__).parent / "tools" / "crowd.py"
SECONDS = float(os.environ.get("CROWD_SECONDS", "20"))
USERS = 10
# Payers that all of them sell to, and a group of two under one limit, who order half as much each.
PAYERS, AMOUNT = 9, 100
# Orders of one user for one payer: an order a second in all, which is what a user does.
ORDERS = max(2, round(SECONDS / 20) * 2)
# Half of what is ordered fits under the limits.
PREPARE = r"""
import json
USERS, PAYERS, AMOUNT, ORDERS = %r
Command = __import__("odoo.fields", fromlist=["Command"]).Command
product = env["product.product"].create(
    {"name": "Crowd", "type": "service", "list_price": AMOUNT, "taxes_id": False})
payers = env["res.partner"].create([{"name": f"Crowd {i}"} for i in range(PAYERS + 2)])
group = env["res.partner"].create({"name": "Crowd group"})
accounts = env["customer.credit.account"].create([{"partner_id": p.id} for p in (*payers[:-2], group)])
env["customer.credit.account"].create([{"partner_id": p.id, "parent_id": accounts[-1].id} for p in payers[-2:]])
env["customer.credit.limit"].sudo().create([
    {"account_id": a.id, "currency_id": env.company.currency_id.id, "date_from": "2024-01-01", "reason": "Crowd",
     "amount": AMOUNT * USERS * ORDERS / 2} for a in accounts])
groups = ["sales_team.group_sale_salesman_all_leads", "customer_management.group_customer_user"]
users = env["res.users"].create([
    {"name": f"Crowd {i}", "login": f"crowd_{i}", "group_ids": [Command.set([env.ref(g).id for g in groups])]}
    for i in range(USERS)])
made = {}
for user in users:
    orders = env["sale.order"].create([
        {"partner_id": p.id, "user_id": user.id, "order_line": [Command.create(
            {"product_id": product.id, "product_uom_qty": 1, "tax_ids": False})]}
        for number in range(ORDERS) for p in payers if number %% 2 or p not in payers[-2:]])
    made[user.id] = orders.ids
env.cr.commit()
print("MADE", json.dumps(made))
"""
READ = r"""
import json
orders = env["sale.order"].search([("order_line.product_id.name", "=", "Crowd")])
def facts(order):
    account = env["customer.credit.account"].search([("partner_id", "=", order.partner_id.id)])
    root = account.parent_id or account
    rows = order.credit_decision_ids.sorted("id")
    return {"id": order.id, "root": root.id, "limit": root.limit, "amount": order.amount_total,
            "state": order.state, "credit": order.credit_state, "holds": order.credit_hold_ids.mapped("state"),
            "decisions": [[row.id, row.result, row.exposure, row.amount, row.limit] for row in rows]}
print("FOUND", json.dumps([facts(order) for order in orders]))
"""


class TestCrowd(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = House(browser=False)
        cls.name = f"cm_test_crowd_{os.getpid()}"
        cls.house.copy(cls.house.template(demo=False), cls.name)
        cls.addClassCleanup(cls.house.drop, cls.name)
        cls.addClassCleanup(lambda: cls.house.config(cls.name).unlink(missing_ok=True))
        made = cls.shell(PREPARE % ((USERS, PAYERS, AMOUNT, ORDERS),))
        command = [str(cls.house.python), str(WORKER), str(cls.house.config(cls.name)), cls.name]
        done = subprocess.run(
            command,
            input=json.dumps({"seconds": SECONDS, "users": made}),
            stdout=subprocess.PIPE,
            text=True,
            env=cls.house.env,
            check=True,
            timeout=SECONDS + 600,
        )
        cls.answers = json.loads(done.stdout.splitlines()[-1])
        cls.orders = cls.shell(READ)
        cls.made = made

    @classmethod
    def shell(cls, script):
        """Run a script in a shell of the database and return what it said."""
        done = cls.house.odoo(cls.name, "--no-http", "--log-level=error", command=("shell",), input=script)
        lines = [line for line in done.stdout.splitlines() if line.startswith(("MADE", "FOUND"))]
        assert len(lines) == 1, done.stdout[-4000:]
        return json.loads(lines[0].split(" ", 1)[1])

    def test_they_did_work_at_the_same_time(self):
        self.assertEqual(len({answer["user"] for answer in self.answers}), USERS)
        self.assertTrue(any(answer["tries"] > 1 for answer in self.answers), "two met at one payer")

    def test_nobody_saw_an_error(self):
        self.assertEqual([answer for answer in self.answers if "error" in answer], [])

    def test_no_order_is_lost(self):
        made = [order for orders in self.made.values() for order in orders]
        self.assertEqual(sorted(order["id"] for order in self.orders), sorted(made))
        asked = {answer["order"] for answer in self.answers}
        self.assertEqual({order["id"] for order in self.orders if order["decisions"]}, asked)

    def test_each_answer_left_one_decision_and_a_repeated_try_none(self):
        answers = Counter(answer["order"] for answer in self.answers if "error" not in answer)
        self.assertEqual({o["id"]: len(o["decisions"]) for o in self.orders if o["decisions"]}, answers)

    def test_the_last_decision_of_each_order_explains_its_state(self):
        for order in self.orders:
            results = [result for _id, result, *_figures in order["decisions"]]
            with self.subTest(order["id"]):
                if not results:
                    expected = ("draft", "none", [])
                elif results[-1] == "passed":
                    expected = ("sale", "passed", ["cured"] if "held" in results else [])
                else:
                    expected = ("draft", "held", ["held"])
                self.assertEqual((order["state"], order["credit"], order["holds"]), expected)
                self.assertEqual(results[:-1], ["held"] * (len(results) - 1))

    def test_a_limit_is_used_up_and_never_passed(self):
        for root in {order["root"] for order in self.orders}:
            orders = [order for order in self.orders if order["root"] == root]
            limit = orders[0]["limit"]
            confirmed = sum(order["amount"] for order in orders if order["state"] == "sale")
            tried = sum(order["amount"] for order in orders if order["decisions"])
            self.assertEqual(confirmed, min(limit, tried))
            rows = sorted(row for order in orders for row in order["decisions"])
            passed = [exposure for _id, result, exposure, *_rest in rows if result == "passed"]
            # Each one that passed saw all that had passed before it.
            self.assertEqual(sorted(passed), [AMOUNT * place for place in range(len(passed))])
            for _id, result, exposure, amount, bound in rows:
                self.assertEqual(bound, limit)
                self.assertEqual(result == "passed", exposure + amount <= limit)
