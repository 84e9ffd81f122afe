from odoo import api, fields, models

from .complaint_finding import SEVERITIES

WORKED_ON = ("planned", "on_way", "working")


class CustomerServiceRequest(models.Model):
    """The clock of a service request: the first answer is a time planned with a technician, the solution work done."""

    _name = "customer.service.request"
    _inherit = ["customer.service.request", "customer.service.clock.mixin"]

    _clock_names = (
        "customer.service.request.clock",
        "customer.service.request.pause",
        "customer.service.request.reminder",
    )
    _clock_applies_to = "request"
    _step_fields = ("waiting_since",)

    clock_ids = fields.One2many(
        "customer.service.request.clock", "document_id", "Promised Times", readonly=True
    )
    pause_ids = fields.One2many("customer.service.request.pause", "document_id", "Pauses", readonly=True)
    reminder_ids = fields.One2many(
        "customer.service.request.reminder", "document_id", "Reminders", readonly=True
    )
    severity = fields.Selection(
        SEVERITIES,
        compute="_compute_severity",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
        help="Decides with the grade of the customer what is promised: at first urgent when it is marked so, or else "
        "that of the complaint.",
    )
    team_id = fields.Many2one(
        "customer.service.team",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="In whose working hours the promised times are counted, and who is told when they are late.",
    )
    waiting_since = fields.Datetime(
        "Waiting for the Customer", readonly=True, copy=False, tracking=True, help="The clock stands still."
    )

    @api.depends("priority", "complaint_id")
    def _compute_severity(self):
        for request in self:
            own = "urgent" if request.priority == "1" else False
            request.severity = own or request.complaint_id.sudo().severity or "normal"

    @api.depends("company_id", "complaint_id")
    def _compute_team_id(self):
        teams, none = self.env["customer.service.team"], self.env["customer.complaint.kind"]
        for company, requests in self.grouped("company_id").items():
            usual = teams._best(company, none) if company else teams
            for request in requests:
                team = request.complaint_id.sudo().team_id.with_env(self.env)
                fits = request.team_id.company_id in (self.env["res.company"], company)
                request.team_id = team or (fits and request.team_id) or usual

    def _clock_started(self, period, now):
        """Override of the mixin: the first period counts from when it was reported."""
        return self.date_reported if period == 1 else now

    @api.model
    def _clock_catch_up(self):
        """Override of the mixin: open requests from before there were clocks; when they were planned nobody knows."""
        result = super()._clock_catch_up()
        old = self.search([("state", "in", ("draft", *WORKED_ON)), ("clock_ids", "=", False)])
        self._clock_again(old, "service_level_id")
        old._clock_begin(fields.Datetime.now())
        for row in old.filtered(lambda one: one.state != "draft")._clock_open("response"):
            row._finish(row.date_from, void=True)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: what is promised counts from the start."""
        requests = super().create(vals_list)
        requests._clock_take("received")
        return requests

    def write(self, vals):
        """Override of `base`: its states move the clock, whoever changes them."""
        before = {request: request.state for request in self} if "state" in vals else {}
        result = super().write(vals)
        if "date_reported" in vals:
            for request in self.sudo():
                first = request._clock_open("response", "resolution").filtered(lambda row: row.period == 1)
                first.date_from = request.date_reported
        for old, requests in self.filtered(before.get).grouped(before.get).items():
            requests._clock_state_changed(old, vals["state"])
        return result

    def _clock_state_changed(self, old, new):
        """Take a step from one state to another into the clock."""
        if new in WORKED_ON and old == "draft":
            self._clock_take("answered")
        elif new == "done":
            self._stop_waiting()
            self._clock_take("resolved")
        elif new == "cancelled":
            self._stop_waiting()
            self._clock_take("dropped")
        elif new == "draft" and old != "draft":
            self._clock_take("reopened")

    def action_wait(self):
        """Wait for the customer, as for a date or a shipment: the clock stands still until it answers."""
        self._ensure_step("draft", *WORKED_ON)
        idle = self.filtered(lambda request: not request.waiting_since)
        idle.sudo().write({"waiting_since": fields.Datetime.now()})
        idle._clock_take("waiting")

    def action_resume(self):
        """Go on: the customer has answered, or nobody waits any longer."""
        self.check_access("write")
        self._stop_waiting()

    def _stop_waiting(self):
        waiting = self.filtered("waiting_since")
        waiting._clock_take("resumed")
        waiting.sudo().write({"waiting_since": False})

    def _message_post_after_hook(self, message, msg_vals):
        """Override of `mail`: what we say to the customer is a word; what the customer says ends the waiting."""
        result = super()._message_post_after_hook(message, msg_vals)
        said = message.sudo()
        if self._is_answer(said):
            self._clock_take("updated")
        elif self.waiting_since and said.message_type in ("email", "comment"):
            author = said.author_id.commercial_partner_id
            if author and author == self.sudo().commercial_partner_id:
                self.sudo()._stop_waiting()
        return result
