from odoo import fields, models
from odoo.tools import SQL

from ..models.complaint import OUTCOMES, SOURCES, STAGES
from ..models.complaint_finding import SEVERITIES

JUSTIFIED = [("yes", "Justified"), ("partly", "Partly Justified"), ("no", "Not Justified")]
REMEDIES = ("indemnity", "allowance", "return", "replacement")


class CustomerComplaintAnalysis(models.Model):
    """Complaints with what they are counted by: one row for each product of a complaint. (forms 8.8 and 8.15)

    A complaint counts once: on the row of its first product (``complaints`` is 1 there and 0 on the others), with its
    days, its loss and its remedies; so sums and averages over any group are those of complaints. Duplicates are left
    out: they are the same complaint. Costs, remedies and deadlines come from the hooks of the complaint.
    """

    _name = "customer.complaint.analysis"
    _description = "Complaint Analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "complaint_id"

    complaint_id = fields.Many2one("customer.complaint", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Datetime("Received On", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    salesperson_id = fields.Many2one("res.users", readonly=True)
    user_id = fields.Many2one("res.users", string="Handled By", readonly=True)
    team_id = fields.Many2one("customer.service.team", readonly=True)
    kind_id = fields.Many2one("customer.complaint.kind", readonly=True)
    cause_id = fields.Many2one("customer.complaint.cause", readonly=True)
    cause_group_id = fields.Many2one("customer.complaint.cause", string="Group of Causes", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
    department_id = fields.Many2one("hr.department", string="Responsible Department", readonly=True)
    severity = fields.Selection(SEVERITIES, readonly=True)
    source = fields.Selection(SOURCES, readonly=True)
    stage = fields.Selection(STAGES, readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True)
    is_justified = fields.Selection(JUSTIFIED, readonly=True)
    complaints = fields.Integer(readonly=True)
    justified = fields.Integer(readonly=True, help="Justified, or in part.")
    closed = fields.Integer(readonly=True)
    closed_rate = fields.Float("Closed %", readonly=True, aggregator="avg")
    justified_rate = fields.Float("Justified %", readonly=True, aggregator="avg", help="Of those judged.")
    on_time_rate = fields.Float(
        "On Time %", readonly=True, aggregator="avg", help="Of those with a deadline."
    )
    days = fields.Float("Days to Close", readonly=True, aggregator="avg")
    quantity = fields.Float("Quantity Complained About", readonly=True, help="In the unit of the product.")
    loss = fields.Monetary(readonly=True, help="What the complaint cost so far, where it is known.")
    indemnity = fields.Monetary(readonly=True)
    allowance = fields.Monetary(readonly=True)
    returned = fields.Monetary("Taken Back", readonly=True)
    replacement = fields.Monetary("Sent Again", readonly=True)

    _depends = {
        "customer.complaint": [
            "company_id",
            "commercial_partner_id",
            "user_id",
            "team_id",
            "kind_id",
            "cause_id",
            "department_id",
            "severity",
            "source",
            "stage",
            "outcome",
            "is_justified",
            "date_received",
            "date_closed",
        ],
        "customer.complaint.line": ["complaint_id", "product_id", "quantity", "uom_id"],
        "res.partner": ["user_id"],
    }

    @property
    def _table_query(self):
        """Return a row for each product of a complaint, and one for a complaint without goods."""
        return SQL(
            """
            SELECT COALESCE(g.id * 2, c.id * 2 + 1) AS id, c.id AS complaint_id, c.company_id, co.currency_id,
                   c.date_received AS date, c.commercial_partner_id AS partner_id, p.user_id AS salesperson_id,
                   c.user_id, c.team_id, c.kind_id, c.cause_id,
                   NULLIF(split_part(cause.parent_path, '/', 1), '')::integer AS cause_group_id,
                   g.product_id, t.categ_id, c.department_id, c.severity, c.source, c.stage, c.outcome, c.is_justified,
                   first.one AS complaints, %(figures)s, g.quantity,
                   cost.amount * first.ever AS loss, %(remedies)s
              FROM customer_complaint c
              JOIN res_company co ON co.id = c.company_id
         LEFT JOIN res_partner p ON p.id = c.commercial_partner_id
         LEFT JOIN customer_complaint_cause cause ON cause.id = c.cause_id
         LEFT JOIN (%(goods)s) g ON g.complaint_id = c.id
         LEFT JOIN product_product pp ON pp.id = g.product_id
         LEFT JOIN product_template t ON t.id = pp.product_tmpl_id
        CROSS JOIN LATERAL (SELECT CASE WHEN g.place > 1 THEN 0 ELSE 1 END AS one,
                                   CASE WHEN g.place > 1 THEN NULL ELSE 1 END AS ever) first
         LEFT JOIN (%(on_time)s) clock ON clock.complaint_id = c.id
         LEFT JOIN (SELECT complaint_id, SUM(amount) AS amount FROM (%(cost)s) s GROUP BY 1) cost
                ON cost.complaint_id = c.id
         LEFT JOIN (%(given)s) given ON given.complaint_id = c.id
             WHERE c.outcome IS DISTINCT FROM 'duplicate'
            """,
            figures=self._figures_sql(),
            remedies=self._remedies_sql(),
            goods=self._goods_sql(),
            on_time=self.env["customer.complaint"]._on_time_sql(),
            cost=self.env["customer.complaint"]._cost_sql(),
            given=self._given_sql(),
        )

    def _figures_sql(self):
        """Return the counts and rates; NULL, which no average counts, where there is nothing to say."""
        return SQL(
            """
            CASE WHEN c.is_justified IN ('yes', 'partly') THEN first.one ELSE 0 END AS justified,
            CASE WHEN c.stage = 'closed' THEN first.one ELSE 0 END AS closed,
            CASE WHEN c.stage = 'closed' THEN 1.0 ELSE 0.0 END * first.ever AS closed_rate,
            CASE WHEN c.is_justified IN ('yes', 'partly') THEN 1.0
                 WHEN c.is_justified = 'no' THEN 0.0 END * first.ever AS justified_rate,
            CASE WHEN clock.on_time THEN 1.0 WHEN NOT clock.on_time THEN 0.0 END * first.ever AS on_time_rate,
            EXTRACT(EPOCH FROM c.date_closed - c.date_received) / 86400.0 * first.ever AS days
            """
        )

    def _goods_sql(self):
        """Return the products of complaints with their quantities; the one of most money is the first."""
        return SQL(
            """
            SELECT MIN(l.id) AS id, l.complaint_id, l.product_id,
                   SUM(l.quantity * u.factor / NULLIF(tu.factor, 0)) AS quantity,
                   ROW_NUMBER() OVER (PARTITION BY l.complaint_id
                                      ORDER BY SUM(COALESCE(l.amount, 0)) DESC, MIN(l.id)) AS place
              FROM customer_complaint_line l
              JOIN uom_uom u ON u.id = l.uom_id
              JOIN product_product pp ON pp.id = l.product_id
              JOIN product_template t ON t.id = pp.product_tmpl_id
              JOIN uom_uom tu ON tu.id = t.uom_id
             GROUP BY l.complaint_id, l.product_id
            """
        )

    def _given_sql(self):
        """Return what customers got, a column for each kind."""
        columns = SQL(", ").join(
            SQL("SUM(amount) FILTER (WHERE kind = %s) AS %s", kind, SQL.identifier(kind)) for kind in REMEDIES
        )
        return SQL(
            "SELECT complaint_id, %s FROM (%s) r GROUP BY complaint_id",
            columns,
            self.env["customer.complaint"]._remedy_sql(),
        )

    def _remedies_sql(self):
        names = ("indemnity", "allowance", "returned", "replacement")
        return SQL(", ").join(
            SQL("given.%s * first.ever AS %s", SQL.identifier(kind), SQL.identifier(name))
            for kind, name in zip(REMEDIES, names, strict=True)
        )

    def action_open_complaint(self):
        """Open the complaint of the row."""
        self.ensure_one()
        return self.complaint_id._get_records_action()
