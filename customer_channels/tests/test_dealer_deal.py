from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..exceptions import DealConflictError, DealStateError
from ..tools import mail_key, name_key, number_key, phone_key
from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealerDeal(DealerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = fields.Date.today()
        for dealer in cls.dealer + cls.other_dealer:
            cls._contract(dealer, today - timedelta(days=1), today + timedelta(days=300))
        cls.today = today

    def setUp(self):
        super().setUp()
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)

    def _deal(self, name="Beach Hotel Ltd", dealer=None, submit=True, **values):
        deal = self.env["customer.dealer.deal"].create(
            {"dealer_id": (dealer or self.dealer).id, "end_customer": name, **values}
        )
        if submit:
            deal.action_submit()
        return deal

    def test_the_same_customer_is_known_however_it_is_written(self):
        self.assertEqual(name_key("ACME (Shanghai) Co., Ltd."), name_key("Acme Shanghai"))
        self.assertEqual(name_key("北海贸易有限公司"), "北海贸易")
        self.assertEqual(name_key("公司"), "公司")
        self.assertEqual(phone_key("+86 139-1234-5678"), phone_key("(0086) 13912345678"))
        self.assertEqual((phone_key("123"), name_key(" . "), mail_key("nobody")), (None, None, None))
        self.assertEqual(number_key("91 45-00.x"), number_key("914500X"))
        self.assertEqual(mail_key("Li <Li@Example.com>"), "li@example.com")

    def test_an_approved_deal_is_protected_and_has_an_opportunity(self):
        self.env.company.customer_deal_days = 60
        deal = self._deal(amount=5000, project="Kitchen")
        self.assertEqual((deal.state, deal.protected_until), ("protected", self.today + timedelta(days=60)))
        self.assertEqual(
            (deal.lead_id.partner_name, deal.lead_id.expected_revenue, deal.lead_id.type),
            ("Beach Hotel Ltd", 5000, "opportunity"),
        )

    def test_only_an_active_dealer_gets_protection(self):
        self.dealer._suspend("Late")
        with self.assertRaises(DealStateError):
            self._deal()

    def test_nobody_else_gets_a_protected_customer_by_name_number_mail_or_telephone(self):
        self._deal(vat="91-4500", email="li@hotel.example.com", phone="139 1234 5678")
        for values in (
            {"name": "BEACH HOTEL"},
            {"name": "Other", "vat": "914500"},
            {"name": "Other", "email": "LI@hotel.example.com"},
            {"name": "Other", "phone": "+8613912345678"},
        ):
            with self.subTest(values), self.assertRaises(DealConflictError):
                self._deal(dealer=self.other_dealer, **values)
        self.assertEqual(self._deal("Another Hotel", self.other_dealer).state, "protected")

    def test_a_conflict_names_the_deal_and_not_the_dealer(self):
        first = self._deal()
        second = self._deal(dealer=self.other_dealer, submit=False)
        self.assertIn(first.name, second.conflict_note)
        self.assertNotIn(self.anna.name, second.conflict_note)

    def test_the_database_refuses_what_two_people_approve_at_the_same_moment(self):
        first, second = self._deal(submit=False), self._deal(dealer=self.other_dealer, submit=False)
        first.sudo()._approval_write({"approval_state": "approved"})
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            second.sudo()._approval_write({"approval_state": "approved"})
            self.env.flush_all()

    def test_our_own_opportunity_needs_a_word_why(self):
        lead = self.env["crm.lead"].create(
            {"name": "Hotel", "type": "opportunity", "partner_name": "Beach Hotel", "phone": "1391234567"}
        )
        deal = self._deal(submit=False)
        self.assertTrue(deal.conflict_note)
        with self.assertRaises(DealConflictError):
            deal.action_submit()
        deal.lead_id = lead
        deal.action_submit()
        self.assertEqual((deal.state, deal.lead_id), ("protected", lead))
        self.env["crm.lead"].create({"name": "Inn", "partner_name": "Harbour Inn"})
        self.assertEqual(self._deal("Harbour Inn", conflict_answer="Agreed").state, "protected")

    def test_protection_is_extended_as_often_as_allowed(self):
        self.env.company.customer_deal_extensions = 1
        deal = self._deal()
        until = deal.protected_until
        deal.action_extend()
        self.assertEqual(deal.protected_until, until + timedelta(days=30))
        with self.assertRaises(DealStateError):
            deal.action_extend()

    def test_what_is_past_expires_and_is_free_for_others(self):
        deal, lasting = self._deal(), self._deal("Inn")
        deal.sudo()._approval_write({"protected_until": self.today - timedelta(days=1)})
        lasting.sudo()._approval_write({"protected_until": self.today})
        for _again in range(2):
            self.env["customer.dealer.deal"]._cron_expire()
        self.assertEqual((deal.state, lasting.state), ("expired", "protected"))
        self.assertEqual(self._deal(dealer=self.other_dealer, conflict_answer="Yes").state, "protected")

    def test_a_deal_ends_as_its_opportunity_does(self):
        won, lost = self._deal(), self._deal("Inn")
        won.lead_id.action_set_won()
        lost.lead_id.action_set_lost()
        self.env["customer.dealer.deal"]._cron_expire()
        self.assertEqual((won.state, lost.state), ("won", "lost"))

    def test_the_conflicts_of_many_deals_take_one_statement(self):
        deals = [self._deal(f"Hotel {number}", submit=False) for number in range(8)]
        self._deal("Hotel 1")
        counts = []
        for number in (2, 2, 8):
            batch = self.env["customer.dealer.deal"].union(*deals[:number])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch._conflicts()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])

    def test_the_steps_are_not_written_by_hand(self):
        seller = new_test_user(self.env, "deal_seller", "customer_channels.group_channel_user")
        self.anna.user_id = seller
        deals = self.env["customer.dealer.deal"].with_user(seller)
        values = {"dealer_id": self.dealer.id, "end_customer": "Inn"}
        for name, value in (("result", "won"), ("protected_until", "2099-01-01"), ("source", "portal")):
            with self.subTest(name):
                with self.assertRaises(UserError):
                    deals.create({**values, name: value})
        deal = deals.with_context(
            default_result="won", default_protected_until="2099-01-01", default_approval_state="approved"
        ).create(values)
        self.assertEqual((deal.state, deal.protected_until), ("draft", False))
        with self.assertRaises(DealStateError):
            deal.write({"protected_until": "2099-01-01"})

    def test_a_salesperson_sees_the_deals_of_the_own_dealers(self):
        seller = new_test_user(self.env, "deal_seller", "customer_channels.group_channel_user")
        self.anna.user_id, self.boris.user_id = seller, self.env.user
        own, other = self._deal(submit=False), self._deal(dealer=self.other_dealer, submit=False)
        self.assertEqual(own.with_user(seller).end_customer, "Beach Hotel Ltd")
        with self.assertRaises(AccessError):
            other.with_user(seller).read(["name"])
