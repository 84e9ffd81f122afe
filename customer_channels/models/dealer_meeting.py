from dateutil.relativedelta import relativedelta

from odoo import api, fields, models


class CustomerDealerMeeting(models.Model):
    """A meeting of an association: in the calendar, with agenda, attendance, minutes and decisions. (form 5.4)

    A decision is an activity: somebody has it done by a day.
    """

    _name = "customer.dealer.meeting"
    _description = "Association Meeting"
    _inherit = ["mail.thread", "mail.activity.mixin", "customer.links.mixin"]
    _order = "start desc, id desc"
    _check_company_auto = True
    _checked_links = ("event_id",)

    name = fields.Char("Topic", required=True, tracking=True)
    association_id = fields.Many2one(
        "customer.dealer.association", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="association_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("general", "General Meeting"), ("board", "Board Meeting"), ("election", "Election")],
        required=True,
        default="general",
    )
    start = fields.Datetime(required=True, tracking=True)
    stop = fields.Datetime(
        string="End", compute="_compute_stop", store=True, readonly=False, precompute=True, required=True
    )
    location = fields.Char()
    user_id = fields.Many2one(
        "res.users", string="Organiser", required=True, index=True, default=lambda self: self.env.user
    )
    event_id = fields.Many2one(
        "calendar.event",
        string="In the Calendar",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    agenda = fields.Html()
    minutes = fields.Html()
    attendee_ids = fields.Many2many(
        "customer.dealer.association.member",
        "customer_dealer_meeting_member_rel",
        "meeting_id",
        "member_id",
        string="Attended",
        domain="[('association_id', '=', association_id), ('left_on', '=', False)]",
        check_company=True,
    )
    attendance = fields.Char(compute="_compute_attendance")
    decision_ids = fields.One2many(
        "mail.activity",
        "res_id",
        string="Decisions",
        domain=lambda self: [("res_model", "=", self._name), ("calendar_event_id", "=", False)],
        context={"active_test": False},
    )

    _times_in_order = models.Constraint("CHECK(stop >= start)", "A meeting cannot end before it begins.")

    @api.depends("start")
    def _compute_stop(self):
        for meeting in self:
            if meeting.start and (not meeting.stop or meeting.stop < meeting.start):
                meeting.stop = meeting.start + relativedelta(hours=2)

    @api.depends("attendee_ids", "association_id.member_ids.left_on")
    def _compute_attendance(self):
        for meeting in self:
            members = meeting.association_id.member_ids.filtered("is_member")
            meeting.attendance = f"{len(meeting.attendee_ids)} / {len(members | meeting.attendee_ids)}"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: meetings stand in the calendar of their organisers."""
        meetings = super().create(vals_list)
        values = [meeting._event_values() for meeting in meetings]
        events = self.env["calendar.event"].sudo().with_context(no_mail_to_attendees=True).create(values)
        for meeting, event in zip(meetings, events, strict=True):
            meeting.sudo().event_id = event
        return meetings

    def write(self, vals):
        """Override of `base`: the calendar follows."""
        done = super().write(vals)
        if {"name", "start", "stop", "location", "user_id", "association_id"} & set(vals):
            for meeting in self.sudo().filtered("event_id"):
                meeting.event_id.with_context(no_mail_to_attendees=True).write(meeting._event_values())
        return done

    def unlink(self):
        """Override of `base`: it goes from the calendar too."""
        events = self.sudo().event_id
        done = super().unlink()
        events.unlink()
        return done

    def _event_values(self):
        """Return what the calendar shows.

        Without a link back: the host would make an activity of it, which is no decision.
        """
        self.ensure_one()
        return {
            "name": f"{self.association_id.name}: {self.name}",
            "start": self.start,
            "stop": self.stop,
            "location": self.location,
            "user_id": self.user_id.id,
            "partner_ids": [fields.Command.set(self.user_id.partner_id.ids)],
        }

    def action_decide(self):
        """Add a decision: what is done, by whom, until when."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decision"),
            "res_model": "mail.activity.schedule",
            "views": [(False, "form")],
            "target": "new",
            "context": {"active_model": self._name, "active_ids": self.ids, "active_id": self.id},
        }
