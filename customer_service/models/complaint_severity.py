from odoo import api, fields, models

from ..exceptions import ComplaintStepError


class CustomerComplaint(models.Model):
    """What makes a complaint weigh a level more (domain 8.3): it comes back, the customer is one of the best,
    the press or an authority is involved, or a manager says so.
    """

    _inherit = "customer.complaint"
    _step_fields = ("raised_reason",)

    is_public = fields.Boolean(
        "Press or Authority",
        tracking=True,
        help="The press or an authority is involved: the complaint weighs a level more.",
    )
    raised_reason = fields.Char("Raised Because", readonly=True, copy=False, tracking=True)
    severity_note = fields.Char(compute="_compute_severity_note")

    @api.depends(
        "harm",
        "spread",
        "is_public",
        "raised_reason",
        "follows_id",
        "cause_id",
        "partner_id",
        "line_ids.product_id",
    )
    def _compute_severity(self):
        """Override of customer service: what raises it counts as well; a closed complaint keeps its severity."""
        closed = self.filtered(lambda complaint: complaint.stage == "closed" and complaint._origin.severity)
        for complaint in closed:
            complaint.severity = complaint._origin.severity
        return super(CustomerComplaint, self - closed)._compute_severity()

    def _severity_raised(self):
        """Override of customer service: those that weigh a level more."""
        repeated = self._repeated()
        return super()._severity_raised() | self.filtered(lambda one: one._raised_by(repeated))

    def _raised_by(self, repeated):
        """Return why a complaint weighs a level more: codes among public, repeat, grade, manager.

        :param repeated: the complaints that come back
        """
        reasons = []
        if self.is_public:
            reasons.append("public")
        if self.follows_id or self._origin in repeated:
            reasons.append("repeat")
        grade = self.sudo().with_company(self.company_id).commercial_partner_id.customer_grade_id
        if grade.complaint_raised:
            reasons.append("grade")
        if self.raised_reason:
            reasons.append("manager")
        return reasons

    @api.depends("severity", "is_public", "follows_id", "raised_reason")
    def _compute_severity_note(self):
        """Say in words what raised it."""
        words = {
            "public": self.env._("press or authority"),
            "repeat": self.env._("comes back"),
            "grade": self.env._("one of our best customers"),
        }
        repeated = self._repeated()
        for complaint in self:
            parts = [words.get(code) or complaint.raised_reason for code in complaint._raised_by(repeated)]
            complaint.severity_note = (
                self.env._("One level up: %s", ", ".join(part for part in parts if part)) if parts else False
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: only once they are there can they be compared with earlier ones."""
        complaints = super().create(vals_list)
        complaints._weigh()
        return complaints

    def write(self, vals):
        """Override of `base`: tell the service levels when the severity or the team becomes another."""
        before = {complaint.id: (complaint.severity, complaint.team_id) for complaint in self}
        done = super().write(vals)
        self.filtered(
            lambda one: one.stage != "closed" and before[one.id] != (one.severity, one.team_id)
        )._clock_event("changed")
        return done

    def _weigh(self):
        """Work out the severity of open complaints again, and tell the service levels of those that changed."""
        open_ones = self.filtered(lambda complaint: complaint.stage != "closed")
        before = {complaint.id: complaint.severity for complaint in open_ones}
        self.env.add_to_compute(self._fields["severity"], open_ones)
        open_ones.filtered(lambda one: one.severity != before[one.id])._clock_event("changed")

    @api.model
    def _cron_weigh(self):
        """Once a night: what changed around the open complaints, such as grades and repeated faults."""
        self.search([("stage", "!=", "closed")])._weigh()

    def _raise_severity(self, reason):
        """Let complaints weigh a level more than the figures say.

        :raises AccessError: unless the user decides on complaints
        :raises ComplaintStepError: without a reason
        """
        self._ensure_step("listen", "confirm", "assess", "agree", "carry_out", "follow_up")
        self._ensure_manager()
        reason = self._reason(reason)
        raised = self.filtered("raised_reason")
        if raised:
            raise ComplaintStepError(self.env._("%s is raised already.", raised[0].display_name))
        self.sudo().write({"raised_reason": reason})

    def action_raise(self):
        """Ask why the complaint weighs more."""
        return self._ask("raise", self.env._("Raise the Severity"))
