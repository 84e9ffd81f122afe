from odoo import fields
from odoo.tests import new_test_user, tagged

from ..exceptions import AnalysisWriteError
from ..tools import split_gap
from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealerTransactions(DealerCase):
    def _lines(self, dealer=None):
        return self.env["customer.dealer.transaction"].search(
            [("dealer_id", "=", (dealer or self.dealer).id)]
        )

    def test_an_order_line_shows_delivery_invoice_receipt_and_lateness(self):
        order = self._order((self.goods, 5), partner=self.anna_buyer)
        self._ship(order, 5)
        invoice = order._create_invoices()
        today = fields.Date.today()
        due = fields.Date.subtract(today, days=10)
        invoice.write(
            {
                "invoice_date": fields.Date.subtract(today, days=20),
                "invoice_payment_term_id": False,
                "invoice_date_due": due,
            }
        )
        invoice.action_post()
        line = self._lines()
        self.assertEqual((line.order_id, line.quantity, line.amount), (order, 5, 500))
        self.assertEqual((line.shipped_quantity, line.invoices, line.days_late), (5, invoice.name, 10))
        self.assertFalse(line.date_paid)
        self._pay(invoice, 500, today)
        self.env.invalidate_all()
        self.assertEqual((line.date_paid, line.days_late), (today, 10))
        self.assertFalse(self._lines(self.other_dealer))

    def test_returns_and_credit_notes_stand_in_their_columns(self):
        order = self._order((self.goods, 5))
        self._ship(order, 5)
        picking = order.picking_ids
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=picking.id, active_model="stock.picking")
            .create({"picking_id": picking.id})
        )
        wizard.product_return_moves.quantity = 2
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.picked = True
        back.with_context(skip_backorder=True)._action_done()
        line = self._lines()
        self.assertEqual((line.shipped_quantity, line.returned_quantity), (5, 2))

    def test_only_confirmed_orders_count_and_nobody_else_s(self):
        self._quotation((self.goods, 5))
        self._order((self.goods, 1), partner=self.boris)
        self.assertFalse(self._lines())
        self.assertEqual(len(self._lines(self.other_dealer)), 1)

    def test_the_contract_of_the_day_is_named(self):
        today = fields.Date.today()
        contract = self._contract(date_from=fields.Date.subtract(today, days=9), date_to="2099-01-01")
        self._order((self.goods, 1))
        self.assertEqual(self._lines().contract_id, contract)


@tagged("post_install", "-at_install")
class TestDealerStatistics(DealerCase):
    def test_the_columns_are_the_sales_of_the_ledger(self):
        today = fields.Date.today()
        first = today.replace(month=1, day=1)
        self._sell(300, first)
        self._sell(50, first, kind="out_refund")
        self._sell(100, fields.Date.subtract(first, days=1))
        self._sell(750, first, partner=self.boris)
        rows = self.env["customer.dealer.statistics"].search([("company_id", "=", self.env.company.id)])
        own = rows.filtered(lambda row: row.dealer_id == self.dealer)
        self.assertEqual((own.month_01, own.this_year, own.last_year, own.rank), (250, 250, 100, 2))
        self.assertAlmostEqual(own.share, 0.25)
        year = (self.env.company, first, today.replace(month=12, day=31))
        sales = self.env["customer.dealer.sales"]._amounts(*year)
        self.assertEqual(
            {row.dealer_id.id: row.this_year for row in rows if row.this_year},
            {dealer: figures["amount"] for dealer, figures in sales.items()},
        )
        months = [f"month_{number:02}" for number in range(1, 13)]
        for row in rows:
            self.assertEqual(sum(row[name] for name in months), row.this_year)

    def test_the_year_before_is_asked_for_by_a_filter(self):
        first = fields.Date.today().replace(month=1, day=1)
        self._sell(100, fields.Date.subtract(first, days=1))
        rows = self.env["customer.dealer.statistics"].with_context(dealer_year=-1)
        row = rows.search([("dealer_id", "=", self.dealer.id)])
        self.assertEqual((row.month_12, row.this_year), (100, 100))

    def test_a_dealer_who_left_counts_for_what_it_bought(self):
        first = fields.Date.today().replace(month=1, day=1)
        self._sell(300, first)
        gone = self.dealer + self.other_dealer
        gone.sudo().write({"closed_on": first})
        rows = self.env["customer.dealer.statistics"].search([("dealer_id", "in", gone.ids)])
        self.assertEqual(
            (rows.dealer_id, rows.this_year), (self.dealer, 300), "who bought nothing has no line"
        )

    def test_ties_share_a_rank_and_nobody_sells_has_no_share(self):
        rows = self.env["customer.dealer.statistics"].search(
            [("dealer_id", "in", (self.dealer + self.other_dealer).ids)]
        )
        self.assertEqual(rows.mapped("rank"), [1, 1])
        self.assertEqual(rows.mapped("share"), [0, 0])

    def test_a_salesperson_sees_the_own_dealers(self):
        seller = new_test_user(self.env, "figure_seller", "customer_channels.group_channel_user")
        self.anna.user_id, self.boris.user_id = seller, self.env.user
        rows = self.env["customer.dealer.statistics"].with_user(seller)
        found = rows.search([("company_id", "=", self.env.company.id)])
        self.assertEqual(found.dealer_id, self.dealer)


