"""Of two contracts that promise the same exclusive territory at the same moment, one is refused."""

import os

from tools.race_case import RaceCase

TIMES = int(os.environ.get("RACES", "30"))
PREPARE = r"""
import json
Command = __import__("odoo.fields", fromlist=["Command"]).Command
env["customer.approval.rule"].search([("model_id.model", "=", "customer.dealer.contract")]).active = False
kind = env["customer.dealer.type"].create({"name": "Race", "code": "race"})
partners = env["res.partner"].create([{"name": f"Race {i}", "is_company": True} for i in range(2)])
dealers = env["customer.dealer"].create([{"partner_id": p.id, "type_id": kind.id} for p in partners])
areas = env["customer.area"].create([{"name": f"Race {i}"} for i in range(%d)])
contracts = [env["customer.dealer.contract"].create([{
    "dealer_id": dealer.id, "date_from": "2025-01-01", "date_to": "2099-12-31",
    "territory_ids": [Command.create({"area_id": area.id, "is_exclusive": True})]} for area in areas])
    for dealer in dealers]
env.cr.commit()
print("MADE", json.dumps({"uid": env.ref("base.user_admin").id, "one": contracts[0].ids, "two": contracts[1].ids}))
"""
READ = r"""
import json
one, two = (env["customer.dealer.contract"].browse(ids) for ids in (%s, %s))
print("FOUND", json.dumps([sorted(pair) for pair in zip(one.mapped("state"), two.mapped("state"))]))
"""


class TestContractRaces(RaceCase):
    def test_of_two_submissions_one_is_approved_and_one_is_told_who_was_faster(self):
        made = self.shell(PREPARE % TIMES)
        call = {
            "uid": made["uid"],
            "context": {"lang": "en_US", "tz": "UTC"},
            "model": "customer.dealer.contract",
            "method": "action_submit",
        }
        refused = []
        for pair in zip(made["one"], made["two"], strict=True):
            answers = self.together(*({**call, "ids": [contract]} for contract in pair))
            errors = [answer["error"] for answer in answers if "error" in answer]
            self.assertEqual(len(errors), 1)
            refused += errors
        self.assertEqual(self.shell(READ % (made["one"], made["two"])), [["approved", "draft"]] * TIMES)
        for error in refused:
            self.assertRegex(error, "Race [01]", "whoever is refused reads who was faster")
