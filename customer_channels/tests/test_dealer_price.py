from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..exceptions import DealerPriceError
from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealerPrice(DealerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("product.group_product_pricelist")
        cls.env.ref("base.group_user")._apply_group(cls.env.ref("product.group_product_pricelist"))
        lists = cls.env["product.pricelist"]
        cls.usual = lists.create({"name": "Usual", "sequence": 0})
        item = {"applied_on": "3_global", "compute_price": "percentage", "percent_price": 20}
        cls.cheap, cls.other_cheap = lists.create(
            [
                {"name": name, "is_for_dealers": True, "sequence": -1, "item_ids": [Command.create(item)]}
                for name in ("For Dealers", "For Other Dealers")
            ]
        )
        cls.term = cls.env.ref("account.account_payment_term_30days")
        cls.terms = {
            "date_to": "2099-12-31",
            "pricelist_id": cls.cheap.id,
            "payment_term_id": cls.term.id,
        }

    def _quotation(self, partner=None, **values):
        line = Command.create({"product_id": self.pot.id, "product_uom_qty": 1})
        return self.env["sale.order"].create(
            {"partner_id": (partner or self.anna).id, "order_line": [line], **values}
        )

    def test_a_dealer_has_its_prices_and_terms_while_the_contract_runs(self):
        self.assertEqual(self._quotation().amount_untaxed, 100)
        contract = self._contract(**self.terms)
        order = self._quotation()
        self.assertEqual((order.pricelist_id, order.payment_term_id), (self.cheap, self.term))
        self.assertEqual(order.amount_untaxed, 80)
        contract.sudo()._end("terminated", contract.date_from, "Over")
        after = self._quotation()
        self.assertFalse(after.pricelist_id.is_for_dealers)
        self.assertEqual((after.amount_untaxed, after.payment_term_id), (100, self.term.browse()))

    def test_a_contact_of_the_dealer_has_the_prices_of_the_dealer(self):
        self._contract(**self.terms)
        self.assertEqual(self._quotation(self.anna_buyer).pricelist_id, self.cheap)

    def test_nobody_else_gets_dealer_prices_by_whatever_road(self):
        self._contract(**self.terms)
        order = self._quotation(self.boris)
        self.assertEqual(order.pricelist_id.is_for_dealers, False)
        with self.assertRaisesRegex(DealerPriceError, "Boris does not get the dealer prices"):
            order.pricelist_id = self.cheap
        with self.assertRaises(DealerPriceError):
            self._quotation(self.boris, pricelist_id=self.cheap.id)
        with self.assertRaises(DealerPriceError):
            self._quotation().write({"partner_id": self.boris.id, "pricelist_id": self.cheap.id})
        with self.assertRaises(DealerPriceError):
            orders = self.env["sale.order"].with_context(default_pricelist_id=self.cheap.id)
            orders.create({"partner_id": self.boris.id})
        loaded = self.env["sale.order"].load(
            ["partner_id/.id", "pricelist_id/.id"], [[str(self.boris.id), str(self.cheap.id)]]
        )
        self.assertFalse(loaded["ids"])

    def test_a_seller_who_may_not_read_contracts_meets_the_same_rule(self):
        self._contract(**self.terms)
        seller = new_test_user(self.env, "plain", "sales_team.group_sale_salesman_all_leads")
        orders = self.env["sale.order"].with_user(seller)
        self.assertEqual(orders.create({"partner_id": self.anna.id}).pricelist_id, self.cheap)
        with self.assertRaises(DealerPriceError):
            orders.create({"partner_id": self.boris.id, "pricelist_id": self.cheap.id})

    def test_a_dealer_gets_the_list_of_its_own_contract_only(self):
        self._contract(**self.terms)
        with self.assertRaisesRegex(DealerPriceError, "not the price list of"):
            self._quotation(pricelist_id=self.other_cheap.id)

    def test_a_list_for_dealers_set_on_a_customer_does_not_help(self):
        self.boris.property_product_pricelist = self.cheap
        self.assertFalse(self._quotation(self.boris).pricelist_id.is_for_dealers)

    def test_a_suspension_takes_the_prices_away_and_stops_what_was_quoted(self):
        self._contract(**self.terms)
        quotation = self._quotation()
        self.dealer._suspend("Does not pay")
        self.assertFalse(self._quotation().pricelist_id.is_for_dealers)
        with self.assertRaises(DealerPriceError):
            quotation.action_confirm()
        self.dealer._resume()
        quotation.action_confirm()
        self.assertEqual(quotation.state, "sale")

    def test_without_the_deposit_there_are_no_dealer_prices(self):
        self._contract(deposit_amount=100, **self.terms)
        self.patch(type(self.dealer), "_deposits_short", lambda dealers: {self.dealer.id: 100})
        self.assertFalse(self._quotation().pricelist_id.is_for_dealers)
        with self.assertRaises(DealerPriceError):
            self._quotation(pricelist_id=self.cheap.id)

    def test_what_was_agreed_is_not_undone_by_cancelling_after_the_end(self):
        contract = self._contract(**self.terms)
        order = self._quotation()
        contract.sudo()._end("terminated", contract.date_from, "Over")
        order.action_cancel()
        self.assertEqual(order.state, "cancel")

    def test_a_batch_of_orders_asks_once(self):
        self._contract(**self.terms)
        one, many = self._quotation(), self.env["sale.order"]
        for _number in range(5):
            many += self._quotation()
        self.env.flush_all()
        counts = []
        for orders in (one, many):
            self.env.invalidate_all()
            orders.mapped("partner_id.commercial_partner_id.name")
            orders.mapped("company_id.parent_path")
            before = self.env.cr.sql_log_count
            orders._dealer_contracts()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
