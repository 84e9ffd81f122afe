from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealerFlow(DealerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.boss = new_test_user(
            cls.env, "flow_boss", "customer_channels.group_channel_manager", company_id=cls.env.company.id
        )
        cls.dealers = cls.env["customer.dealer"].with_user(cls.boss)

    def _counts(self):
        return {step["code"]: step["count"] for step in self.dealers.get_flow()["steps"]}

    def test_each_record_stands_at_one_step(self):
        self.assertEqual(self._counts()["registration"], 2)
        self._contract()
        self._draft_contract(self.other_dealer)
        newcomer = self.env["res.partner"].create({"name": "Newcomer"})
        lead = self.env["crm.lead"].create({"name": "Inquiry"})
        for values in ({"partner_id": newcomer.id}, {"lead_id": lead.id}):
            self.env["customer.dealer.application"].create({"type_id": self.type.id, **values})
        counts = self._counts()
        expected = {
            "inquiry": 1,
            "application": 1,
            "survey": 0,
            "registration": 1,
            "active": 1,
            "contract": 1,
        }
        self.assertEqual({code: counts[code] for code in expected}, expected)
        self.dealer._suspend("Late")
        counts = self._counts()
        self.assertEqual((counts["active"], counts["suspend"]), (0, 1))

    def test_every_number_is_that_of_the_list_behind_it(self):
        self._contract()
        for step in self.dealers.get_flow()["steps"]:
            if step["opens"]:
                with self.subTest(step=step["code"]):
                    action = self.dealers.action_open_flow(step["code"])
                    model = self.env[action["res_model"]].with_user(self.boss)
                    self.assertEqual(model.search_count(action["domain"]), step["count"])
        with self.assertRaises(AccessError):
            self.dealers.action_open_flow("nowhere")

    def test_boxes_do_not_overlap_and_arrows_stay_on_the_sheet(self):
        flow = self.dealers.get_flow()
        places = [(step["x"], step["y"]) for step in flow["steps"]]
        self.assertEqual(len(places), len(set(places)))
        for step in flow["steps"]:
            self.assertLessEqual(step["x"] + step["width"], flow["width"])
            self.assertLessEqual(step["y"] + step["height"], flow["height"])

    def test_salespeople_count_their_own_and_strangers_see_nothing(self):
        seller = new_test_user(
            self.env, "flow_seller", "customer_channels.group_channel_user", company_id=self.env.company.id
        )
        self.anna.user_id, self.boris.user_id = seller, self.boss
        counts = {
            step["code"]: step["count"]
            for step in self.env["customer.dealer"].with_user(seller).get_flow()["steps"]
        }
        self.assertEqual(counts["registration"], 1)
        clerk = new_test_user(self.env, "flow_clerk", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["customer.dealer"].with_user(clerk).get_flow()

    def test_the_registration_card_says_three_different_things_of_the_limit(self):
        account = self._account()
        self.assertEqual(self.dealer._limit_in_words(), "No Limit")
        self._limit(account, 0)
        account.invalidate_recordset()
        self.assertEqual(self.dealer._limit_in_words(), "Cash Only")
        self.dealer.invalidate_recordset()
        seller = new_test_user(
            self.env, "card_reader", "customer_channels.group_channel_user", company_id=self.env.company.id
        )
        self.assertIsNone(self.dealer.with_user(seller)._limit_in_words())

    def test_the_customer_opens_its_registration(self):
        action = self.anna.with_user(self.boss).action_open_customer_dealer()
        self.assertEqual(action["res_id"], self.dealer.id)
        abroad = self.env["res.company"].create({"name": "Abroad"})
        self.assertFalse(self.anna.with_company(abroad).customer_dealer_id)
