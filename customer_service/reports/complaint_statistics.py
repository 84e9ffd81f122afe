from datetime import UTC, datetime, time

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.customer_management.tools import month_name

# So many months are shown: three years and the one that runs.
HISTORY = 36
# What a month is split by, in this order; with the column of complaints and that of deliveries.
SPLITS = ("all", "kind", "product", "department", "cause", "customer")
KEYS = {
    "kind": "kind_id",
    "product": "product_id",
    "department": "department_id",
    "cause": "cause_group_id",
    "customer": "partner_id",
}
FIELDS = {
    "kind": "kind_id",
    "product": "product_id",
    "department": "department_id",
    "cause": "cause_id",
    "customer": "partner_id",
}


class CustomerComplaintStatistics(models.Model):
    """Complaints of each month by kind, product, department, cause or customer, beside what was delivered.

    (form 8.15) Counted are the complaints and the deliveries of the last three years that the reader may see: a
    salesperson reads the figures of the own and the team's customers. A complaint about two products counts once for
    each of them, and once in all else. A rate without anything to divide by is empty, not zero.
    """

    _name = "customer.complaint.statistics"
    _description = "Complaint Statistics"
    _auto = False
    _order = "month desc, by, complaints desc, id"
    _rec_name = "month"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    month = fields.Date(readonly=True)
    period = fields.Char(compute="_compute_period")
    by = fields.Selection(
        [
            ("all", "All"),
            ("kind", "Kind"),
            ("product", "Product"),
            ("department", "Department"),
            ("cause", "Cause"),
            ("customer", "Customer"),
        ],
        string="Counted By",
        readonly=True,
    )
    name = fields.Char("What", compute="_compute_name")
    kind_id = fields.Many2one("customer.complaint.kind", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    cause_id = fields.Many2one("customer.complaint.cause", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    complaints = fields.Integer(readonly=True)
    justified = fields.Integer(readonly=True)
    closed_rate = fields.Float("Closed %", readonly=True, aggregator=None)
    has_on_time = fields.Boolean(readonly=True)
    on_time_rate = fields.Float("On Time %", readonly=True, aggregator=None)
    has_days = fields.Boolean(readonly=True)
    days = fields.Float("Average Days", readonly=True, aggregator=None)
    has_loss = fields.Boolean(readonly=True)
    loss = fields.Monetary(readonly=True)
    indemnity = fields.Monetary(readonly=True)
    allowance = fields.Monetary(readonly=True)
    returned = fields.Monetary("Taken Back", readonly=True)
    replacement = fields.Monetary("Sent Again", readonly=True)
    deliveries = fields.Integer(readonly=True, aggregator=None)
    has_deliveries = fields.Boolean(readonly=True)
    per_thousand = fields.Float("Per 1,000 Deliveries", readonly=True, aggregator=None)
    delivered = fields.Monetary("Amount Delivered", readonly=True, aggregator=None)
    has_delivered = fields.Boolean(readonly=True)
    rate = fields.Float(
        "Per 100,000 Delivered",
        readonly=True,
        aggregator=None,
        help="Complaints for 100,000 of what was delivered.",
    )
    has_ppm = fields.Boolean(readonly=True)
    ppm = fields.Float(
        "PPM",
        readonly=True,
        aggregator=None,
        help="Pieces complained about in a million delivered ones.",
    )
    previous = fields.Integer("Last Year", readonly=True, help="The same month a year before.")
    has_previous = fields.Boolean(readonly=True)
    change = fields.Float("Against Last Year", readonly=True, aggregator=None)

    _depends = {
        "customer.complaint": ["stage", "outcome", "is_justified", "date_received", "date_closed", "kind_id"],
        "customer.complaint.line": ["product_id", "quantity"],
        "stock.move": ["state", "date", "quantity"],
    }

    @api.depends("month")
    @api.depends_context("lang")
    def _compute_period(self):
        for row in self:
            row.period = month_name(self.env, row.month) if row.month else False

    @property
    def _table_query(self):
        """Return a row for each month, split and value; what it counts is filtered by the rights of the reader."""
        return SQL(
            """
            WITH cases AS MATERIALIZED (%(cases)s), sent AS MATERIALIZED (%(sent)s)
            SELECT ((c.company_id::bigint * 4096 + EXTRACT(YEAR FROM c.month)::int * 12 - 22800
                      + EXTRACT(MONTH FROM c.month)::int) * 8 + c.place) * 100000000 + c.key AS id,
                   c.company_id, co.currency_id, c.month, (%(splits)s::varchar[])[c.place] AS by, %(columns)s,
                   c.complaints, c.justified, c.closed_rate, c.on_time_rate IS NOT NULL AS has_on_time,
                   c.on_time_rate, c.days IS NOT NULL AS has_days, c.days, c.loss IS NOT NULL AS has_loss, c.loss,
                   c.indemnity, c.allowance, c.returned, c.replacement,
                   s.deliveries, COALESCE(s.deliveries, 0) > 0 AS has_deliveries,
                   1000.0 * c.complaints / NULLIF(s.deliveries, 0) AS per_thousand,
                   s.amount AS delivered, COALESCE(s.amount, 0) > 0 AS has_delivered,
                   100000.0 * c.complaints / NULLIF(s.amount, 0) AS rate,
                   COALESCE(s.quantity, 0) > 0 AND c.quantity IS NOT NULL AS has_ppm,
                   1000000.0 * c.quantity / NULLIF(s.quantity, 0) AS ppm,
                   y.complaints AS previous, y.complaints IS NOT NULL AS has_previous,
                   c.complaints::numeric / y.complaints - 1 AS change
              FROM cases c
              JOIN res_company co ON co.id = c.company_id
         LEFT JOIN sent s ON s.company_id = c.company_id AND s.month = c.month
                         AND s.place = CASE WHEN c.place IN (3, 6) THEN c.place ELSE 1 END
                         AND s.key = CASE WHEN c.place IN (3, 6) THEN c.key ELSE 0 END
         LEFT JOIN cases y ON y.company_id = c.company_id AND y.place = c.place AND y.key = c.key
                          AND y.month = (c.month - interval '1 year')::date
            """,
            cases=self._cases_sql(),
            sent=self._sent_sql(),
            splits=list(SPLITS),
            columns=SQL(", ").join(
                SQL(
                    "CASE WHEN c.place = %s THEN NULLIF(c.key, 0) END AS %s",
                    SPLITS.index(split) + 1,
                    SQL.identifier(name),
                )
                for split, name in FIELDS.items()
            ),
        )

    def _visible_sql(self, model):
        """Return the rows of the last years of a report that the reader may see, as a statement."""
        first = fields.Date.context_today(self).replace(day=1) - relativedelta(months=HISTORY)
        domain = [("company_id", "in", self.env.companies.ids), ("date", ">=", self._begin(first))]
        query = self.env[model]._search(domain)
        return query.select(SQL("%s.*", SQL.identifier(query.table)))

    def _month_sql(self):
        """Return the month of ``date`` on the reader's calendar."""
        return SQL("date_trunc('month', v.date AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", str(self.env.tz))

    def _cases_sql(self):
        keys = SQL(", ").join(
            SQL("(%s, %s)", SPLITS.index(split) + 1, SQL("v.%s", SQL.identifier(name)))
            for split, name in KEYS.items()
        )
        return SQL(
            """
            SELECT v.company_id, %(month)s AS month, d.place, COALESCE(d.key, 0) AS key,
                   COUNT(DISTINCT v.complaint_id) AS complaints,
                   COUNT(DISTINCT v.complaint_id) FILTER (WHERE v.is_justified IN ('yes', 'partly')) AS justified,
                   AVG(CASE WHEN v.stage = 'closed' THEN 1.0 ELSE 0.0 END)
                     FILTER (WHERE v.complaints = 1 OR d.place = 3) AS closed_rate,
                   AVG(v.on_time_rate) AS on_time_rate, AVG(v.days) AS days,
                   SUM(v.loss) AS loss, SUM(v.indemnity) AS indemnity, SUM(v.allowance) AS allowance,
                   SUM(v.returned) AS returned, SUM(v.replacement) AS replacement, SUM(v.quantity) AS quantity
              FROM (%(rows)s) v CROSS JOIN LATERAL (VALUES (1, 0), %(keys)s) d(place, key)
             GROUP BY 1, 2, 3, 4
            """,
            month=self._month_sql(),
            rows=self._visible_sql("customer.complaint.analysis"),
            keys=keys,
        )

    def _sent_sql(self):
        return SQL(
            """
            SELECT v.company_id, %(month)s AS month, d.place, d.key, COUNT(DISTINCT v.picking_id) AS deliveries,
                   SUM(v.amount) AS amount, SUM(v.quantity) AS quantity
              FROM (%(rows)s) v
        CROSS JOIN LATERAL (VALUES (1, 0), (3, v.product_id), (6, v.partner_id)) d(place, key)
             GROUP BY 1, 2, 3, 4
            """,
            month=self._month_sql(),
            rows=self._visible_sql("customer.complaint.delivery"),
        )

    @api.depends("by", "kind_id", "product_id", "department_id", "cause_id", "partner_id")
    def _compute_name(self):
        for row in self:
            field = FIELDS.get(row.by)
            value = row[field].sudo().display_name if field else self.env._("All")
            row.name = value or self.env._("Not said")

    def _begin(self, day):
        """Return when a day begins on the reader's calendar, as the database has it: in UTC."""
        begin = self.env.tz.localize(datetime.combine(day, time.min))
        return begin.astimezone(UTC).replace(tzinfo=None)

    def action_open_complaints(self):
        """Show the complaints of the row."""
        self.ensure_one()
        begin, end = (self._begin(self.month + relativedelta(months=months)) for months in (0, 1))
        domain = [
            ("company_id", "=", self.company_id.id),
            ("outcome", "!=", "duplicate"),
            ("date_received", ">=", begin),
            ("date_received", "<", end),
        ]
        if self.by == "product":
            domain += [("line_ids.product_id", "=", self.product_id.id)]
        elif self.by == "cause":
            domain += [("cause_id", "child_of" if self.cause_id else "=", self.cause_id.id)]
        elif self.by == "customer":
            domain += [("commercial_partner_id", "=", self.partner_id.id)]
        elif self.by != "all":
            domain += [(FIELDS[self.by], "=", self[FIELDS[self.by]].id)]
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.complaint_action")
        return {**action, "domain": domain, "context": {}}
