from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .service_case import ServiceCase


@tagged("post_install", "-at_install")
class TestComplaintRisk(ServiceCase):
    """The register of possible complaints: how often, how bad, what prevents them, and what that changed."""

    def _risk(self, **values):
        values = {"name": "It leaks", "cause_id": self.cause.id, "impact": "3", **values}
        return self.env["customer.complaint.risk"].with_user(self.agent).create(values)

    def _happened(self, *days):
        for ago in days:
            received = fields.Datetime.now() - timedelta(days=ago)
            self._complaint(date_received=received).cause_id = self.cause

    def test_impact_times_likelihood_is_the_risk(self):
        """1 a year is single, 2 or 3 some, 4 to 6 many, more systematic; older ones are over."""
        risk = self._risk()
        for days, likelihood, value in (
            ((10, 400), 1, 3),
            ((20,), 2, 6),
            ((30, 40), 3, 9),
            ((5, 6, 7), 4, 12),
        ):
            self._happened(*days)
            risk.invalidate_recordset()
            self.assertEqual((risk.likelihood, risk.risk), (likelihood, value))

    def test_without_anything_to_count_by_there_is_no_frequency(self):
        self._happened(5)
        risk = self._risk(cause_id=False)
        self.assertEqual((risk.has_frequency, risk.risk), (False, 0))

    def test_the_effect_is_the_change_a_month_since_the_prevention(self):
        """365 days before: 4 complaints; 73 days since: 0.4 would be one fifth of as many; here none: -100 %."""
        risk = self._risk()
        self._happened(100, 150, 200, 250)
        action = self.env["customer.complaint.action"].create(
            {"name": "Guards", "risk_id": risk.id, "kind": "preventive", "evidence": "Seen"}
        )
        self.assertEqual((risk.prevention, risk.date_due), ("Guards", action.date_due))
        action.action_done()
        risk.invalidate_recordset()
        self.assertFalse(risk.has_effect)
        action.sudo().done_on = fields.Date.context_today(risk) - timedelta(days=73)
        risk.invalidate_recordset()
        self.assertTrue(risk.has_effect)
        self.assertAlmostEqual(risk.effect, -1)
        self._happened(20)
        risk.invalidate_recordset()
        self.assertAlmostEqual(risk.effect, (1 / 73) / (4 / 365) - 1)

    def test_the_figures_of_all_rows_are_one_statement(self):
        risks = self.env["customer.complaint.risk"].browse()
        for _number in range(10):
            risks += self._risk()
        self.env.invalidate_all()
        risks.mapped("name")
        with self.assertQueryCount(4):
            risks.mapped("risk")

    def test_it_opens_what_it_counts(self):
        self._happened(5, 10, 400)
        risk = self._risk()
        domain = risk.action_open_complaints()["domain"]
        self.assertEqual(self.env["customer.complaint"].search_count(domain), risk.frequency)
