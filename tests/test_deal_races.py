"""An end customer is protected for one dealer, and a point is given once, whoever asks at the same moment."""

import os

from tools.race_case import RaceCase

TIMES = int(os.environ.get("RACES", "20"))
DEALERS = r"""
import json
Command = __import__("odoo.fields", fromlist=["Command"]).Command
env["customer.approval.rule"].search([("id", ">", 0)]).active = False
TIMES = %d
kind = env["customer.dealer.type"].create({"name": "Race", "code": "race", "may_have_sub_dealers": True})
def dealers(names, **values):
    partners = env["res.partner"].create([{"name": name, "is_company": True} for name in names])
    return env["customer.dealer"].create([{"partner_id": p.id, "type_id": kind.id, **values} for p in partners])
def made(**found):
    env.cr.commit()
    print("MADE", json.dumps({"uid": env.ref("base.user_admin").id, **found}))
"""
DEALS = (
    DEALERS
    + r"""
pair = dealers(["Race 1", "Race 2"])
for dealer in pair:
    contract = env["customer.dealer.contract"].create(
        {"dealer_id": dealer.id, "date_from": "2025-01-01", "date_to": "2099-12-31"})
    contract.sudo()._approval_write({"approval_state": "approved"})
    contract.sudo()._approval_write({"signed_on": "2025-01-01", "begun_on": "2025-01-01"})
# Whom they find is the same by its name, its tax number, its mail address or its telephone in turn.
same = ({}, {"vat": "91310000 %%d"}, {"email": "buyer%%d@hotel.example"}, {"phone": "+86 21 5555 %%04d"})
def values(dealer, number, name):
    how = {key: value %% number for key, value in same[number %% 4].items()}
    return {"dealer_id": dealer.id, "end_customer": f"{name} {number}", **how}
one = env["customer.dealer.deal"].create([values(pair[0], i, "Hotel") for i in range(TIMES)])
two = env["customer.dealer.deal"].create([
    values(pair[1], i, "Hotel" if i %% 4 == 0 else "The Hotel") for i in range(TIMES)])
made(one=one.ids, two=two.ids)
"""
)
READ_DEALS = r"""
import json
one, two = (env["customer.dealer.deal"].browse(ids) for ids in (%s, %s))
leads = env["crm.lead"].search_count([("id", "in", (one + two).lead_id.ids)])
print("FOUND", json.dumps([[sorted(pair) for pair in zip(one.mapped("state"), two.mapped("state"))], leads]))
"""
CARDS = (
    DEALERS
    + r"""
above = dealers(["Race"])
below = dealers([f"Race below {i}" for i in range(TIMES)], parent_id=above.id)
cards = env["customer.dealer.card"].create([{"dealer_id": one.id} for one in below])
pot = env["product.product"].create({"name": "Pot"})
env["customer.dealer.point.rate"].create({"points": 5})
env["customer.dealer.reward.tier"].create(
    {"points": 100, "reward": "Goods", "amount": 50})
entries = env["customer.dealer.card.entry"].create([
    {"card_id": one.id, "product_id": pot.id, "quantity": 20, "date": "2025-02-01"} for one in cards])
made(cards=cards.ids, entries=entries.ids)
"""
)
READ_CARDS = r"""
import json
cards = env["customer.dealer.card"].browse(%s)
print("FOUND", json.dumps([[[s.points, s.amount] for s in card.settlement_ids] + [
    sum(card.entry_ids.filtered("settlement_id").mapped("points"))] for card in cards]))
"""


class RightCase(RaceCase):
    def call(self, uid, model, method, *args):
        context = {"lang": "en_US", "tz": "UTC"}
        return {"uid": uid, "context": context, "model": model, "method": method, "args": args}


class TestDealRaces(RightCase):
    def test_of_two_dealers_who_ask_for_an_end_customer_one_gets_it(self):
        made = self.shell(DEALS % TIMES)
        call = self.call(made["uid"], "customer.dealer.deal", "action_submit")
        refused = []
        for pair in zip(made["one"], made["two"], strict=True):
            answers = self.together(*({**call, "ids": [deal]} for deal in pair))
            errors = [answer["error"] for answer in answers if "error" in answer]
            self.assertEqual(len(errors), 1, answers)
            refused += errors
        states, leads = self.shell(READ_DEALS % (made["one"], made["two"]))
        self.assertEqual(states, [["draft", "protected"]] * TIMES)
        self.assertEqual(leads, TIMES, "whoever is refused leaves no opportunity")
        for error in refused:
            self.assertRegex(error, "protected already|Protected by deal|DealConflictError")


class TestCardSettledOnce(RightCase):
    def test_points_are_settled_once(self):
        made = self.shell(CARDS % TIMES)
        settle = self.call(made["uid"], "customer.dealer.card", "action_settle")
        for card in made["cards"]:
            answers = self.together({**settle, "ids": [card]}, {**settle, "ids": [card]})
            errors = [answer["error"] for answer in answers if "error" in answer]
            self.assertEqual(len(errors), 1, answers)
            self.assertIn("CardSettledError", errors[0])
        self.assertEqual(self.shell(READ_CARDS % made["cards"]), [[[100, 50], 100]] * TIMES)


class TestCardChangedMeanwhile(RightCase):
    def test_what_is_registered_while_a_card_is_settled_counts_or_is_refused(self):
        made = self.shell(CARDS % TIMES)
        settle = self.call(made["uid"], "customer.dealer.card", "action_settle")
        more = self.call(made["uid"], "customer.dealer.card.entry", "write", {"quantity": 40})
        expected = []
        for card, entry in zip(made["cards"], made["entries"], strict=True):
            settled, changed = self.together({**settle, "ids": [card]}, {**more, "ids": [entry]})
            self.assertNotIn("error", settled)
            if "error" in changed:
                self.assertIn("CardSettledError", changed["error"])
            points = 100 if "error" in changed else 200
            expected.append([[points, 50], points])
        self.assertEqual(self.shell(READ_CARDS % made["cards"]), expected)
