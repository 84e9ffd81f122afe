"""What a template may be, and what it may be used for."""

from odoo.tests import tagged

from ..exceptions import AssessmentTemplateError
from .assessment_common import AssessmentCase


@tagged("post_install", "-at_install")
class TestAssessmentTemplate(AssessmentCase):
    def test_grading_takes_metrics_only_and_says_so(self):
        template = self._template(self._measured("revenue", ceiling=100), self._judged("will"))
        with self.assertRaisesRegex(AssessmentTemplateError, "metrics only: will must be answered"):
            self._make_scheme(80, 60, method="score", template_id=template.id)
        template.criterion_ids[1].unlink()
        self._make_scheme(80, 60, method="score", template_id=template.id)
        with self.assertRaisesRegex(AssessmentTemplateError, "metrics only"):
            template.write({"criterion_ids": [(0, 0, self._judged("will"))]})

    def test_a_copy_of_a_template_stands_on_its_own(self):
        template = self._template(
            self._judged("a", veto_below=100), self._judged("b"), conclusions=[("Good", 75)]
        )
        template.criterion_ids[0].veto_conclusion_id = template.conclusion_ids[0]
        section = self.env["customer.assessment.section"].create({"template_id": template.id, "name": "All"})
        template.criterion_ids.section_id = section
        twin = template.copy()
        self.assertEqual(twin.name, "Check (copy)")
        self.assertEqual(twin.criterion_ids.mapped("name"), template.criterion_ids.mapped("name"))
        self.assertEqual(twin.criterion_ids.section_id, twin.section_ids)
        self.assertEqual(twin.criterion_ids.veto_conclusion_id.template_id, twin)
        self.assertEqual(len(template.criterion_ids), 2)

    def test_weights_are_scaled_to_the_intended_shares(self):
        template = self._template(self._judged("a", 10), self._judged("b", 30), self._judged("c", 10))
        sections = self.env["customer.assessment.section"].create(
            [
                {"template_id": template.id, "name": name, "intended_share": share}
                for name, share in (("x", 20), ("y", 80))
            ]
        )
        template.criterion_ids[:2].section_id = sections[0]
        template.criterion_ids[2].section_id = sections[1]
        template.action_scale_weights()
        self.assertEqual(template.criterion_ids.mapped("weight"), [5, 15, 80])
        self.assertEqual(sections.mapped("weight_share"), [20, 80])
