from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .service_case import ServiceCase

# Points out of 5 by item: 73 of 100 (domain 8.10: the sum of weight times points over 5).
PASSED = {
    "rules": 4,
    "records": 3,
    "training": 2,
    "attitude": 4,
    "response": 4,
    "timeliness": 4,
    "callback": 3,
    "site": 4,
}


@tagged("post_install", "-at_install")
class TestServiceInspection(ServiceCase):
    """A team is inspected like anything else that is assessed; what is weak is mended."""

    def _inspect(self, points, user=None):
        template = self.env.ref("customer_service.assessment_template_service")
        inspection = (
            self.env["customer.assessment"]
            .with_user(user or self.boss)
            .create({"template_id": template.id, "service_team_id": self.team.id})
        )
        lines = {line.rule["id"]: line for line in inspection.line_ids}
        for name, value in points.items():
            criterion = self.env.ref(f"customer_service.assessment_template_service_{name}")
            lines[criterion.id].write({"value": value, "is_known": True, "note": "Seen"})
        return inspection

    def test_weights_times_points_out_of_five(self):
        """15*.8 + 10*.6 + 10*.4 + 15*.8 + 15*.8 + 15*.8 + 10*.6 + 10*.8 = 72."""
        inspection = self._inspect(PASSED)
        inspection.action_finish()
        self.assertAlmostEqual(inspection.score, 72)
        self.assertFalse(inspection.service_action_ids)
        self.assertIn(self.team.name, inspection.display_name)

    def test_below_the_mark_each_weak_item_has_an_action_of_the_leader(self):
        inspection = self._inspect({**PASSED, "callback": 1, "response": 3})
        inspection.action_finish()
        self.assertLess(inspection.score, 70)
        actions = inspection.service_action_ids
        self.assertEqual(set(actions.mapped("name")), {"Mend: Training", "Mend: Calls back"})
        self.assertEqual(actions.user_id, self.team.user_id)
        self.assertEqual(set(actions.mapped("state")), {"planned"})

    def test_the_mark_is_a_setting(self):
        self.env.company.customer_service_inspection_pass = 80
        inspection = self._inspect(PASSED)
        inspection.action_finish()
        self.assertTrue(inspection.service_action_ids)

    def test_a_team_is_judged_without_a_customer_and_by_its_own_template(self):
        template = self.env.ref("customer_service.assessment_template_service")
        assessments = self.env["customer.assessment"].with_user(self.boss)
        with self.assertRaises(ValidationError):
            assessments.create({"template_id": template.id})
        with self.assertRaises(ValidationError):
            assessments.create(
                {
                    "template_id": template.id,
                    "service_team_id": self.team.id,
                    "partner_id": self.anna.id,
                }
            )

    def test_an_agent_reads_the_inspections_and_writes_none(self):
        inspection = self._inspect(PASSED)
        self.assertTrue(inspection.with_user(self.agent).name)
        with self.assertRaises(AccessError):
            inspection.with_user(self.agent).opinion = "x"
        with self.assertRaises(AccessError):
            self._inspect(PASSED, user=self.agent)
