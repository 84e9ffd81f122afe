from datetime import UTC, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import pareto

# What complaints are counted by: the column of the analysis, and the field of the line that says it.
KEYS = {
    "cause_group": ("cause_group_id", "cause_id"),
    "cause": ("cause_id", "cause_id"),
    "product": ("product_id", "product_id"),
    "department": ("department_id", "department_id"),
    "kind": ("kind_id", "kind_id"),
    "customer": ("partner_id", "partner_id"),
}


SPLITS = [
    ("cause", "Cause"),
    ("cause_group", "Group of Causes"),
    ("product", "Product"),
    ("department", "Department"),
    ("kind", "Kind"),
    ("customer", "Customer"),
]


class CustomerComplaintPareto(models.Model):
    """Which few causes make most complaints of a period, or most of the loss. (form 8.8)

    Computed as often as wanted: what people typed (the measure) stays. For those who see all complaints.
    """

    _name = "customer.complaint.pareto"
    _description = "Complaint Pareto"
    _inherit = ["mail.thread"]
    _order = "date_to desc, id desc"

    name = fields.Char(required=True, default=lambda self: self.env._("Complaint analysis"))
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1) - relativedelta(months=11),
    )
    date_to = fields.Date("To", required=True, default=fields.Date.context_today)
    by = fields.Selection(SPLITS, string="Counted By", required=True, default="cause")
    measure = fields.Selection(
        [("count", "Number of Complaints"), ("loss", "Loss")],
        string="Ranked By",
        required=True,
        default="count",
    )
    justified_only = fields.Boolean("Only Justified Ones")
    computed_on = fields.Datetime(readonly=True, copy=False)
    line_ids = fields.One2many("customer.complaint.pareto.line", "pareto_id", string="Lines")
    total = fields.Integer("Complaints", compute="_compute_totals")
    loss = fields.Monetary(compute="_compute_totals")

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A period cannot end before it begins."
    )

    @api.depends("line_ids.count", "line_ids.loss")
    def _compute_totals(self):
        for one in self:
            one.total = sum(one.line_ids.mapped("count"))
            one.loss = sum(one.line_ids.mapped("loss"))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a new one has its figures at once."""
        found = super().create(vals_list)
        found.action_compute()
        return found

    def write(self, vals):
        """Override of `base`: another period or split has other figures."""
        done = super().write(vals)
        if not {"company_id", "date_from", "date_to", "by", "measure", "justified_only"}.isdisjoint(vals):
            self.action_compute()
        return done

    def action_compute(self):
        """Count the complaints of today into the lines; what was typed on them stays."""
        self.check_access("write")
        for one in self.sudo():
            one._fill(self.env.execute_query(one._rows_sql()))
        self.sudo().computed_on = fields.Datetime.now()

    def _bounds(self):
        """Return the first moment of the period, the first after it, and the first of the period before; in UTC."""
        zone = self.env.tz
        days = (self.date_to - self.date_from).days + 1
        starts = (self.date_from, self.date_to + timedelta(days=1), self.date_from - timedelta(days=days))
        return tuple(
            zone.localize(datetime.combine(day, time.min)).astimezone(UTC).replace(tzinfo=None)
            for day in starts
        )

    def _source_sql(self):
        """Return the analysed rows of the company, whoever computes: only those who see all may."""
        self.env.flush_all()
        rows = self.env["customer.complaint.analysis"]._table_query
        only = SQL("v.is_justified IN ('yes', 'partly')") if self.justified_only else SQL("TRUE")
        return SQL("SELECT v.* FROM (%s) v WHERE v.company_id = %s AND %s", rows, self.company_id.id, only)

    def _rows_sql(self):
        """Return ``(key, count, count of the period before, loss, most frequent department)``."""
        begin, end, before = self._bounds()
        return SQL(
            """
            SELECT key, COUNT(DISTINCT complaint_id) FILTER (WHERE date >= %(begin)s),
                   COUNT(DISTINCT complaint_id) FILTER (WHERE date < %(begin)s),
                   SUM(loss) FILTER (WHERE date >= %(begin)s),
                   MODE() WITHIN GROUP (ORDER BY department_id) FILTER (WHERE date >= %(begin)s)
              FROM (SELECT v.*, v.%(column)s AS key FROM (%(rows)s) v
                     WHERE v.date >= %(before)s AND v.date < %(end)s) s
             GROUP BY key
            """,
            begin=begin,
            end=end,
            before=before,
            column=SQL.identifier(KEYS[self.by][0]),
            rows=self._source_sql(),
        )

    def _fill(self, rows):
        """Write the lines anew, highest first; the measure that somebody typed stays with its cause."""
        self.ensure_one()
        name = KEYS[self.by][1]
        measure = 3 if self.measure == "loss" else 1
        # What nobody has judged yet comes last: it is no cause to begin with.
        rows = sorted(
            (row for row in rows if row[1]),
            key=lambda row: (row[0] is None, -(row[measure] or 0), row[0] or 0),
        )
        # Shares are those of what has a cause; what is known to have cost less than nothing is no part of the loss.
        shares = pareto([max(float(row[measure] or 0), 0) for row in rows if row[0] is not None])
        shares += [(0.0, 0.0, False)] * (len(rows) - len(shares))
        typed = {(line.by, line[name].id): line.action for line in self.line_ids if line.action}
        lines = [
            {
                "sequence": place,
                "by": self.by,
                name: key,
                "count": count,
                "previous_count": previous,
                "has_loss": loss is not None,
                "loss": loss or 0,
                "share": share,
                "cumulative": cumulative,
                "is_unknown": key is None,
                "is_vital": vital,
                "department_id": key if self.by == "department" else department,
                "action": typed.get((self.by, key or False)),
            }
            for place, ((key, count, previous, loss, department), (share, cumulative, vital)) in enumerate(
                zip(rows, shares, strict=True), 1
            )
        ]
        self.line_ids.unlink()
        self.env["customer.complaint.pareto.line"].create([{"pareto_id": self.id, **line} for line in lines])

    def action_open_lines(self):
        """Show the lines as a table of their own."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.complaint_pareto_line_action")
        return {**action, "domain": [("pareto_id", "=", self.id)], "display_name": self.name}

    @api.model
    def _latest(self):
        """Return the action with the lines of the latest analysis that the user sees, for the form 8.8."""
        latest = self.search([("company_id", "in", self.env.companies.ids)], limit=1)
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.complaint_pareto_line_action")
        return {**action, "domain": [("pareto_id", "=", latest.id)]}
