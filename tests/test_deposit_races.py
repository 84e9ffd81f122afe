"""A deposit is paid back once, however many payments somebody has prepared."""

import os

from tools.race_case import RaceCase

TIMES = int(os.environ.get("RACES", "20"))
PREPARE = r"""
import json
TIMES = %d
company = env.company
accounts = env["account.account"].create([
    {"name": name, "code": code, "account_type": kind} for name, code, kind in (
        ("Deposits", "RACE1", "liability_current"), ("Penalties", "RACE2", "income_other"),
        ("Bank", "RACE3", "asset_cash"))])
company.customer_dealer_deposit_account_id, company.customer_dealer_penalty_account_id = accounts[0], accounts[1]
journal = env["account.journal"].create(
    {"name": "Race", "code": "RACE", "type": "general", "default_account_id": accounts[2].id})
env["customer.approval.rule"].search([("model_id.model", "=", "customer.dealer.deposit")]).active = False
partners = env["res.partner"].create([{"name": f"Race {i}", "is_company": True} for i in range(TIMES)])
kind = env.ref("customer_channels.dealer_type_distributor")
dealers = env["customer.dealer"].create([{"partner_id": p.id, "type_id": kind.id} for p in partners])
def deposits(kind):
    return env["customer.dealer.deposit"].create([
        {"dealer_id": d.id, "kind": kind, "amount": 100, "date": "2025-01-05", "journal_id": journal.id}
        for d in dealers])
deposits("received").action_post()
boss = env["res.users"].create({"name": "Boss", "login": "race_boss", "group_ids": [
    (6, 0, env.ref("customer_channels.group_channel_manager").ids)]})
env["customer.approval.rule"].create({"name": "Race", "model_id": env["ir.model"]._get_id("customer.dealer.deposit"),
    "company_id": company.id, "user_ids": [(6, 0, boss.ids)]})
one, two = deposits("refunded"), deposits("refunded")
for deposit in one + two:
    deposit.action_submit()
    deposit.with_user(boss).action_approve()
env.cr.commit()
env.registry.signal_changes()
ids = {"one": one.ids, "two": two.ids, "dealers": dealers.ids}
print("MADE", json.dumps({"uid": env.ref("base.user_admin").id, **ids}))
"""
READ = r"""
import json
print("FOUND", json.dumps(list(env["customer.dealer"].browse(%s)._deposit_balances().values())))
"""


class TestPaidBackOnce(RaceCase):
    def test_of_two_payments_of_one_deposit_one_is_made(self):
        made = self.shell(PREPARE % TIMES)
        post = {"uid": made["uid"], "context": {"lang": "en_US", "tz": "UTC"}}
        post |= {"model": "customer.dealer.deposit", "method": "action_post"}
        for pair in zip(made["one"], made["two"], strict=True):
            answers = self.together(*({**post, "ids": [one]} for one in pair))
            refused = [answer["error"] for answer in answers if "error" in answer]
            self.assertEqual(len(refused), 1, answers)
            self.assertIn("DepositStateError", refused[0])
        self.assertEqual(self.shell(READ % made["dealers"]), [0] * TIMES)
