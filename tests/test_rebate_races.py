"""A rebate is settled once, whoever settles it at the same moment."""

import os

from tools.race_case import RaceCase

TIMES = int(os.environ.get("RACES", "20"))
PREPARE = r"""
import json
Command = __import__("odoo.fields", fromlist=["Command"]).Command
TIMES = %d
company = env.company
company.customer_rebate_product_id = env["product.product"].create({"name": "Rebate", "type": "service"})
partners = env["res.partner"].create([{"name": f"Race {i}", "is_company": True} for i in range(TIMES)])
kind = env.ref("customer_channels.dealer_type_distributor")
dealers = env["customer.dealer"].create([{"partner_id": p.id, "type_id": kind.id} for p in partners])
plan = env["customer.dealer.rebate.plan"].create(
    {"name": "Race", "tier_ids": [Command.create({"amount_from": 0, "rate": 10})]})
statements = env["customer.dealer.rebate.statement"].sudo().create([
    {"plan_id": plan.id, "dealer_id": d.id, "date_from": "2025-01-01", "date_to": "2025-12-31"} for d in dealers])
env["customer.dealer.rebate.engine"]._compute(statements)
for one in statements:
    one._approval_write({"approval_state": "approved", "amount": 100})
    one._approval_write({"confirmed_on": "2026-01-05"})
env.cr.commit()
print("MADE", json.dumps({"uid": env.ref("base.user_admin").id, "ids": statements.ids}))
"""
READ = r"""
import json
ids = %s
lines = env["account.move.line"].search([("rebate_statement_id", "in", ids), ("display_type", "=", "product")])
print("FOUND", json.dumps([len(lines.filtered(lambda line: line.rebate_statement_id.id == one)) for one in ids]))
"""


class TestSettledOnce(RaceCase):
    def test_of_two_who_settle_a_rebate_one_does(self):
        made = self.shell(PREPARE % TIMES)
        settle = {"uid": made["uid"], "context": {"lang": "en_US", "tz": "UTC"}}
        settle |= {"model": "customer.dealer.rebate.statement", "method": "action_settle"}
        answers = [self.together({**settle, "ids": [one]}, {**settle, "ids": [one]}) for one in made["ids"]]
        for pair in answers:
            refused = [answer["error"] for answer in pair if "error" in answer]
            self.assertEqual(len(refused), 1, pair)
            self.assertRegex(refused[0], "RebateStateError|ApprovalBusyError")
        self.assertEqual(self.shell(READ % made["ids"]), [1] * TIMES)
