from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..exceptions import ContractStateError, DealerStateError, DealerWriteError
from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealer(DealerCase):
    def test_dealers_are_numbered_and_customers_show_their_type(self):
        self.assertRegex(self.dealer.code, r"^D\d+")
        self.assertNotEqual(self.dealer.code, self.other_dealer.code)
        self.assertEqual(self.anna.customer_dealer_type_id, self.type)

    def test_a_customer_is_registered_once_a_company(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._dealer(self.anna)

    def test_a_contact_is_no_dealer(self):
        with self.assertRaises(ValidationError):
            self._dealer(self.anna_buyer)

    def test_a_dealer_is_active_while_a_contract_runs(self):
        self.assertEqual(self.dealer.state, "registered")
        contract = self._contract()
        self.assertEqual((self.dealer.state, self.dealer.contract_id), ("active", contract))
        self.dealer._suspend("Does not pay")
        self.assertEqual(self.dealer.state, "suspended")
        self.dealer.action_resume()
        self.assertEqual(self.dealer.state, "active")
        with self.assertRaises(DealerStateError):
            self.dealer.action_resume()

    def test_the_steps_are_not_written_by_hand(self):
        user = new_test_user(self.env, "boss", "customer_channels.group_channel_manager")
        dealer, contract = self.dealer.with_user(user), self._contract().with_user(user)
        for values in ({"suspended_on": "2025-01-01"}, {"closed_on": "2025-01-01"}):
            with self.subTest(values), self.assertRaises(DealerWriteError):
                dealer.write(values)
        with self.assertRaises(ContractStateError):
            contract.write({"signed_on": "2025-01-01"})
        draft = contract.with_context(default_signed_on="2025-01-01").create(
            {"dealer_id": self.other_dealer.id, "date_to": "2030-01-01"}
        )
        self.assertFalse(draft.signed_on)

    def test_only_types_that_may_have_sub_dealers_stand_above(self):
        with self.assertRaises(UserError):
            self.dealer.parent_id = self.dealer
        self.type.may_have_sub_dealers = False
        with self.assertRaises(ValidationError):
            self.other_dealer.parent_id = self.dealer

    def test_the_contract_of_a_day_is_the_one_that_bound_on_it(self):
        old = self._contract(date_from="2024-01-01", date_to="2024-12-31")
        new = self._contract()
        contracts, both = self.env["customer.dealer.contract"], self.dealer + self.other_dealer
        found = {day: contracts._on(both, day) for day in ("2023-12-31", "2024-12-31", "2025-01-01")}
        self.assertFalse(found["2023-12-31"][self.dealer.id])
        self.assertEqual(found["2024-12-31"][self.dealer.id], old)
        self.assertEqual(found["2025-01-01"][self.dealer.id], new)
        self.assertFalse(found["2025-01-01"][self.other_dealer.id])

    def test_a_salesperson_sees_the_dealers_among_the_own_customers(self):
        seller = new_test_user(self.env, "seller", "customer_channels.group_channel_user")
        self.anna.user_id, self.boris.user_id = seller, self.env.user
        contracts = self._contract() + self._contract(self.other_dealer)
        seen = (
            self.env["customer.dealer"]
            .with_user(seller)
            .search([("id", "in", [self.dealer.id, self.other_dealer.id])])
        )
        self.assertEqual(seen, self.dealer)
        with self.assertRaises(AccessError):
            contracts[1].with_user(seller).read(["name"])


@tagged("post_install", "-at_install")
class TestDealerSales(DealerCase):
    def test_what_a_dealer_bought_is_its_invoices_less_credit_notes(self):
        self._sell(300, "2025-01-10", quantity=3)
        self._sell(50, "2025-02-10", product=self.spade)
        self._sell(100, "2025-02-11", quantity=1, kind="out_refund")
        self._sell(70, "2025-02-12", partner=self.boris)
        self._sell(999, "2024-12-31")
        sales = self.env["customer.dealer.sales"]
        period = (self.env.company, "2025-01-01", "2025-12-31")
        self.assertEqual(
            sales._amounts(*period),
            {
                self.dealer.id: {"amount": 250, "quantity": 3},
                self.other_dealer.id: {"amount": 70, "quantity": 1},
            },
        )
        by_goods = sales._amounts(*period, self.dealer, groups=("dealer", "categ"))
        self.assertEqual(by_goods[self.dealer.id, self.pots.id], {"amount": 200, "quantity": 2})

    def test_the_sales_of_all_dealers_are_the_revenue_of_their_customers(self):
        self._sell(300, "2025-01-10", partner=self.anna_buyer)
        self._sell(40, "2025-03-10", kind="out_refund")
        found = self.env["customer.dealer.sales"]._amounts(self.env.company, "2025-01-01", "2025-12-31")
        revenue = self.env["customer.metric"]._evaluate(["revenue"], "2025-12-31", partners=self.anna)
        self.assertEqual(found[self.dealer.id]["amount"], revenue[self.anna.id]["revenue"])

    def test_the_figure_takes_one_statement_for_any_number_of_dealers(self):
        self._sell(300, "2025-01-10")
        self.env.flush_all()
        sales, period = self.env["customer.dealer.sales"], (self.env.company, "2025-01-01", "2025-12-31")
        sales._amounts(*period)
        for dealers in (self.dealer, self.dealer + self.other_dealer):
            with self.subTest(len(dealers)), self.assertQueryCount(2):
                sales._amounts(*period, dealers)