@tagged("post_install", "-at_install")
class TestDealerAnalysis(DealerCase):
    def _analysis(self):
        return self.env["customer.dealer.analysis"].create(
            {"name": "2025", "date_from": "2025-01-01", "date_to": "2025-12-31"}
        )

    def test_quantity_and_price_make_the_gap_to_the_cent(self):
        self.assertEqual(split_gap(12, 108, 10, 100), (8, 20.0, -12.0))
        self.assertEqual(split_gap(3, 30, 0, 0), (30, 30, 0))
        self.assertEqual(split_gap(0, 0, 4, 40), (-40, -40, 0))
        for quantity, amount, base_quantity, base_amount in (
            (7, 33.33, 3, 10),
            (1, -5, 9, 0.07),
            (3, 1, 7, 22.1),
        ):
            gap, volume, price = split_gap(
                quantity, amount, base_quantity, base_amount, lambda money: round(money, 2)
            )
            self.assertAlmostEqual(volume + price, gap, 9)

    def test_the_lines_are_the_sales_of_the_ledger(self):
        self._sell(120, "2025-01-10", quantity=12)
        self._sell(50, "2025-02-10", product=self.spade)
        self._sell(100, "2024-03-10", quantity=10)
        self._sell(70, "2025-02-12", partner=self.boris)
        lines = self._analysis().line_ids
        sales = self.env["customer.dealer.sales"]._amounts(
            self.env.company, "2025-01-01", "2025-12-31", groups=("dealer", "product")
        )
        self.assertEqual(
            {(line.dealer_id.id, line.product_id.id): line.amount for line in lines},
            {key: figures["amount"] for key, figures in sales.items()},
        )
        pot = lines.filtered(lambda line: line.product_id == self.pot and line.dealer_id == self.dealer)
        self.assertEqual(
            (pot.last_amount, pot.gap, pot.volume_effect, pot.price_effect, pot.has_margin),
            (100, 20, 20, 0, False),
        )

    def test_a_plan_takes_the_place_of_last_year_and_stays_when_computed_again(self):
        self._sell(120, "2025-01-10", quantity=12)
        analysis = self._analysis()
        line = analysis.line_ids
        line.write({"plan_quantity": 10, "plan_amount": 150, "cause": "Rain"})
        self.assertEqual((line.gap, line.volume_effect, line.price_effect), (-30, 30, -60))
        self._sell(30, "2025-02-10", quantity=3)
        analysis.action_compute()
        self.assertEqual((line.amount, line.gap, line.cause, line.plan_amount), (150, 0, "Rain", 150))

    def test_what_is_gone_leaves_the_analysis(self):
        invoice = self._sell(120, "2025-01-10")
        self._sell(10, "2025-01-10", product=self.spade)
        analysis = self._analysis()
        self.assertEqual(len(analysis.line_ids), 2)
        invoice.button_draft()
        analysis.action_compute()
        self.assertEqual(analysis.line_ids.product_id, self.spade)

    def test_the_margin_is_that_of_the_order(self):
        self.goods.standard_price = 60
        order = self._order((self.goods, 2))
        self._ship(order, 2)
        invoice = order._create_invoices()
        invoice.invoice_date = "2025-05-01"
        invoice.action_post()
        line = self._analysis().line_ids
        self.assertEqual((line.has_margin, line.margin), (True, 80))

    def test_figures_are_not_typed(self):
        self._sell(120, "2025-01-10")
        user = new_test_user(self.env, "figure_user", "customer_channels.group_channel_manager")
        line = self._analysis().line_ids.with_user(user)
        line.write({"cause": "Rain"})
        with self.assertRaises(AnalysisWriteError):
            line.write({"amount": 1})
        with self.assertRaises(AnalysisWriteError):
            line.sudo().create({"dealer_id": self.dealer.id})
