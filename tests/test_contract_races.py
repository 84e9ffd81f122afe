"""Of two contracts that promise the same exclusive territory at the same moment, one is refused."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from unittest import TestCase

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / ".dev"))

from databases import House  # noqa: E402  (the path to it is set just above)

WORKER = Path(__file__).parent / "tools" / "race_worker.py"
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


class TestContractRaces(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = House(browser=False)
        cls.name = f"cm_test_contract_race_{os.getpid()}"
        cls.house.copy(cls.house.template(demo=False), cls.name)
        cls.addClassCleanup(cls.house.drop, cls.name)
        cls.addClassCleanup(lambda: cls.house.config(cls.name).unlink(missing_ok=True))
        command = [str(cls.house.python), str(WORKER), str(cls.house.config(cls.name)), cls.name]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": cls.house.env}
        cls.workers = [subprocess.Popen(command, **pipes) for _number in range(2)]
        for worker in cls.workers:
            cls.addClassCleanup(cls.stop, worker)
        for worker in cls.workers:
            assert worker.stdout.readline().strip() == "ready"

    @staticmethod
    def stop(worker):
        worker.stdin.close()
        worker.wait()
        worker.stdout.close()

    def shell(self, script):
        """Run a script in a shell of the database and return what it said."""
        done = self.house.odoo(self.name, "--no-http", "--log-level=error", command=("shell",), input=script)
        lines = [line for line in done.stdout.splitlines() if line.startswith(("MADE", "FOUND"))]
        self.assertEqual(len(lines), 1, done.stdout[-4000:])
        return json.loads(lines[0].split(" ", 1)[1])

    def together(self, tasks):
        """Let the two processes call at the same moment; return their answers."""
        at = time.time() + 0.01
        for worker, task in zip(self.workers, tasks, strict=True):
            worker.stdin.write(json.dumps({"at": at, **task}) + "\n")
            worker.stdin.flush()
        return [json.loads(worker.stdout.readline()) for worker in self.workers]

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
            answers = self.together([{**call, "ids": [contract]} for contract in pair])
            errors = [answer["error"] for answer in answers if "error" in answer]
            self.assertEqual(len(errors), 1)
            refused += errors
        self.assertEqual(self.shell(READ % (made["one"], made["two"])), [["approved", "draft"]] * TIMES)
        for error in refused:
            self.assertRegex(error, "Race [01]", "whoever is refused reads who was faster")
