from odoo import fields, models

from ..exceptions import GradeRunStateError


class CustomerGradeScheme(models.Model):
    """How long a grade that was given by hand may be locked."""

    _inherit = "customer.grade.scheme"

    lock_months = fields.Integer(
        string="Longest Lock (Months)",
        default=6,
        help="For so long a grade that was asked for and approved may be kept from grading runs; 0: no limit.",
    )

    _lock_months_positive = models.Constraint(
        "CHECK(lock_months >= 0)", "The longest lock of a grade cannot be negative."
    )


class ResPartner(models.Model):
    """Customers whose grade no run changes for a while."""

    _inherit = "res.partner"

    customer_grade_locked_until = fields.Date(
        string="Grade Locked Until",
        company_dependent=True,
        readonly=True,
        copy=False,
        help="Set by an approved request: no grading run changes the grade up to and including this day.",
    )

    def action_request_customer_grade(self):
        """Open a new request for another grade of this customer."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for Another Grade"),
            "res_model": "customer.grade.request",
            "views": [(False, "form")],
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }


class CustomerGradeResult(models.Model):
    """Results of customers whose grade is locked."""

    _inherit = "customer.grade.result"

    kept = fields.Selection(selection_add=[("lock", "Locked by an approved request")])

    def _check_override(self):
        """Override: a locked grade is not changed in a run.

        :raises GradeRunStateError: when the grade of the customer is locked on the day of the run
        """
        done = super()._check_override()
        for run, results in self.grouped("run_id").items():
            for result in results.filtered("override_grade_id"):
                until = result.partner_id.with_company(run.company_id).customer_grade_locked_until
                if until and until >= run.date_to:
                    raise GradeRunStateError(
                        self.env._(
                            "The grade of %(customer)s is locked until %(date)s by an approved request. "
                            "Use “Change Grade” on the customer instead.",
                            customer=result.partner_id.display_name,
                            date=until,
                        )
                    )
        return done
