from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .complaint import STAGES


class CustomerComplaintStepLimit(models.Model):
    """How many working days a stage of a complaint may take, at all or when a department is responsible."""

    _name = "customer.complaint.step.limit"
    _description = "Days of a Stage"
    _order = "sequence, id"
    _rec_name = "stage"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    stage = fields.Selection([row for row in STAGES if row[0] != "closed"], required=True)
    department_id = fields.Many2one(
        "hr.department",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Empty: whichever department is responsible.",
    )
    days = fields.Float("Working Days", required=True, default=1)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )

    _days_positive = models.Constraint("CHECK(days > 0)", "A stage takes more than 0 days.")
    _once = models.UniqueIndex(
        "(COALESCE(company_id, 0), stage, COALESCE(department_id, 0))",
        "There are days of this stage and department already.",
    )

    @api.constrains("department_id", "company_id")
    def _check_department_id(self):
        for limit in self:
            company = limit.department_id.company_id
            if company and company != limit.company_id:
                raise ValidationError(
                    self.env._(
                        "“%(department)s” belongs to %(company)s: choose that company for its days.",
                        department=limit.department_id.display_name,
                        company=company.name,
                    )
                )

    def _best(self, stage, complaint):
        """Return the days of these for a stage of a complaint; None when it may take as long as it takes."""
        companies = (False, *complaint.company_id.sudo().parent_ids.ids)
        fits = self.filtered(
            lambda limit: limit.stage == stage
            and limit.department_id.id in (False, complaint.department_id.id)
            and limit.company_id.id in companies
        )
        ranked = fits.sorted(lambda limit: (not limit.department_id, not limit.company_id, limit.sequence))
        return ranked[0].days if ranked else None

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: complaints that are at the stage now get other days."""
        limits = super().create(vals_list)
        self._stages_changed()
        return limits

    def write(self, vals):
        """Override of `base`: complaints that are at the stage now get other days."""
        result = super().write(vals)
        self._stages_changed()
        return result

    def unlink(self):
        """Override of `base`: complaints that are at the stage now get other days."""
        result = super().unlink()
        self._stages_changed()
        return result

    @api.model
    def _stages_changed(self):
        stages = self.env["customer.complaint.stage"].sudo()
        here = stages.search([("left_on", "=", False), ("stage", "!=", "closed")])
        self.env["customer.complaint"]._clock_again(here, "date_due")
