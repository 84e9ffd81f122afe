from odoo import api, fields, models
from odoo.tools import SQL

from .complaint import OUTCOMES, STAGES
from .complaint_finding import SEVERITIES


class CustomerComplaintDaily(models.Model):
    """What was done about each open complaint on each day: received, closed, open, overdue. (form 8.13)

    Read from the logs and never stored: the stages say what was done and what was open at the end of a day, the
    promised times with their history say who had it and by when it was due as things stood on that day. A past day
    therefore reads tomorrow as it reads today. Days are those of the company's working hours.
    """

    _name = "customer.complaint.daily"
    _description = "Complaint Daily Report"
    _auto = False
    _order = "date desc, complaint_id desc"
    _rec_name = "complaint_id"

    date = fields.Date(readonly=True)
    complaint_id = fields.Many2one("customer.complaint", readonly=True)
    name = fields.Char("Number", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    summary = fields.Char(readonly=True)
    severity = fields.Selection(SEVERITIES, readonly=True)
    user_id = fields.Many2one("res.users", "Handled By", readonly=True)
    stage = fields.Selection(STAGES, "Stage in the Evening", readonly=True)
    outcome = fields.Selection(OUTCOMES, "Result", readonly=True)
    date_due = fields.Datetime("Due", readonly=True)
    is_waiting = fields.Boolean("Waiting for the Customer", readonly=True)
    received = fields.Integer("Newly Received", readonly=True)
    closed = fields.Integer(readonly=True)
    still_open = fields.Integer("Open", readonly=True)
    overdue = fields.Integer(readonly=True)
    is_solved = fields.Boolean("Has Its Solution", readonly=True)
    days_used = fields.Integer(readonly=True, aggregator="avg")
    days_left = fields.Integer(
        readonly=True, aggregator=None, help="Negative when it is late; empty once the solution is there."
    )
    done = fields.Char("Done Today", compute="_compute_words")
    why_open = fields.Char(compute="_compute_words")

    _depends = {
        "customer.complaint": ["name", "summary", "company_id", "commercial_partner_id", "date_received"],
        "customer.complaint.stage": ["complaint_id", "stage", "entered_on", "left_on", "outcome"],
        "customer.complaint.clock": ["document_id", "date_due", "history", "severity", "user_id", "period"],
        "customer.complaint.pause": ["document_id", "date_from", "date_to"],
        "res.company": ["resource_calendar_id", "partner_id"],
        "resource.calendar": ["tz"],
    }

    @api.depends("stage", "date", "complaint_id", "still_open", "is_waiting", "company_id")
    def _compute_words(self):
        """Say what was done on the day, and why it is still open."""
        labels = dict(self.env["customer.complaint"]._fields["stage"]._description_selection(self.env))
        entered = self._stages_entered()
        for row in self:
            row.done = ", ".join(labels[stage] for stage in entered.get((row.complaint_id.id, row.date), ()))
            row.why_open = (
                False
                if not row.still_open
                else self.env._("Waiting for the customer")
                if row.is_waiting
                else self.env._("At “%s”", labels[row.stage])
            )

    def _stages_entered(self):
        """Return the stages that these complaints came to, by complaint and day."""
        if not self:
            return {}
        self.env["customer.complaint.stage"].flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT s.complaint_id, %s AS day, array_agg(s.stage ORDER BY s.entered_on, s.id) "
                "FROM customer_complaint_stage s JOIN res_company co ON co.id = s.company_id %s "
                "WHERE s.complaint_id = ANY(%s) GROUP BY 1, 2",
                self._day(SQL("s.entered_on")),
                self._zone_join(),
                self.complaint_id.ids,
            )
        )
        return {(complaint, day): stages for complaint, day, stages in rows}

    @property
    def _table_query(self):
        """Return a row for each complaint and day on which it was open for some time."""
        # The database takes the many parts for much work and compiles the statement first, which takes ten times as
        # long as the statement: seconds instead of tenths of one with 20,000 complaints.
        self.env.cr.execute("SET LOCAL jit = off")
        return SQL(
            """
            SELECT c.id::bigint * 100000 + (d.day - DATE '2000-01-01') AS id,
                   d.day AS date, c.id AS complaint_id, c.name, c.company_id,
                   c.commercial_partner_id AS partner_id, c.summary,
                   CASE WHEN past.until IS NULL THEN k.severity ELSE past.severity END AS severity,
                   CASE WHEN past.until IS NULL THEN k.user_id ELSE past.user_id END AS user_id,
                   last.stage, last.outcome,
                   due.at AS date_due, paused.id IS NOT NULL AS is_waiting,
                   (%(received)s = d.day)::int AS received,
                   (last.stage = 'closed')::int AS closed,
                   (last.stage <> 'closed')::int AS still_open,
                   (last.stage <> 'closed' AND COALESCE(k.date_done >= ends.at, TRUE) AND COALESCE(
                       COALESCE(k.breached_on, CASE WHEN paused.id IS NULL THEN due.at END) < ends.at, FALSE
                   ))::int AS overdue,
                   COALESCE(k.date_done < ends.at, FALSE) AS is_solved,
                   d.day - %(received)s AS days_used,
                   CASE WHEN last.stage <> 'closed' AND COALESCE(k.date_done >= ends.at, TRUE)
                        THEN %(due)s - d.day END AS days_left
              FROM (%(lives)s) life
              JOIN customer_complaint c ON c.id = life.complaint_id
              JOIN res_company co ON co.id = c.company_id
                   %(zone)s
        CROSS JOIN LATERAL (%(days)s) d
        CROSS JOIN LATERAL (%(ends)s) ends
              JOIN LATERAL (%(last)s) last ON TRUE
         LEFT JOIN LATERAL (%(promise)s) k ON TRUE
         LEFT JOIN LATERAL (%(past)s) past ON TRUE
        CROSS JOIN LATERAL (
                   SELECT CASE WHEN past.until IS NULL THEN k.date_due ELSE past.due END AS at
                   ) due
         LEFT JOIN LATERAL (%(paused)s) paused ON TRUE
            """,
            lives=self._lives_sql(),
            days=self._days_sql(),
            zone=self._zone_join(),
            received=self._day(SQL("c.date_received")),
            due=self._day(SQL("due.at")),
            ends=self._ends_sql(),
            last=self._last_sql(),
            promise=self._promise_sql(),
            past=self._past_sql(),
            paused=self._paused_sql(),
        )

    def _zone_join(self):
        """Return the join that knows the time zone of a company."""
        return SQL(
            "LEFT JOIN resource_calendar rc ON rc.id = co.resource_calendar_id "
            "LEFT JOIN res_partner cp ON cp.id = co.partner_id"
        )

    def _day(self, moment):
        """Return the day of a moment in the company's time zone."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(rc.tz, cp.tz, 'UTC'))::date", moment)

    def _lives_sql(self):
        """Return from when to when complaints were open, in UTC; so a day is looked at for those of that day only."""
        return SQL(
            """
            SELECT complaint_id, MIN(entered_on) AS since,
                   MAX(CASE WHEN stage = 'closed' THEN entered_on ELSE COALESCE(left_on, 'infinity') END) AS until
              FROM customer_complaint_stage
             GROUP BY complaint_id
            """
        )

    def _days_sql(self):
        """Return the days of a complaint's life, and one more at each end: the company's days are not those of UTC."""
        return SQL(
            """
            SELECT g::date AS day
              FROM generate_series(life.since::date - 1, LEAST(life.until::date, %(today)s::date) + 1,
                                   INTERVAL '1 day') g
            """,
            today=fields.Date.today(),
        )

    def _ends_sql(self):
        """Return when a day begins and ends in the company's time zone, in UTC; today ends now."""
        return SQL(
            """
            SELECT d.day::timestamp AT TIME ZONE COALESCE(rc.tz, cp.tz, 'UTC') AT TIME ZONE 'UTC' AS begins,
                   LEAST((d.day + 1)::timestamp AT TIME ZONE COALESCE(rc.tz, cp.tz, 'UTC') AT TIME ZONE 'UTC',
                         %(now)s::timestamp) AS at
            """,
            now=fields.Datetime.now(),
        )

    def _last_sql(self):
        """Return the stage at the end of a day; none for complaints that were closed or not there all day."""
        return SQL(
            """
            SELECT s.stage, s.outcome
              FROM customer_complaint_stage s
             WHERE s.complaint_id = c.id AND s.entered_on < ends.at AND ends.begins < ends.at
               AND (s.stage <> 'closed' AND COALESCE(s.left_on, 'infinity') >= ends.begins
                    OR s.entered_on >= ends.begins)
             ORDER BY s.entered_on DESC, s.id DESC LIMIT 1
            """
        )

    def _promise_sql(self):
        """Return the promised solution of the period in which a day lies."""
        return SQL(
            """
            SELECT r.id, r.date_due, r.severity, r.user_id, r.history, r.breached_on, r.date_done
              FROM customer_complaint_clock r
             WHERE r.document_id = c.id AND r.target = 'resolution' AND r.date_from < ends.at
             ORDER BY r.period DESC LIMIT 1
            """
        )

    def _past_sql(self):
        """Return what was promised as things stood at the end of a day, when it was changed later."""
        return SQL(
            """
            SELECT (h ->> 'until')::timestamp AS until, NULLIF(h ->> 'severity', 'false') AS severity,
                   NULLIF(h ->> 'user', 'false')::int AS user_id, NULLIF(h ->> 'due', 'false')::timestamp AS due
              FROM jsonb_array_elements(COALESCE(k.history, '[]'::jsonb)) h
             WHERE (h ->> 'until')::timestamp >= ends.at
             ORDER BY 1 LIMIT 1
            """
        )

    def _paused_sql(self):
        return SQL(
            """
            SELECT p.id FROM customer_complaint_pause p
             WHERE p.document_id = c.id AND p.date_from < ends.at AND COALESCE(p.date_to, 'infinity') >= ends.at
             LIMIT 1
            """
        )

    def action_open_complaint(self):
        """Open the complaint."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.complaint",
            "res_id": self.complaint_id.id,
            "views": [(False, "form")],
        }
