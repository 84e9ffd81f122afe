"""Nobody is greeted twice and no technician is booked twice, whoever does it at the same moment."""

import os

from tools.race_case import RaceCase

TIMES = int(os.environ.get("RACES", "10"))
PREPARE = r"""
import json
TIMES = %d
Date = __import__("odoo.fields", fromlist=["Date"]).Date
today = Date.context_today(env.user)
env["customer.care.rule"].search([("active", "=", True)]).active = False
buyer = env["res.partner"].create({"name": "Race Ltd", "is_company": True})
env["sale.order"].create({"partner_id": buyer.id}).write({"state": "sale"})
env["res.partner"].create([{
    "name": f"P{i}", "parent_id": buyer.id, "customer_birthday_month": today.month,
    "customer_birthday_day": today.day} for i in range(50)])
rules = env["customer.care.rule"].create([{
    "name": f"R{i}", "kind": "birthday", "channel": "activity", "user_id": env.ref("base.user_admin").id,
    "lead_days": 0} for i in range(TIMES)])
requests = env["customer.service.request"].create([
    {"partner_id": buyer.id, "fault": f"F{i}"} for i in range(2 * TIMES)])
env.cr.commit()
print("MADE", json.dumps({"uid": env.ref("base.user_admin").id, "rules": rules.ids, "requests": requests.ids}))
"""
READ = r"""
import json
care = env["customer.care"]
rules = %s
found = [[care.search_count([("rule_id", "=", one)]),
          env["mail.activity"].search_count([
              ("res_model", "=", "customer.care"), ("res_id", "in", care.search([("rule_id", "=", one)]).ids)])]
         for one in rules]
visits = env["customer.service.visit"].search_count([("user_id", "=", env.ref("base.user_admin").id)])
print("FOUND", json.dumps({"care": found, "visits": visits}))
"""


class TestOnce(RaceCase):
    def test_of_two_who_plan_or_book_one_does(self):
        made = self.shell(PREPARE % TIMES)
        call = {"uid": made["uid"], "context": {"lang": "en_US", "tz": "UTC"}}
        for rule in made["rules"]:
            plan = {**call, "model": "customer.care.rule", "ids": [rule], "method": "action_plan_now"}
            answers = self.together(plan, plan)
            self.assertFalse([one for one in answers if "error" in one], answers)
        for number in range(TIMES):
            pair = made["requests"][2 * number : 2 * number + 2]
            answers = self.together(*(self.booking(call, made["uid"], one, number) for one in pair))
            refused = [one["error"] for one in answers if "error" in one]
            self.assertEqual(len(refused), 1, answers)
            self.assertRegex(refused[0], "TechnicianBusyError|ValidationError")
        found = self.shell(READ % made["rules"])
        self.assertEqual(found, {"care": [[50, 50]] * TIMES, "visits": TIMES})

    def booking(self, call, uid, request, number):
        """Return the call that plans a visit of the same technician in the same hours."""
        visit = {"user_id": uid, "date_from": f"2026-05-{number + 1:02} 08:00:00"}
        args = [{"visit_ids": [[0, 0, {**visit, "date_to": f"2026-05-{number + 1:02} 10:00:00"}]]}]
        return {
            **call,
            "model": "customer.service.request",
            "ids": [request],
            "method": "write",
            "args": args,
        }
