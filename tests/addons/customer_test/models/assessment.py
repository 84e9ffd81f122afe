from odoo import fields, models


class CustomerAssessmentTemplate(models.Model):
    """A kind of assessment of somebody else."""

    _inherit = "customer.assessment.template"

    kind = fields.Selection(selection_add=[("franchise", "Franchise")], ondelete={"franchise": "set default"})


class CustomerAssessmentCriterion(models.Model):
    """A source of somebody else: how many vowels the customer's name has."""

    _inherit = "customer.assessment.criterion"

    source = fields.Selection(selection_add=[("vowels", "Vowels")], ondelete={"vowels": "cascade"})
    vowels = fields.Char(default="aeiou")

    def _snapshot(self):
        """Override of `customer_management` to keep which letters count."""
        return {**super()._snapshot(), "vowels": self.vowels}


class CustomerAssessmentLine(models.Model):
    """Fills the lines of that source."""

    _inherit = "customer.assessment.line"

    def _fill_vowels(self):
        """Count the vowels in the name of each customer."""
        for line in self:
            name = (line.assessment_id.partner_id.name or "").lower()
            count = sum(name.count(letter) for letter in line.rule["vowels"])
            line.write({"value": count, "is_known": True, "filled_on": fields.Datetime.now()})
