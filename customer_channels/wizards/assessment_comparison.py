from odoo import models


class CustomerAssessmentComparison(models.TransientModel):
    """Candidates side by side: the best first, each with its place and what is advised. (form 5.18)"""

    _inherit = "customer.assessment.comparison"

    def _columns(self):
        """Override of customer management: candidates stand in the order of their scores."""
        columns = super()._columns()
        if set(columns.mapped("kind")) != {"dealer"}:
            return columns
        return columns.sorted(lambda one: (not one.has_score, -one.score, one.id))

    def _column(self, assessment):
        """Override of customer management: the place among the candidates."""
        column = super()._column(assessment)
        if assessment.kind == "dealer" and assessment.has_score:
            rivals = self.assessment_ids.filtered("has_score")
            column["rank"] = 1 + sum(one.score > assessment.score for one in rivals)
            column["advice"] = assessment.advice or ""
        return column
