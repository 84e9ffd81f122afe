from odoo import api, fields, models

from ..exceptions import OpinionError
from .complaint_department import ROLES

STATES = [
    ("planned", "Comes Later"),
    ("asked", "To Be Answered"),
    ("answered", "Answered"),
    ("dropped", "No Longer Needed"),
]


class CustomerComplaintOpinion(models.Model):
    """What a department says about a complaint (8.12): whom we asked, by when, what was answered, in what time.

    Whoever is asked answers, even without any right in customer service: such a person sees the own opinions
    and what they are about, and writes nothing but the answer.
    """

    _name = "customer.complaint.opinion"
    _description = "Opinion of a Department"
    _inherit = ["customer.steps.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "complaint_id, sequence, id"
    _step_error = OpinionError
    _step_fields = ("state", "asked_on", "answered_on", "answered_by_id", "hours")

    complaint_id = fields.Many2one(
        "customer.complaint", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        related="complaint_id.commercial_partner_id", store=True, index="btree_not_null"
    )
    customer_name = fields.Char(related="partner_id.name", string="Customer")
    number = fields.Char(related="complaint_id.name", string="Complaint Number")
    summary = fields.Char(related="complaint_id.summary")
    description = fields.Html(related="complaint_id.description", string="What the Customer Says")
    severity = fields.Selection(related="complaint_id.severity")
    goods = fields.Text(related="complaint_id.goods_text", string="Goods")
    sequence = fields.Integer("Turn", default=10)
    role = fields.Selection(ROLES, required=True, default="other")
    department_id = fields.Many2one("hr.department", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one(
        "res.users",
        string="Person Asked",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        ondelete="restrict",
    )
    is_required = fields.Boolean("Required", default=True)
    days = fields.Float(default=2, help="Working days to answer.")
    question = fields.Char(help="What exactly we want to know.")
    state = fields.Selection(STATES, required=True, readonly=True, default="planned", copy=False, index=True)
    asked_on = fields.Datetime(readonly=True, copy=False)
    due_on = fields.Datetime("Due", copy=False)
    opinion = fields.Text(copy=False)
    answered_on = fields.Datetime(readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    hours = fields.Float(readonly=True, copy=False, help="Working hours from asking to answering.")
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")
    is_mine = fields.Boolean(compute="_compute_is_mine")

    @api.depends("number", "department_id")
    def _compute_display_name(self):
        for opinion in self:
            number, department = opinion.number, opinion.sudo().department_id.name
            opinion.display_name = f"{number or ''} {department or ''}".strip()

    @api.depends("state", "due_on", "answered_on")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for opinion in self:
            end = opinion.answered_on or now
            asked = opinion.state in ("asked", "answered")
            opinion.is_late = bool(asked and opinion.due_on and end > opinion.due_on)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "asked"), ("due_on", "<", fields.Datetime.now())]

    @api.depends("user_id", "state")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for opinion in self:
            opinion.is_mine = opinion.state == "asked" and (
                opinion.user_id == self.env.user or self._works_in_service()
            )

    def _works_in_service(self):
        return self.env.su or self.env.user.has_group("customer_service.group_service_user")

    def write(self, vals):
        """Override of `base`: who is asked writes the answer, customer service the rest, and nobody what is done.

        :raises OpinionError: for anything else
        """
        if not self.env.su:
            done = self.filtered(lambda one: one.state in ("answered", "dropped"))
            if done:
                raise OpinionError(
                    self.env._(
                        "%s: an opinion that was given stays as it is; ask once more.", done[0].display_name
                    )
                )
            if not self._works_in_service() and set(vals) - {"opinion"}:
                raise OpinionError(
                    self.env._("You are asked for an opinion: write it; the rest is for customer service.")
                )
        result = super().write(vals)
        if "user_id" in vals or "due_on" in vals:
            self.sudo().filtered(lambda one: one.state == "asked")._remind()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        kept = self.filtered(
            lambda one: one.state == "answered" or (one.is_required and one.state == "asked")
        )
        if kept and not self.env.su and not self.env.user.has_group("customer_service.group_service_manager"):
            raise OpinionError(
                self.env._("%s: only a manager of customer service takes it back.", kept[0].display_name)
            )
