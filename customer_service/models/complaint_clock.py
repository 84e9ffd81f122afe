from odoo import api, fields, models

# What falls away is not judged; what was rejected was answered.
FALLEN = ("withdrawn", "duplicate")


class CustomerComplaint(models.Model):
    """The clock of a complaint: what is promised to the customer, by when, and whether it was kept."""

    _name = "customer.complaint"
    _inherit = ["customer.complaint", "customer.service.clock.mixin"]

    _clock_names = ("customer.complaint.clock", "customer.complaint.pause", "customer.complaint.reminder")

    clock_ids = fields.One2many("customer.complaint.clock", "document_id", "Promised Times", readonly=True)
    pause_ids = fields.One2many("customer.complaint.pause", "document_id", "Pauses", readonly=True)
    reminder_ids = fields.One2many("customer.complaint.reminder", "document_id", "Reminders", readonly=True)

    def _clock_event(self, event):
        """Override: what happens to a complaint moves its clock."""
        result = super()._clock_event(event)
        self._clock_take(event)
        return result

    def _clock_started(self, period, now):
        """Override of the mixin: the first period counts from when it was received."""
        return self.date_received if period == 1 else now

    def _clock_seconds(self, target, level, hours_per_day):
        """Override of the mixin: without a promised solution, the days of its kind are promised."""
        seconds = super()._clock_seconds(target, level, hours_per_day)
        if seconds is None and target == "resolution" and self.kind_id:
            return round(self.kind_id.sudo().default_days * hours_per_day * 3600)
        return seconds

    @api.model
    def _clock_catch_up(self):
        """Override of the mixin: complaints from before there were clocks."""
        result = super()._clock_catch_up()
        old = self.search([("stage", "!=", "closed"), ("clock_ids", "=", False)])
        self._clock_again(old, "service_level_id")
        old._clock_begin(fields.Datetime.now())
        for complaint in old.filtered("date_answered"):
            complaint._clock_answer(complaint.date_answered)
        return result

    def _stage_entered(self, stage, before):
        """Override: the customer has its solution once it is carried out; what falls away needs none."""
        result = super()._stage_entered(stage, before)
        if stage == "closed" and self.outcome in FALLEN:
            self._clock_take("dropped")
        elif stage in ("follow_up", "closed"):
            self._clock_event("resolved")
        return result

    def write(self, vals):
        """Override of `base`: the first period counts from the day that it was received."""
        result = super().write(vals)
        if "date_received" in vals:
            for complaint in self.sudo():
                first = complaint.clock_ids.filtered(lambda row: row.period == 1 and not row.date_done)
                first.filtered(lambda row: row.target != "update").date_from = complaint.date_received
        return result

    def action_told(self):
        """Note that the customer was told something otherwise than by a message from here, as by phone."""
        self._ensure_step("listen", "confirm", "assess", "agree", "carry_out", "follow_up")
        self._customer_told()
        self._note(self.env._("The customer was told."))

    def _customer_told(self):
        """Count that a person told the customer something: the first time it is the first answer."""
        first = self.filtered(lambda complaint: not complaint.date_answered)
        first.sudo().write({"date_answered": fields.Datetime.now()})
        # After reopening there is a first answer again.
        open_rows = self.sudo()._clock_open("response").document_id
        answered = self.filtered(lambda complaint: complaint in open_rows)
        answered._clock_event("answered")
        (self - answered)._clock_event("updated")

    def _message_post_after_hook(self, message, msg_vals):
        """Override of `mail`: what a person of ours says to the customer is an answer."""
        result = super()._message_post_after_hook(message, msg_vals)
        if self._is_answer(message.sudo()):
            self._customer_told()
        return result
