from odoo import api, fields, models
from odoo.tools import float_compare

from ..exceptions import ComplaintShareError


class CustomerComplaintShare(models.Model):
    """How much of a complaint a unit answers for: the smallest that caused it; in sales and service, a person."""

    _name = "customer.complaint.share"
    _description = "Responsibility for a Complaint"
    _order = "complaint_id, percent desc, id"
    _rec_name = "department_id"
    _check_company_auto = True

    complaint_id = fields.Many2one("customer.complaint", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        related="complaint_id.commercial_partner_id", store=True, index="btree_not_null", precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    department_id = fields.Many2one(
        "hr.department", required=True, index=True, ondelete="restrict", check_company=True
    )
    employee_id = fields.Many2one(
        "hr.employee",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('department_id', '=', department_id)]",
        help="Empty: the unit as a whole.",
    )
    percent = fields.Float("Share (%)", digits=(16, 2), required=True, default=100)
    loss = fields.Monetary(compute="_compute_loss", help="Its share of what the complaint costs.")
    note = fields.Char("Why")

    _percent_range = models.Constraint(
        "CHECK(percent > 0 AND percent <= 100)",
        "A share of the responsibility is more than 0 and at most 100 %.",
    )
    _unit_unique = models.UniqueIndex(
        "(complaint_id, department_id, COALESCE(employee_id, 0))",
        "This unit or person has a share of the complaint already: change that one.",
    )

    @api.depends("percent", "complaint_id.cost_total")
    def _compute_loss(self):
        for share in self:
            cost = max(share.complaint_id.cost_total, 0.0)
            share.loss = share.currency_id.round(cost * share.percent / 100) if share.currency_id else 0.0

    @api.constrains("percent", "complaint_id")
    def _check_total(self):
        """:raises ComplaintShareError: when the shares of a complaint are more than 100 %"""
        self.sudo().complaint_id._remedy_lock()
        for complaint, total in self._totals(self.complaint_id).items():
            if float_compare(total, 100, precision_digits=2) > 0:
                raise ComplaintShareError(
                    self.env._(
                        "The shares of %(complaint)s come to %(total)s %%: take %(over)s %% off.",
                        complaint=complaint.display_name,
                        total=f"{total:g}",
                        over=f"{total - 100:g}",
                    )
                )

    @api.constrains("employee_id", "department_id")
    def _check_employee_id(self):
        for share in self.sudo():
            person = share.employee_id
            if person.department_id and person.department_id != share.department_id:
                raise ComplaintShareError(
                    self.env._(
                        "%(person)s does not work in %(department)s.",
                        person=person.name,
                        department=share.department_id.name,
                    )
                )

    @api.model
    def _totals(self, complaints):
        """Return the sum of the shares of complaints, in percent: ``{complaint: total}``."""
        self.flush_model()
        groups = self.sudo()._read_group(
            [("complaint_id", "in", complaints.ids)], ["complaint_id"], ["percent:sum"]
        )
        return dict(groups)


class CustomerComplaint(models.Model):
    """Who answers for a complaint, and what follows for whom."""

    _inherit = "customer.complaint"

    share_ids = fields.One2many(
        "customer.complaint.share",
        "complaint_id",
        string="Responsibility",
        groups="customer_service.group_service_user",
    )
    penalty_ids = fields.One2many(
        "customer.complaint.penalty",
        "complaint_id",
        string="Penalties",
        groups="customer_service.group_service_manager",
    )

    def action_penalties(self):
        """Work out what falls to the persons of the units that answer for the complaint, by the base points.

        :raises AccessError: unless the user decides on complaints
        :raises ComplaintShareError: when the shares do not come to 100 %
        """
        self.check_access("write")
        self._ensure_manager()
        totals = self.env["customer.complaint.share"]._totals(self)
        for complaint in self:
            total = totals.get(complaint, 0.0)
            if float_compare(total, 100, precision_digits=2) != 0:
                raise ComplaintShareError(
                    self.env._(
                        "The shares of %(complaint)s come to %(total)s %%, not to 100 %%.",
                        complaint=complaint.display_name,
                        total=f"{total:g}",
                    )
                )
        self.env["customer.complaint.penalty"]._work_out(self.share_ids)

    def _missing_for(self, stage):
        """Override: responsibility that was begun is shared to the end."""
        missing = super()._missing_for(stage)
        if stage == "follow_up":
            total = self.env["customer.complaint.share"]._totals(self).get(self)
            if total and float_compare(total, 100, precision_digits=2) != 0:
                missing.append(
                    self.env._("Share the responsibility to the end: it comes to %s %% so far.", f"{total:g}")
                )
        return missing
