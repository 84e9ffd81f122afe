from datetime import timedelta

from odoo import api, fields, models

from ..exceptions import ActionStepError

KINDS = [("containment", "Containment"), ("corrective", "Correction"), ("preventive", "Prevention")]
# Days until an action is due: contained in a day, corrected in two weeks, prevented in two months (domain 8.4).
DUE_DAYS = {"containment": 1, "corrective": 14, "preventive": 60}


class CustomerComplaintAction(models.Model):
    """What is done so that a fault is contained, corrected, or does not come back.

    It belongs to a complaint (steps D3 to D7 of an 8D report), to a possible complaint of the prevention register or
    to an inspection. Some time after it is done, the complaints themselves say whether it helped.
    """

    _name = "customer.complaint.action"
    _description = "Action Against Complaints"
    _inherit = ["customer.steps.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_due desc, id desc"
    _check_company_auto = True
    _step_error = ActionStepError
    _step_fields = (
        "state",
        "done_on",
        "check_on",
        "checked_on",
        "recurrence_ids",
        "previous_id",
        "drop_reason",
    )
    # What an action says; it stands once the action is done.
    _step_open = dict.fromkeys(
        "name kind complaint_id risk_id assessment_id company_id cause_id product_ids user_id department_id"
        " date_due evidence".split(),
        ("planned",),
    )

    name = fields.Char("Action", required=True, tracking=True)
    kind = fields.Selection(
        KINDS, string="Kind of Action", required=True, default="corrective", index=True, tracking=True
    )
    complaint_id = fields.Many2one(
        "customer.complaint", index="btree_not_null", ondelete="cascade", check_company=True
    )
    risk_id = fields.Many2one(
        "customer.complaint.risk",
        string="Possible Complaint",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    assessment_id = fields.Many2one(
        "customer.assessment",
        string="Found at the Inspection",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('service_team_id', '!=', False)]",
    )
    problem = fields.Char(help="What was found, where neither a complaint nor a cause says it.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        compute="_compute_company_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    partner_id = fields.Many2one(
        related="complaint_id.commercial_partner_id", string="Customer", store=True, index="btree_not_null"
    )
    cause_id = fields.Many2one(
        "customer.complaint.cause",
        string="Cause That Must Not Come Back",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        compute="_compute_target",
        store=True,
        readonly=False,
        precompute=True,
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Products",
        compute="_compute_product_ids",
        store=True,
        readonly=False,
        help="Empty: whatever the product.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    department_id = fields.Many2one(
        "hr.department",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        compute="_compute_target",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_due = fields.Date(
        "Due",
        required=True,
        compute="_compute_date_due",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("done", "Done"),
            ("effective", "Effective"),
            ("ineffective", "Not Effective"),
            ("dropped", "Dropped"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="planned",
        index=True,
        group_expand=True,
        tracking=True,
    )
    evidence = fields.Text(
        copy=False, help="What shows that it is done: records, pictures, a new instruction."
    )
    done_on = fields.Date(readonly=True, copy=False)
    check_on = fields.Date(
        "Effect Checked On",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Containment is not checked.",
    )
    checked_on = fields.Date("Judged On", readonly=True, copy=False)
    drop_reason = fields.Char("Why Dropped", readonly=True, copy=False)
    recurrence_ids = fields.Many2many(
        "customer.complaint",
        "customer_complaint_action_recurrence_rel",
        "action_id",
        "complaint_id",
        string="Came Back In",
        readonly=True,
        copy=False,
    )
    previous_id = fields.Many2one(
        "customer.complaint.action",
        string="In Place Of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The action that did not help.",
    )
    next_ids = fields.One2many(
        "customer.complaint.action", "previous_id", string="Followed By", readonly=True
    )
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue", search="_search_is_overdue")

    _done_complete = models.Constraint(
        "CHECK(state IN ('planned', 'dropped') OR done_on IS NOT NULL)", "What is done has a day."
    )
    # One new action takes the place of one that did not help, however often and by how many it is asked.
    _one_next = models.UniqueIndex(
        "(previous_id) WHERE previous_id IS NOT NULL", "Another action takes its place already."
    )

    @api.depends("complaint_id", "risk_id", "assessment_id")
    def _compute_company_id(self):
        for action in self:
            origin = action.complaint_id or action.risk_id or action.assessment_id
            action.company_id = origin.company_id or action.company_id or self.env.company

    @api.depends("complaint_id", "risk_id")
    def _compute_target(self):
        for action in self:
            origin = action.complaint_id or action.risk_id
            action.cause_id = origin.cause_id or action.cause_id
            department = origin.department_id or origin.cause_id.department_id
            action.department_id = department or action.department_id

    @api.depends("complaint_id", "risk_id")
    def _compute_product_ids(self):
        for action in self:
            products = action.complaint_id.line_ids.product_id or action.risk_id.product_id
            action.product_ids = products or action.product_ids

    @api.depends("kind")
    def _compute_date_due(self):
        today = fields.Date.context_today(self)
        for action in self:
            if not action._origin.date_due:
                action.date_due = today + timedelta(days=DUE_DAYS.get(action.kind, 14))

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for action in self:
            action.is_overdue = bool(
                action.state == "planned" and action.date_due and action.date_due < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = fields.Domain([("state", "=", "planned"), ("date_due", "<", fields.Date.context_today(self))])
        wanted = {bool(one) for one in value}
        if wanted == {True, False}:
            return fields.Domain.TRUE
        return late if True in wanted else ~late

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: who is responsible is told at once."""
        actions = super().create(vals_list)
        actions._schedule()
        return actions

    def write(self, vals):
        """Override of `base`: the activities follow who is responsible."""
        done = super().write(vals)
        if not {"user_id", "date_due", "name"}.isdisjoint(vals):
            self._schedule()
        return done
