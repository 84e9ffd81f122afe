"""Of two jobs that look at the same promises at the same moment, each person is told once."""

import os

from tools.race_case import RaceCase

TIMES = int(os.environ.get("RACES", "3"))
# What is late by now, and nobody was told of it.
PREPARE = r"""
import json
Datetime = __import__("odoo.fields", fromlist=["Datetime"]).Datetime
long_ago = Datetime.subtract(Datetime.now(), days=60)
buyer = env["res.partner"].create({"name": "Race Ltd", "is_company": True})
users = env["res.users"].create([{"name": n, "login": f"race_{n}"} for n in ("handler", "leader", "manager")])
team = env["customer.service.team"].create(
    {"name": "Race", "user_id": users[1].id, "manager_id": users[2].id})
common = {"partner_id": buyer.id, "team_id": team.id, "user_id": users[0].id}
for number in range(8):
    env["customer.complaint"].create(
        {"summary": f"C{number}", "harm": "1", "spread": "1", "date_received": long_ago, **common})
    env["customer.service.request"].create({"fault": f"R{number}", "date_reported": long_ago, **common})
env.cr.commit()
env.registry.signal_changes()
print("MADE", json.dumps({"uid": env.ref("base.user_root").id}))
"""
# Let what was told be forgotten, so that the next round tells it again.
AGAIN = r"""
import json
for name in ("complaint", "service_request"):
    env.cr.execute(f"DELETE FROM customer_{name}_reminder")
    env.cr.execute(f"UPDATE customer_{name}_clock SET percent_done = 0, date_check = date_due")
env["mail.activity"].search([("res_model", "in", ("customer.complaint", "customer.service.request"))]).unlink()
env.cr.commit()
print("MADE", json.dumps({}))
"""
READ = r"""
import json
found = {}
for name in ("customer.complaint", "customer.service.request"):
    clocks = env[f"{name}.clock"].search([("date_due", "!=", False)])
    reminders = env[f"{name}.reminder"].search_count([])
    activities = env["mail.activity"].search_count([("res_model", "=", name)])
    found[name] = [len(clocks), reminders, activities]
print("FOUND", json.dumps(found))
"""


class TestClockRaces(RaceCase):
    def test_of_two_jobs_at_once_each_person_is_told_once(self):
        made = self.shell(PREPARE)
        call = {"uid": made["uid"], "ids": [], "method": "_cron_clock", "args": [7]}
        call["context"] = {"lang": "en_US", "tz": "UTC"}
        for _round in range(TIMES):
            for name in ("customer.complaint", "customer.service.request"):
                answers = self.together({**call, "model": name}, {**call, "model": name})
                self.assertFalse([one for one in answers if "error" in one], answers)
            for clocks, reminders, activities in self.shell(READ).values():
                self.assertEqual(clocks, 16)
                self.assertEqual((reminders, activities), (3 * clocks, 3 * clocks))
            self.shell(AGAIN)
