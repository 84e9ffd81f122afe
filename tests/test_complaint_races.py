"""Of two remedies for the same goods, or two proposals for one complaint, the second sees the first."""

import os

from tools.race_case import RaceCase

TIMES = int(os.environ.get("RACES", "30"))
# Each round: ten pieces delivered, and two complaints that want six of them back; and one complaint with two proposals
# of 600 each, of which together a manager has to approve one.
PREPARE = r"""
import json
TIMES = %d
Command = __import__("odoo.fields", fromlist=["Command"]).Command
product = env["product.product"].create({"name": "Race", "type": "consu", "list_price": 10, "taxes_id": False})
partner = env["res.partner"].create({"name": "Race"})
def remedy(complaint, **line):
    return env["customer.complaint.remedy"].create(
        {"complaint_id": complaint.id, "line_ids": [Command.create(line)]})
def complaint(order=None):
    values = {"partner_id": partner.id, "summary": "Race", "harm": "1", "spread": "1"}
    if order:
        values["line_ids"] = [Command.create({"sale_line_id": order.order_line.id, "quantity": 10})]
    made = env["customer.complaint"].create(values)
    made.action_acknowledge()
    return made
goods, money = [[], []], [[], []]
for _round in range(TIMES):
    order = env["sale.order"].create({"partner_id": partner.id, "order_line": [
        Command.create({"product_id": product.id, "product_uom_qty": 10, "tax_ids": False})]})
    order.action_confirm()
    order.picking_ids.move_ids.quantity = 10
    order.picking_ids.move_ids.picked = True
    order.picking_ids._action_done()
    one = complaint()
    for side in (0, 1):
        own = complaint(order)
        goods[side].append(remedy(own, kind="repair", complaint_line_id=own.line_ids.id, quantity=6).id)
        money[side].append(remedy(one, kind="refund", amount=600, move_id=False).id)
boss = env["res.users"].create({"name": "Boss", "login": "race_service", "group_ids": [
    Command.set([env.ref("customer_service.group_service_manager").id])]})
env.cr.commit()
env.registry.signal_changes()
print("MADE", json.dumps({"uid": env.ref("base.user_admin").id, "goods": goods, "money": money}))
"""
READ = r"""
import json
one, two = (env["customer.complaint.remedy"].browse(ids) for ids in (%s, %s))
print("FOUND", json.dumps([sorted(pair) for pair in zip(one.mapped("state"), two.mapped("state"))]))
"""


class TestComplaintRaces(RaceCase):
    def test_of_two_at_the_same_moment_the_second_sees_the_first(self):
        made = self.shell(PREPARE % TIMES)
        call = {
            "uid": made["uid"],
            "context": {"lang": "en_US", "tz": "UTC"},
            "model": "customer.complaint.remedy",
            "method": "action_submit",
        }
        tries = 0
        for one, two in zip(*made["goods"], strict=True):
            answers = self.together(*({**call, "ids": [remedy]} for remedy in (one, two)))
            errors = [answer["error"] for answer in answers if "error" in answer]
            self.assertEqual(len(errors), 1, answers)
            self.assertRegex(errors[0], "RemedyQuantityError.* takes back 2 ")
            tries += sum(answer["tries"] for answer in answers)
        self.assertEqual(self.shell(READ % tuple(made["goods"])), [["approved", "draft"]] * TIMES)
        self.assertGreater(tries, 2 * TIMES, "they did meet")
        for one, two in zip(*made["money"], strict=True):
            answers = self.together(*({**call, "ids": [remedy]} for remedy in (one, two)))
            self.assertEqual([answer for answer in answers if "error" in answer], [])
        self.assertEqual(self.shell(READ % tuple(made["money"])), [["approved", "pending"]] * TIMES)
