import re
from contextlib import contextmanager

from psycopg2.errors import ExclusionViolation

from odoo import api, fields, models
from odoo.tools import mute_logger

from ..exceptions import ServiceRequestError, TechnicianBusyError

# In the words of the database: the technician, and when its visit begins.
BUSY = re.compile(r'\(\[(\d+),\d+\), \["([^"]+)","')


class CustomerServiceVisit(models.Model):
    """When a technician works on a service request. Nobody is at two places at the same time."""

    _name = "customer.service.visit"
    _description = "Service Visit"
    _inherit = "customer.steps.mixin"
    _order = "date_from, id"
    _check_company_auto = True
    _step_error = ServiceRequestError
    _step_fields = ("state", "event_id")

    request_id = fields.Many2one("customer.service.request", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(related="request_id.partner_id", store=True, index=True, precompute=True)
    address_id = fields.Many2one(related="request_id.address_id")
    phone = fields.Char(related="request_id.phone")
    map_url = fields.Char(related="request_id.map_url")
    kind = fields.Selection(related="request_id.kind")
    user_id = fields.Many2one(
        "res.users",
        string="Technician",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    date_from = fields.Datetime("From", required=True, index=True)
    date_to = fields.Datetime(
        "Ends", required=True, compute="_compute_date_to", store=True, readonly=False, precompute=True
    )
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="planned",
        copy=False,
    )
    note = fields.Char(help="Gate, floor, parking, whom to call.")
    event_id = fields.Many2one(
        "calendar.event",
        string="Calendar Event",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    busy_with = fields.Char(
        "Also in the Calendar", compute="_compute_busy_with", help="Meetings of the technician at that time."
    )

    _dates_in_order = models.Constraint("CHECK(date_to > date_from)", "A visit ends after it begins.")
    # The database itself refuses the second of two people who plan the same technician at the same moment.
    _one_place = models.Constraint(
        "EXCLUDE USING gist (int4range(user_id, user_id, '[]') WITH &&, tsrange(date_from, date_to) WITH &&) "
        "WHERE (((state)::text = 'planned'::text))",
        "The technician has another visit at that time.",
    )

    @api.depends("user_id", "partner_id", "date_from")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = " · ".join(
                filter(None, (visit.request_id.name, visit.partner_id.name, visit.user_id.name))
            )

    @api.depends("date_from")
    def _compute_date_to(self):
        """Two hours, unless somebody says otherwise; a visit that is moved keeps its length."""
        for visit in self:
            if visit.date_from and (not visit.date_to or visit.date_to <= visit.date_from):
                visit.date_to = fields.Datetime.add(visit.date_from, hours=2)

    @api.depends("user_id", "date_from", "date_to")
    def _compute_busy_with(self):
        planned = self.filtered(lambda one: one.state == "planned" and one.date_from and one.date_to)
        (self - planned).busy_with = False
        if not planned:
            return
        events = (
            self.env["calendar.event"]
            .sudo()
            .search(
                [
                    ("user_id", "in", planned.user_id.ids),
                    ("show_as", "=", "busy"),
                    ("start", "<", max(planned.mapped("date_to"))),
                    ("stop", ">", min(planned.mapped("date_from"))),
                    ("customer_visit_ids", "=", False),
                ]
            )
        )
        for visit in planned:
            found = events.filtered(
                lambda one, visit=visit: one.user_id == visit.user_id
                and one.start < visit.date_to
                and one.stop > visit.date_from
            )
            # What the meeting is about is nobody's business but the technician's.
            visit.busy_with = ", ".join(
                f"{fields.Datetime.context_timestamp(self, one.start):%H:%M}"
                f"-{fields.Datetime.context_timestamp(self, one.stop):%H:%M}"
                for one in found
            )

    @api.constrains("user_id", "request_id")
    def _check_technician(self):
        for visit in self:
            user = visit.user_id.sudo()
            if user.share or visit.company_id not in user.company_ids:
                raise TechnicianBusyError(
                    self.env._("%s does not work for this company: choose another technician.", user.name)
                )

    @contextmanager
    def _one_place_each(self):
        """Say in words what the database refuses: a technician at two places at the same time.

        :raises TechnicianBusyError: with the visit that was planned before
        """
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                yield
                self.flush_model()
        except ExclusionViolation as error:
            raise TechnicianBusyError(self._busy_words(error.diag.message_detail or "")) from error

    def _busy_words(self, detail):
        """Return who is busy with what, from what the database says: the last range is of the earlier visit."""
        user, start = BUSY.findall(detail)[-1] if BUSY.findall(detail) else (0, False)
        other = self.sudo().search(
            [("user_id", "=", int(user)), ("date_from", "=", start), ("state", "=", "planned")], limit=1
        )
        if not other:
            return self.env._("The technician has another visit at that time.")
        return self.env._(
            "%(technician)s is at %(request)s from %(start)s to %(stop)s: choose another time or technician.",
            technician=other.user_id.name,
            request=other.request_id.name,
            start=self._local(other.date_from),
            stop=self._local(other.date_to),
        )

    def _local(self, moment):
        return f"{fields.Datetime.context_timestamp(self, moment):%Y-%m-%d %H:%M}"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a visit begins as planned, and stands in the technician's calendar."""
        requests = self.env["customer.service.request"].browse(
            [vals["request_id"] for vals in vals_list if vals.get("request_id")]
        )
        if not self.env.su:
            requests._ensure_unsigned()
        with self._one_place_each():
            visits = super().create(vals_list)
        visits._to_calendar()
        return visits

    def write(self, vals):
        """Override of `base`: only the steps of the request end a visit; a move is made in the calendar, too."""
        if not self.env.su:
            self.request_id._ensure_unsigned()
        with self._one_place_each():
            done = super().write(vals)
        if {"user_id", "date_from", "date_to", "note"} & vals.keys():
            self._to_calendar()
        return done

    def unlink(self):
        """Override of `base`: the calendar forgets it, too."""
        if not self.env.su:
            self.request_id._ensure_unsigned()
        self.sudo().event_id.unlink()
        return super().unlink()

    def _to_calendar(self):
        """Write the visits into the calendar of their technicians, as the system and without mails."""
        events = (
            self.env["calendar.event"]
            .sudo()
            .with_context(dont_notify=True, no_mail_to_attendees=True, mail_create_nolog=True)
        )
        for visit in self.sudo():
            values = visit._event_values()
            if visit.event_id:
                events.browse(visit.event_id.id).write(values)
            elif visit.state == "planned":
                visit.event_id = events.create(values)

    def _event_values(self):
        request = self.request_id
        place = request.address_id.contact_address if request.kind == "on_site" else ""
        return {
            "name": f"{request.name} {self.partner_id.name}",
            "start": self.date_from,
            "stop": self.date_to,
            "user_id": self.user_id.id,
            "partner_ids": [(6, 0, self.user_id.partner_id.ids)],
            "location": " ".join((place or "").split()),
            "description": "\n".join(filter(None, (request.fault, request.phone, self.note))),
        }
