from odoo import api, fields, models

from .complaint_finding import SEVERITIES

TARGETS = [("response", "First Answer"), ("update", "Next Word"), ("resolution", "Solution")]
VERDICTS = [("running", "Running"), ("met", "Met"), ("missed", "Missed"), ("void", "Not Needed")]
# From this part of the time on, a clock is amber (8.3).
WARN = 80


class CustomerServiceClockRow(models.AbstractModel):
    """One promise of one case: by when, whether it was kept, and how much working time it took.

    Written by the clock of its document. While it runs, its moments follow the level, the calendar and the pauses;
    what is done stays as it was judged, and a breach once recorded stays recorded.

    A model of its own adds ``document_id`` and ``company_id`` (related, stored).
    """

    _name = "customer.service.clock.row"
    _description = "Promised Time"
    _order = "document_id, period, id"
    _rec_name = "target"

    period = fields.Integer(
        required=True, readonly=True, default=1, help="1, and one more for each time it was reopened."
    )
    target = fields.Selection(TARGETS, string="Promise", required=True, readonly=True, index=True)
    date_from = fields.Datetime("Counted From", required=True, readonly=True)
    date_due = fields.Datetime("Due", compute="_compute_due", store=True, index="btree_not_null")
    date_warn = fields.Datetime("Amber From", compute="_compute_due", store=True)
    date_check = fields.Datetime(
        "Looked At Next", compute="_compute_due", store=True, index="btree_not_null", help="By the reminders."
    )
    seconds_allowed = fields.Integer(compute="_compute_due", store=True)
    severity = fields.Selection(SEVERITIES, compute="_compute_due", store=True)
    user_id = fields.Many2one(
        "res.users", "Handled By", compute="_compute_due", store=True, ondelete="set null"
    )
    history = fields.Json(
        compute="_compute_due",
        store=True,
        help="What it was before, each with the moment until which it was.",
    )
    percent_done = fields.Integer(readonly=True, help="Up to which part of the time reminders were sent.")
    date_done = fields.Datetime("Done", readonly=True)
    breached_on = fields.Datetime("Broken On", readonly=True)
    verdict = fields.Selection(VERDICTS, required=True, readonly=True, default="running", index=True)
    seconds_used = fields.Integer(readonly=True)
    seconds_paused = fields.Integer(readonly=True)
    hours_used = fields.Float(compute="_compute_judged", store=True, aggregator="avg")
    judged_on = fields.Datetime(
        compute="_compute_judged",
        store=True,
        index="btree_not_null",
        help="When it was kept, or when it was broken.",
    )
    kept_rate = fields.Float(
        "Kept (%)", compute="_compute_judged", store=True, aggregator="avg", help="Of those kept or broken."
    )

    @api.model
    def _due_depends(self):
        """Return what moves the deadlines of a document: the paths that its model has."""
        if "document_id" not in self._fields:
            return ()
        document = self.env[self._fields["document_id"].comodel_name]._fields
        paths = [
            *(f"service_level_id.{name}" for name in self._level_fields()),
            "pause_ids.date_from",
            "pause_ids.date_to",
            "company_id.resource_calendar_id",
            *("team_id.resource_calendar_id" for _field in ("team_id",) if "team_id" in document),
            *(name for name in ("severity", "user_id", "kind_id") if name in document),
        ]
        return ("date_from", "percent_done", *(f"document_id.{path}" for path in paths))

    @api.model
    def _level_fields(self):
        units = [f"{name}_unit" for name in ("response", "update", "resolution")]
        return ["is_by_clock", "response", "update_every", "resolution", *units]

    @api.depends(lambda self: self._due_depends())
    def _compute_due(self):
        """Work out the deadlines of what still runs; one question to each calendar for all of them."""
        running = self.filtered(lambda row: not row.date_done)
        now, moments = fields.Datetime.now(), self.env["customer.service.escalation"]
        times = running._working_times(now)
        percents = {company: moments._percents(company) for company in running.company_id}
        for row in running:
            document = row.document_id
            values = row._due_values(*times[row], percents[document.company_id])
            values["severity"] = document.severity if "severity" in document._fields else False
            values["user_id"] = document.user_id.id if "user_id" in document._fields else False
            values["history"] = row._history_with(values, now)
            for name, value in values.items():
                row[name] = value

    def _due_values(self, time, seconds, percents):
        """Return the deadlines of a running row."""
        pauses = self.document_id._clock_pauses()
        # As long as it waits, nobody knows when it goes on: its deadline stays as it was until then.
        closed = [pause for pause in pauses if pause[1]]
        moments = {
            percent: seconds and time.due(self.date_from, round(seconds * percent / 100), closed)
            for percent in {WARN, 100, *percents}
        }
        ahead = [moments[p] for p in moments if p > self.percent_done and moments[p]]
        return {
            "seconds_allowed": seconds or 0,
            "date_due": moments[100] or False,
            "date_warn": moments[WARN] or False,
            "date_check": min(ahead) if ahead and len(closed) == len(pauses) else False,
        }

    def _history_with(self, values, now):
        """Return the history of a row, with what it was until now when that changes."""
        before = {
            "due": self.date_due and fields.Datetime.to_string(self.date_due),
            "severity": self.severity,
            "user": self.user_id.id,
        }
        after = {
            "due": values["date_due"] and fields.Datetime.to_string(values["date_due"]),
            "severity": values["severity"],
            "user": values["user_id"],
        }
        known = self.history or []
        if before == after or not (before["due"] or before["severity"]):
            return known
        return [*known, {"until": fields.Datetime.to_string(now), **before}]

    def _working_times(self, now):
        """Return of each row its working time and how long its promise is: {row: (WorkingTime, seconds)}."""
        always, found, result = self.env["resource.calendar"]._customer_working_time(None), {}, {}
        for row in self:
            document = row.document_id
            level, calendar = document.service_level_id.sudo(), document._clock_calendar().sudo()
            key = (calendar, document.company_id)
            if key not in found:
                found[key] = calendar._customer_working_time(document.company_id)
            hours = calendar.hours_per_day or 8 if calendar else 24
            time = always if level.is_by_clock else found[key]
            result[row] = (time, document._clock_seconds(row.target, level, hours))
        for time in found.values():
            starts = [row.date_from for row in self if result[row][0] is time]
            if starts:
                time.cover(min(starts), max(now, *starts) + time.step)
        return result

    @api.depends("seconds_used", "verdict", "date_done", "breached_on")
    def _compute_judged(self):
        for row in self:
            row.hours_used = row.seconds_used / 3600
            row.judged_on = {"met": row.date_done, "missed": row.breached_on}.get(row.verdict, False)
            row.kept_rate = 100 if row.verdict == "met" else 0

    def _finish(self, moment, void=False):
        """Judge rows that are done at a moment.

        :param bool void: it was not needed after all; what was broken before that stays broken
        """
        # What is still to be computed is computed by what held until now: nothing moves what is done.
        self.mapped("date_due")
        times = self._working_times(moment)
        for row in self:
            time, seconds = times[row]
            pauses = row.document_id._clock_pauses()
            due = time.due(row.date_from, seconds, pauses) if seconds else None
            paused = time.paused(row.date_from, moment, pauses)
            missed = row.verdict == "missed" or bool(due and due < moment)
            verdict = "missed" if missed else "void" if void or not seconds else "met"
            row.write(
                {
                    "date_done": moment,
                    "seconds_paused": paused,
                    "seconds_used": time.between(row.date_from, moment) - paused,
                    "verdict": verdict,
                    "breached_on": (row.breached_on or row._breach_moment(due)) if missed else False,
                }
            )

    def _breach_moment(self, due):
        """Return when a promise was broken: when it was due, or when it became due earlier than that very moment."""
        changed = [fields.Datetime.to_datetime(entry["until"]) for entry in self.history or []]
        return max([due, *changed])

    def _breach(self, now):
        """Record the promises that were broken by now, whether or not anybody moves their cases."""
        for row in self:
            if row.verdict == "running" and row.date_due and row.date_due < now:
                row.write({"verdict": "missed", "breached_on": row._breach_moment(row.date_due)})
