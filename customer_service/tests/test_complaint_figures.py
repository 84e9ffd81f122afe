from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .service_case import ServiceCase

SALES = "customer_management.group_customer_user,sales_team.group_sale_salesman"


@tagged("post_install", "-at_install")
class TestComplaintFigures(ServiceCase):
    """Complaints in figures: each counted once, beside what was delivered, and only those that the reader may see."""

    def _about(self, quantity=1, partner=None, **values):
        lines = [Command.create({"product_id": self.goods.id, "quantity": quantity})]
        return self._complaint(partner, line_ids=lines, **values)

    def _statistics(self, by="all", user=None):
        """Return the rows of this month for a split."""
        month = fields.Date.context_today(self.env.user).replace(day=1)
        # A request has one reader; here several follow each other.
        self.env.invalidate_all()
        rows = self.env["customer.complaint.statistics"].with_user(user or self.env.user)
        return rows.search([("by", "=", by), ("month", "=", month), ("company_id", "=", self.env.company.id)])

    def test_a_complaint_about_two_products_counts_once(self):
        lines = [
            Command.create({"product_id": product.id, "quantity": 2, "price_unit": price})
            for product, price in ((self.goods, 10), (self.service, 90))
        ]
        complaint = self._complaint(line_ids=lines)
        rows = self.env["customer.complaint.analysis"].search([("complaint_id", "=", complaint.id)])
        self.assertEqual(len(rows), 2)
        self.assertEqual(sum(rows.mapped("complaints")), 1)
        self.assertEqual(rows.filtered("complaints").product_id, self.service)
        groups = self.env["customer.complaint.analysis"]._read_group(
            [("complaint_id", "=", complaint.id)], [], ["complaints:sum", "closed_rate:avg", "days:avg"]
        )
        self.assertEqual(groups, [(1, 0.0, False)])

    def test_duplicates_are_not_counted(self):
        first, second = self._about(), self._about()
        second._mark_duplicate(first)
        self.assertEqual(self._statistics().complaints, 1)

    def test_rates_by_deliveries_pieces_and_money(self):
        """4 deliveries of 250 pieces at 100; 2 complaints about 6 pieces: 500 per 1,000, 6,000 ppm, 2 per 100,000."""
        for _number in range(4):
            self._ship(self._order((self.goods, 250)), 250)
        self._about(4)
        self._about(2)
        row = self._statistics()
        self.assertEqual((row.complaints, row.deliveries), (2, 4))
        self.assertAlmostEqual(row.per_thousand, 500)
        self.assertAlmostEqual(row.ppm, 6000)
        self.assertAlmostEqual(row.delivered, 100000)
        self.assertAlmostEqual(row.rate, 2)
        product = self._statistics("product").filtered(lambda one: one.product_id == self.goods)
        self.assertAlmostEqual(product.ppm, 6000)

    def test_nothing_to_divide_by_is_blank_and_not_zero(self):
        self._about()
        row = self._statistics()
        self.assertFalse(row.has_deliveries or row.has_delivered or row.has_ppm or row.has_previous)
        self.assertFalse(row.has_on_time or row.has_loss or row.has_days)

    def test_the_same_month_of_last_year(self):
        now = fields.Datetime.now()
        for _number in range(2):
            self._about(date_received=now.replace(day=15) - timedelta(days=365))
        for _number in range(3):
            self._about()
        row = self._statistics()
        self.assertTrue(row.has_previous)
        self.assertEqual(row.previous, 2)
        self.assertAlmostEqual(row.change, 0.5)

    def test_justified_closed_and_days(self):
        self._take(self._about(), "closed")
        self._about()
        row = self._statistics("kind")
        self.assertEqual((row.kind_id, row.complaints, row.justified), (self.kind, 2, 1))
        self.assertAlmostEqual(row.closed_rate, 0.5)
        self.assertTrue(row.has_days)
        self.assertEqual(row.name, self.kind.display_name)

    def test_every_row_opens_exactly_what_it_counts(self):
        self._take(self._about(), "closed")
        self._about(kind_id=False)
        self._about(partner=self.boris)
        for by in ("all", "kind", "product", "department", "cause", "customer"):
            for row in self._statistics(by):
                with self.subTest(by=by, name=row.name):
                    domain = row.action_open_complaints()["domain"]
                    self.assertEqual(self.env["customer.complaint"].search_count(domain), row.complaints)

    def test_a_salesperson_counts_own_customers_and_their_deliveries_only(self):
        lena = self._user("figures_lena", SALES)
        igor = self._user("figures_igor", SALES)
        self.anna.user_id, self.boris.user_id = lena, igor
        self._ship(self._order((self.goods, 5)), 5)
        self._ship(self._order((self.goods, 7), partner=self.boris), 7)
        self._about()
        self._about(partner=self.boris)
        self._about(partner=self.boris)
        everything = self._statistics()
        self.assertEqual((everything.complaints, everything.deliveries), (3, 2))
        hers = self._statistics(user=lena)
        self.assertEqual((hers.complaints, hers.deliveries), (1, 1))
        self.assertEqual(self._statistics(user=igor).complaints, 2)
        self.assertFalse(
            self._statistics("customer", user=lena).filtered(lambda row: row.partner_id == self.boris)
        )
        rows = self.env["customer.complaint.analysis"].with_user(lena)
        self.assertEqual(rows.search([("company_id", "=", self.env.company.id)]).partner_id, self.anna)

    def test_who_has_no_right_reads_no_figures(self):
        worker = self._user("figures_worker", "base.group_user")
        for model in ("analysis", "statistics", "delivery", "pareto", "summary", "risk"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[f"customer.complaint.{model}"].with_user(worker).search_count([("id", ">", 0)])

    def test_the_metrics_of_complaints(self):
        """Anna: 2 complaints, one more withdrawn, 50,000 delivered: 4 per 100,000. Boris has neither."""
        self._ship(self._order((self.goods, 500)), 500)
        self._about()
        self._about()
        self._about()._withdraw("A mistake")
        codes = ["complaint_count", "complaint_rate", "compensation_rate"]
        today = fields.Date.context_today(self.env.user)
        found = self.env["customer.metric"]._evaluate(codes, today, 3, partners=self.anna | self.boris)
        values = {code: float(value) for code, value in found[self.anna.id].items()}
        self.assertEqual(values, {"complaint_count": 2, "complaint_rate": 4, "compensation_rate": 0})
        self.assertNotIn(self.boris.id, found)

    def test_repeated_complaints_are_an_alert(self):
        for _number in range(3):
            self._about()
        rule = self.env.ref("customer_service.alert_rule_complaints_repeated")
        self.assertIn(self.anna.id, rule._try(self.env.company)[rule.id])
        self.assertNotIn(self.boris.id, rule._try(self.env.company)[rule.id])

    def test_twice_as_many_complaints_for_what_was_delivered_are_an_alert(self):
        rule = self.env.ref("customer_service.alert_rule_complaint_rate_doubled")
        now = fields.Datetime.now()
        self._ship(self._order((self.goods, 1000)), 1000)
        old = self._order((self.goods, 1000))
        self._ship(old, 1000)
        old.picking_ids.move_ids.date = now - timedelta(days=200)
        self._about(date_received=now - timedelta(days=200))
        self._about()
        self._about()
        self.assertNotIn(self.anna.id, rule._try(self.env.company).get(rule.id, ()))
        self._about()
        self.assertIn(self.anna.id, rule._try(self.env.company)[rule.id])

    def test_figures_cost_the_same_for_ten_and_for_two_hundred_complaints(self):
        counts = []
        self._about()
        self._statistics("kind").mapped("name")
        for number in (10, 190):
            values = {"partner_id": self.anna.id, "summary": "x", "kind_id": self.kind.id}
            self.env["customer.complaint"].create([dict(values) for _one in range(number)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._statistics("kind").mapped("name")
            counts.append(self.env.cr.sql_log_count - before)
        # A handful, and as many whatever their number.
        self.assertLessEqual(max(counts), 25)
        self.assertAlmostEqual(*counts, delta=3)
