"""What the tests of clocks have in common: an office with hours, and complaints at given moments."""

from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command

from .service_case import ServiceCase


def moment(text):
    """Return a moment in UTC, as the database keeps it."""
    return datetime.fromisoformat(text)


class ClockCase(ServiceCase):
    """An office that works from 8 to 12 and 13 to 17 in UTC, and the levels of the handbook."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls._calendar("UTC")
        cls.env.company.resource_calendar_id = cls.office
        # Whatever the database has: the levels of the handbook.
        cls.env["customer.service.level"].search([]).active = False
        refs = [f"customer_service.service_level_{name}" for name in ("normal", "major", "urgent")]
        cls.normal, cls.major, cls.urgent = (cls.env.ref(name) for name in refs)
        for level in (cls.normal, cls.major, cls.urgent):
            level.active = True
        cls.team.manager_id = cls.env.user

    @classmethod
    def _calendar(cls, zone, spans=((8, 12), (13, 17)), days=(0, 1, 2, 3, 4), **values):
        """Return working hours of a week."""
        return cls.env["resource.calendar"].create(
            {
                "name": f"Office {zone}",
                "tz": zone,
                "company_id": cls.env.company.id,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {"name": "Work", "dayofweek": str(day), "hour_from": start, "hour_to": end}
                    )
                    for day in days
                    for start, end in spans
                ],
                **values,
            }
        )

    @classmethod
    def _at(cls, when, **values):
        """Return a complaint that is received and taken in at a moment."""
        with freeze_time(when):
            complaint = cls._complaint(date_received=moment(when), **values)
            # The end of a request.
            cls.env.flush_all()
        return complaint

    @classmethod
    def _row(cls, complaint, target, period=1):
        return complaint.clock_ids.filtered(lambda row: row.target == target and row.period == period).sorted(
            "id"
        )[-1:]

    def _due(self, complaint):
        complaint.invalidate_recordset()
        return complaint.date_response_due, complaint.date_due

    def _job(self, when):
        """Let the job of the clocks run at a moment."""
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        with freeze_time(when):
            self.env["customer.complaint"]._cron_clock()
            self.env.flush_all()
        self.env.invalidate_all()

    def _say(self, complaint, when, **values):
        """Let the agent write to the customer."""
        with freeze_time(when):
            values = {"body": "We look into it", "message_type": "comment", **values}
            complaint.with_user(self.agent).message_post(subtype_xmlid="mail.mt_comment", **values)
