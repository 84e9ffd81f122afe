from odoo import fields, models


class CustomerGrade(models.Model):
    """The complaints of the best customers weigh more."""

    _inherit = "customer.grade"

    complaint_raised = fields.Boolean(
        "Complaints Weigh More", help="A complaint of a customer of this grade is one level more severe."
    )

    def write(self, vals):
        """Override of `base`: weigh the open complaints of the customers of these grades again."""
        done = super().write(vals)
        if "complaint_raised" in vals:
            complaints = self.env["customer.complaint"].sudo()
            for company, grades in self.grouped("company_id").items():
                complaints.with_company(company).search(
                    [
                        ("stage", "!=", "closed"),
                        ("company_id", "=", company.id),
                        ("commercial_partner_id.customer_grade_id", "in", grades.ids),
                    ]
                )._weigh()
        return done


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _customer_grade_changed(self, scheme):
        """Override of customer management: the open complaints of these customers are weighed again."""
        result = super()._customer_grade_changed(scheme)
        complaints = self.env["customer.complaint"].sudo()
        complaints.search(
            [
                ("commercial_partner_id", "in", self.ids),
                ("company_id", "=", self.env.company.id),
                ("stage", "!=", "closed"),
            ]
        )._weigh()
        return result
