from odoo.tests import tagged

from .credit_case import CreditCase


@tagged("post_install", "-at_install")
class TestExposure(CreditCase):
    """What a payer owes and is about to owe: each shipment counts once, wherever it stands."""

    def _parts(self, partner=None):
        """Return the components that are not zero."""
        partner = partner or self.anna
        found = self.env["customer.credit.exposure"]._exposure_of(self.env.company, partner)[partner.id]
        self.assertAlmostEqual(found["total"], sum(found[code] for code in found if code != "total"))
        return {code: amount for code, amount in found.items() if amount and code != "total"}

    def test_goods_move_along_the_chain_and_count_once(self):
        order = self._order((self.goods, 10))
        self.assertEqual(self._parts(), {"undelivered": 1000})
        self._ship(order, 4)
        self.assertEqual(self._parts(), {"delivered": 400, "undelivered": 600})
        invoice = order._create_invoices()
        self.assertEqual(self._parts(), {"draft": 400, "undelivered": 600})
        invoice.invoice_date = self.today
        invoice.action_post()
        self.assertEqual(self._parts(), {"receivable": 400, "undelivered": 600})
        self._pay(invoice, 400, self.today)
        self.assertEqual(self._parts(), {"undelivered": 600})

    def test_what_will_not_be_delivered_any_more_is_free(self):
        order = self._order((self.goods, 10))
        self._ship(order, 4, backorder=False)
        self.assertEqual(self._parts(), {"delivered": 400})

    def test_a_quotation_and_a_cancelled_order_take_up_nothing(self):
        order = self._order((self.goods, 10))
        order._action_cancel()
        self.assertEqual(self._parts(), {})

    def test_services_count_until_they_are_invoiced(self):
        order = self._order((self.service, 2))
        self.assertEqual(self._parts(), {"undelivered": 100})
        order._create_invoices()
        self.assertEqual(self._parts(), {"draft": 100})

    def test_money_in_advance_is_taken_off(self):
        self._payment(300, self.today)
        self._order((self.goods, 10))
        self.assertEqual(self._parts(), {"advance": -300, "undelivered": 1000})

    def test_who_pays_takes_up_the_credit_and_not_who_receives(self):
        self._order((self.goods, 1), partner=self.anna, partner_invoice_id=self.boris.id)
        self.assertEqual((self._parts(self.anna), self._parts(self.boris)), ({}, {"undelivered": 100}))

    def test_contacts_count_with_their_company(self):
        self._order((self.goods, 1), partner=self.anna_buyer)
        self.assertEqual(self._parts(), {"undelivered": 100})

    def test_a_draft_credit_note_frees_nothing(self):
        self._invoice(100, self.today)
        self._credit_note(100, self.today).button_draft()
        self.assertEqual(self._parts(), {"receivable": 100})

    def test_all_payers_take_one_statement(self):
        self._order((self.goods, 1))
        self._order((self.goods, 2), partner=self.boris)
        engine = self.env["customer.credit.exposure"]
        engine._flush_exposure()
        engine._exposure_of(self.env.company)
        with self.assertQueryCount(4):
            found = engine._exposure_of(self.env.company)
        self.assertEqual(found[self.anna.id]["total"] * 2, found[self.boris.id]["total"])


@tagged("post_install", "-at_install")
class TestLimits(CreditCase):
    def test_no_limit_zero_and_a_number_are_three_things(self):
        account = self._account()
        self.assertEqual((account._limits()[account], account.limit_state), (None, "none"))
        limit = self._limit(account, 0)
        self.assertEqual((account._limits()[account], account.limit_state), (0, "cash"))
        limit.amount = 500
        self.assertEqual((account._limits()[account], account.limit_state), (500, "limit"))

    def test_the_latest_base_limit_counts_and_temporary_ones_add_up(self):
        account = self._account()
        self._limit(account, 500)
        self._limit(account, 800, "2024-03-01")
        self._limit(account, 200, "2024-03-10", "2024-03-20", "temporary")
        self._limit(account, 50, "2024-03-15", "2024-03-15", "temporary")
        expected = {
            "2024-02-29": 500,
            "2024-03-01": 800,
            "2024-03-10": 1000,
            "2024-03-15": 1050,
            "2024-03-21": 800,
        }
        self.assertEqual({day: account._limits(day)[account] for day in expected}, expected)
        self.assertEqual(account._limits("2023-12-31")[account], None)

    def test_a_group_takes_up_what_its_members_take_up(self):
        group, member = self._account(), None
        member = self._account(self.boris, parent_id=group.id)
        self._invoice(100, self.today, self.anna)
        self._invoice(40, self.today, self.boris)
        self.assertEqual((group._exposure()["total"], member._exposure()["total"]), (140, 40))
