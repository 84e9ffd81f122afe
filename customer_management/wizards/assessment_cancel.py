from odoo import fields, models


class CustomerAssessmentCancel(models.TransientModel):
    """Asks a manager why finished assessments are cancelled."""

    _name = "customer.assessment.cancel"
    _description = "Cancellation of an Assessment"

    assessment_ids = fields.Many2many("customer.assessment", required=True)
    reason = fields.Text(required=True)

    def action_cancel(self):
        """Cancel the assessments."""
        self.ensure_one()
        self.assessment_ids._cancel(self.reason)
