from odoo import fields, models

KINDS = [
    ("yearly", "Satisfaction Index"),
    ("transaction", "After a Delivery"),
    ("complaint", "After a Complaint"),
    ("service", "After Service"),
    ("nps", "Recommendation"),
]


class SurveySurvey(models.Model):
    """Which surveys of the host ask customers how satisfied they are."""

    _inherit = "survey.survey"

    satisfaction_kind = fields.Selection(
        KINDS,
        string="Satisfaction",
        index="btree_not_null",
        help="Makes the survey a questionnaire of customer service, which its people can send and read.",
    )
    satisfaction_question_ids = fields.One2many(
        "survey.question",
        "survey_id",
        string="Questions About Satisfaction",
        domain=[("satisfaction_is_asked", "=", True)],
    )

    def action_satisfaction_try(self):
        """Open the questionnaire as a customer sees it, as a test that counts nowhere."""
        self.ensure_one()
        self.check_access("read")
        answer = self.sudo()._create_answer(user=self.env.user, test_entry=True)
        return {"type": "ir.actions.act_url", "url": answer.get_start_url(), "target": "new"}
