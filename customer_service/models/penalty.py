from odoo import api, fields, models

from ..exceptions import RemedyStepError
from .penalty_rule import MEASURES


class CustomerComplaintPenalty(models.Model):
    """What falls to one person of what a complaint cost: loss of the unit / its base points x points of the person.

    By default that is a matter of points in the appraisal. Where the company has switched it on, the amount is
    deducted from the bonus, month by month within what the law allows. Nobody but managers sees those of others.
    """

    _name = "customer.complaint.penalty"
    _description = "Penalty for a Complaint"
    _inherit = ["customer.steps.mixin"]
    _order = "id desc"
    _rec_name = "employee_id"
    _check_company_auto = True
    _step_error = RemedyStepError
    _step_fields = (
        "state",
        "base_points",
        "unit_points",
        "unit_loss",
        "amount",
        "measure",
        "points",
        "mode",
        "share_id",
        "employee_id",
    )

    share_id = fields.Many2one(
        "customer.complaint.share",
        string="Responsibility",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    complaint_id = fields.Many2one(related="share_id.complaint_id", store=True, index=True)
    company_id = fields.Many2one(related="share_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    department_id = fields.Many2one(related="share_id.department_id", store=True, index=True, precompute=True)
    employee_id = fields.Many2one(
        "hr.employee", string="Person", required=True, readonly=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(related="employee_id.user_id", store=True, index="btree_not_null")
    unit_loss = fields.Monetary("Loss of the Unit", readonly=True)
    unit_points = fields.Float("Base Points of the Unit", readonly=True)
    base_points = fields.Float("Base Points of the Person", readonly=True)
    amount = fields.Monetary("Part of the Person", readonly=True)
    measure = fields.Selection(
        MEASURES, string="Disciplinary Measure", readonly=True, default="none", required=True
    )
    points = fields.Float("Points Off the Appraisal", readonly=True)
    mode = fields.Selection(
        [("points", "Points of the Appraisal"), ("money", "Deducted from the Bonus")],
        readonly=True,
        required=True,
        default="points",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("decided", "Decided"), ("dropped", "Dropped")],
        readonly=True,
        required=True,
        default="draft",
        index=True,
    )
    note = fields.Text("What the Person Says")
    deduction_ids = fields.One2many("customer.complaint.deduction", "penalty_id", string="Deductions")
    deducted = fields.Monetary(compute="_compute_deducted", store=True)
    remaining = fields.Monetary("Carried Over", compute="_compute_deducted", store=True)

    _once = models.UniqueIndex(
        "(share_id, employee_id) WHERE state <> 'dropped'",
        "This person has a penalty for this share already.",
    )

    @api.depends("deduction_ids.amount", "amount", "mode", "state")
    def _compute_deducted(self):
        for penalty in self:
            penalty.deducted = sum(penalty.deduction_ids.mapped("amount"))
            due = penalty.amount if penalty.mode == "money" and penalty.state == "decided" else 0.0
            penalty.remaining = max(due - penalty.deducted, 0.0)

    @api.model
    def _work_out(self, shares):
        """Make the penalties of shares anew that nobody has decided yet. As the system."""
        drafts = self.sudo().search([("share_id", "in", shares.ids), ("state", "=", "draft")])
        drafts.unlink()
        kept = self.sudo().search([("share_id", "in", shares.ids), ("state", "=", "decided")]).share_id
        values = []
        for share in (shares - kept).sudo():
            persons = self._persons(share)
            total = sum(persons.values())
            for person, points in persons.items():
                values.append(self._values(share, person, points, total))
        return self.sudo().create(values).with_env(self.env)

    @api.model
    def _persons(self, share):
        """Return the persons whom a share falls to, with their base points; a named person bears it alone."""
        rows = (
            self.env["customer.complaint.point"]
            .sudo()
            .search(
                [("department_id", "=", share.department_id.id), ("company_id", "=", share.company_id.id)]
            )
        )
        if share.employee_id:
            own = rows.filtered(lambda row: row.employee_id == share.employee_id)
            return {share.employee_id: own.points or 1.0}
        return {row.employee_id: row.points for row in rows}

    @api.model
    def _values(self, share, person, points, total):
        company = share.company_id
        per_point = share.loss / total
        rule = self.env["customer.complaint.penalty.rule"]._for_loss(company, per_point)
        return {
            "share_id": share.id,
            "employee_id": person.id,
            "unit_loss": share.loss,
            "unit_points": total,
            "base_points": points,
            "amount": company.currency_id.round(per_point * points),
            "measure": rule.measure or "none",
            "points": rule.points,
            "mode": company.customer_complaint_penalty_mode,
        }

    def action_decide(self):
        """Decide penalties: the person sees them from now on."""
        self._ensure_step("draft")
        self.sudo().write({"state": "decided"})

    def action_drop(self):
        """Drop penalties, such as after an objection; nothing more is deducted.

        :raises RemedyStepError: when something was deducted already
        """
        self._ensure_step("draft", "decided")
        if any(penalty.deduction_ids for penalty in self):
            raise RemedyStepError(
                self.env._("Something was deducted already: take the deductions out first.")
            )
        self.sudo().write({"state": "dropped"})
