from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import ComplaintFigureError
from ..tools import control_limits, pareto
from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestComplaintPareto(ServiceCase):
    """Which few causes make most complaints: checked by hand on ten of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        causes = cls.env["customer.complaint.cause"]
        cls.parent = causes.create({"name": "House", "code": "test_house"})
        cls.causes = [
            causes.create({"name": name, "code": f"test_{name}", "parent_id": cls.parent.id})
            for name in ("A", "B", "C", "D")
        ]
        cls.hall = cls.env["hr.department"].sudo().create({"name": "Hall"})
        for cause, count in zip(cls.causes, (5, 3, 1, 1), strict=True):
            for number in range(count):
                complaint = cls._complaint(
                    cls.anna if number else cls.boris,
                    line_ids=[Command.create({"product_id": cls.goods.id})],
                )
                complaint.write({"cause_id": cause.id, "department_id": cls.hall.id, "is_justified": "yes"})

    def _pareto(self, **values):
        return self.env["customer.complaint.pareto"].with_user(self.agent).create(values)

    def test_ten_complaints_by_hand(self):
        """5, 3, 1, 1: 50 %, 80 %, 90 %, 100 %; the vital few are those up to 80 %."""
        lines = self._pareto().line_ids
        self.assertEqual(lines.mapped("name"), ["A", "B", "C", "D"])
        self.assertEqual(lines.mapped("count"), [5, 3, 1, 1])
        self.assertEqual([round(line.share, 2) for line in lines], [0.5, 0.3, 0.1, 0.1])
        self.assertEqual([round(line.cumulative, 2) for line in lines], [0.5, 0.8, 0.9, 1.0])
        self.assertEqual(lines.mapped("is_vital"), [True, True, False, False])
        self.assertEqual(lines[0].department_id, self.hall)
        self.assertFalse(any(lines.mapped("has_loss")))

    def test_what_nobody_has_judged_has_no_share_and_comes_last(self):
        for _number in range(20):
            self._complaint()
        lines = self._pareto().line_ids
        self.assertEqual([(line.name, line.is_unknown) for line in lines][-1], ("Not said", True))
        self.assertEqual([round(line.share, 2) for line in lines], [0.5, 0.3, 0.1, 0.1, 0])
        self.assertEqual(len(self._pareto().chart["bars"]), 4)

    def test_by_everything_else(self):
        expected = {
            "cause_group": [("House", 10)],
            "product": [(self.goods.display_name, 10)],
            "department": [("Hall", 10)],
            "kind": [("Leaks", 10)],
            "customer": [("Anna Ltd", 6), ("Boris", 4)],
        }
        for by, rows in expected.items():
            with self.subTest(by=by):
                lines = self._pareto(by=by).line_ids
                found = list(zip(lines.mapped("name"), lines.mapped("count"), strict=True))
                self.assertEqual([count for _name, count in found], [count for _name, count in rows])
                self.assertIn(rows[0][0], found[0][0])

    def test_a_line_opens_exactly_what_it_counts(self):
        for by in ("cause", "cause_group", "product", "department", "kind", "customer"):
            for line in self._pareto(by=by, justified_only=True).line_ids:
                with self.subTest(by=by, name=line.name):
                    domain = line.action_open_complaints()["domain"]
                    self.assertEqual(self.env["customer.complaint"].search_count(domain), line.count)

    def test_the_chart_shows_bars_curve_and_the_few(self):
        chart = self._pareto().chart
        self.assertEqual([bar["value"] for bar in chart["bars"]], [5, 3, 1, 1])
        self.assertEqual([bar["grade"] for bar in chart["bars"]], [0, 0, 1, 1])
        self.assertEqual((chart["vital"], chart["customers"], chart["total"]), (2, 4, 10))

    def test_the_trend_is_a_control_chart(self):
        trend = self._pareto().trend
        self.assertEqual(sum(trend["counts"]), 10)
        self.assertAlmostEqual(trend["mean"], 10 / 12)
        self.assertAlmostEqual(trend["high"], 10 / 12 + 3 * (10 / 12) ** 0.5)
        self.assertEqual((trend["low"], trend["outside"][-1]), (0, True))

    def test_the_period_before_is_the_trend(self):
        today = fields.Date.context_today(self.env.user)
        self._complaint(date_received=fields.Datetime.now() - timedelta(days=40)).cause_id = self.causes[3]
        result = self._pareto(date_from=today - timedelta(days=30), date_to=today).line_ids
        self.assertEqual(result.mapped("previous_count"), [0, 0, 0, 1])
        self.assertEqual(result.mapped("trend"), [5, 3, 1, 0])

    def test_what_was_typed_stays_when_it_is_counted_again(self):
        analysis = self._pareto()
        analysis.line_ids[1].action = "Corner guards"
        self._complaint().cause_id = self.causes[0]
        analysis.action_compute()
        typed = {line.name: line.action for line in analysis.line_ids}
        self.assertEqual(typed["B"], "Corner guards")
        self.assertEqual(analysis.line_ids[0].count, 6)

    def test_nobody_writes_the_figures(self):
        line = self._pareto().line_ids[0]
        with self.assertRaises(ComplaintFigureError):
            line.count = 50
        with self.assertRaises(ComplaintFigureError):
            line.create({"pareto_id": line.pareto_id.id, "by": "cause", "count": 3})

    def test_nothing_to_count_is_no_error(self):
        analysis = self._pareto(date_from="2020-01-01", date_to="2020-12-31")
        self.assertFalse(analysis.line_ids)
        self.assertEqual(analysis.trend["high"], 0)
        self.assertFalse(any(analysis.trend["outside"]))

    def test_counting_costs_the_same_for_ten_and_for_two_hundred(self):
        analysis = self._pareto()
        counts = []
        for number in (1, 9, 190):
            values = {"partner_id": self.anna.id, "summary": "x", "cause_id": self.causes[0].id}
            self.env["customer.complaint"].create([dict(values) for _one in range(number)])
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            analysis.action_compute()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_the_arithmetic(self):
        """Domain 8.8: mean plus and minus three times its root."""
        self.assertEqual([row[2] for row in pareto([90, 10])], [True, False])
        self.assertEqual(pareto([0, 0]), [(0.0, 0.0, False)] * 2)
        mean, low, high = control_limits([4, 9, 5, 2])
        self.assertEqual((mean, low), (5, 0))
        self.assertAlmostEqual(high, 11.7082, 4)
        self.assertAlmostEqual(control_limits([16] * 12)[1], 4)
        self.assertIsNone(control_limits([]))
