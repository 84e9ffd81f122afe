from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import ComplaintShareError, ComplaintStepError, RemedyStepError
from .remedy_case import RemedyCase


@tagged("post_install", "-at_install")
class TestComplaintPenalty(RemedyCase):
    """Who answers for a complaint, and what falls to whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = [("Head", 25), ("Foreman", 20), ("Worker", 10), ("Hand", 5)]
        cls.people = (
            cls.env["hr.employee"]
            .sudo()
            .create(
                [
                    {"name": name, "department_id": cls.quality.id, "company_id": cls.env.company.id}
                    for name, _points in people
                ]
            )
        )
        cls.hand = cls.people[-1]
        cls.env["customer.complaint.point"].create(
            [
                {"department_id": cls.quality.id, "employee_id": person.id, "points": points}
                for person, (_name, points) in zip(cls.people, people, strict=True)
            ]
        )

    def _costly(self, cost=12000):
        complaint = self._complaint()
        self.env["customer.complaint.cost"].create(
            {"complaint_id": complaint.id, "kind": "claim", "amount": cost}
        )
        return complaint

    def _share(self, complaint, percent=100, **values):
        return self.env["customer.complaint.share"].create(
            {"complaint_id": complaint.id, "department_id": self.quality.id, "percent": percent, **values}
        )

    def test_the_example_of_the_handbook(self):
        """12,000 / 60 base points x 5 points = 1,000."""
        complaint = self._costly()
        self._share(complaint)
        complaint.with_user(self.boss).action_penalties()
        penalty = complaint.penalty_ids.filtered(lambda one: one.employee_id == self.hand)
        self.assertEqual((penalty.unit_loss, penalty.unit_points, penalty.amount), (12000, 60, 1000))
        self.assertEqual((penalty.mode, penalty.remaining), ("points", 0), "points only, unless switched on")
        self.assertAlmostEqual(sum(complaint.penalty_ids.mapped("amount")), 12000)

    def test_the_measure_goes_by_the_loss_for_each_base_point(self):
        for cost, measure in ((23000, "none"), (24000, "warning"), (48000, "minor"), (120000, "major")):
            complaint = self._costly(cost)
            self._share(complaint)
            complaint.action_penalties()
            self.assertEqual(complaint.penalty_ids.mapped("measure"), [measure] * 4)

    def test_shares_come_to_a_hundred(self):
        complaint = self._costly()
        other = self.env["hr.department"].sudo().create({"name": "Test Sales"})
        self._share(complaint, 60)
        with self.assertRaisesRegex(ComplaintShareError, "60 %"):
            complaint.action_penalties()
        with self.assertRaises(ComplaintShareError):
            self._share(complaint, 40.01, department_id=other.id)
        self._take(complaint, "carry_out")
        complaint.action_carry_out_remedies()
        with self.assertRaisesRegex(ComplaintStepError, "60 %"):
            complaint.action_carried_out()
        self._share(complaint, 40, department_id=other.id)
        complaint.action_carried_out()

    def test_money_stays_within_bonus_and_law_and_the_rest_is_carried_over(self):
        self.env.company.customer_complaint_penalty_mode = "money"
        complaint = self._costly()
        self._share(complaint)
        complaint.action_penalties()
        penalty = complaint.penalty_ids.filtered(lambda one: one.employee_id == self.hand)
        deductions = self.env["customer.complaint.deduction"]
        values = {"penalty_id": penalty.id, "bonus": 1000, "wage": 6000, "minimum_wage": 2500}
        with self.assertRaises(RemedyStepError):
            deductions.create({**values, "month": "2026-01-15"})
        penalty.action_decide()
        first = deductions.create({**values, "month": "2026-01-15", "amount": 999})
        self.assertEqual((first.amount, penalty.remaining), (500, 500), "half of the bonus")
        poor = deductions.create({**values, "month": "2026-02-01", "wage": 2600})
        self.assertEqual(poor.amount, 100, "not below the minimum wage")
        legal = deductions.create(
            {**values, "month": "2026-03-01", "bonus": 9000, "wage": 1000, "minimum_wage": 0}
        )
        self.assertEqual(legal.amount, 200, "a fifth of the wage")
        last = deductions.create({**values, "month": "2026-04-01"})
        self.assertEqual((last.amount, penalty.remaining), (200, 0))
        with self.assertRaises(RemedyStepError):
            first.write({"amount": 1})

    def test_nobody_but_managers_sees_the_penalties_of_others(self):
        complaint = self._costly()
        self._share(complaint)
        complaint.with_user(self.boss).action_penalties()
        self.people[0].user_id = self.agent
        mine = complaint.penalty_ids.filtered(lambda one: one.employee_id == self.people[0])
        penalties = self.env["customer.complaint.penalty"]
        self.assertFalse(penalties.with_user(self.agent).search([("complaint_id", "=", complaint.id)]))
        complaint.penalty_ids.with_user(self.boss).action_decide()
        self.assertEqual(penalties.with_user(self.agent).search([("complaint_id", "=", complaint.id)]), mine)
        self.assertEqual(len(penalties.with_user(self.boss).search([("complaint_id", "=", complaint.id)])), 4)
        for attempt in (
            lambda: mine.with_user(self.agent).write({"note": "No"}),
            lambda: complaint.with_user(self.agent).action_penalties(),
            lambda: complaint.with_user(self.agent).read(["penalty_ids"]),
        ):
            with self.assertRaises(AccessError):
                attempt()
        with self.assertRaises(RemedyStepError):
            mine.with_user(self.boss).write({"amount": 1})
