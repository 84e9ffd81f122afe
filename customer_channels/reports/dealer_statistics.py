from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

MONTHS = tuple(f"month_{number:02}" for number in range(1, 13))


class CustomerDealerStatistics(models.Model):
    """The sales of each dealer by month of a year, beside last year, its share, target and rebates. (form 5.24)

    The year is today's; ``dealer_year`` in the context moves it, -1 is the year before. One statement, over the
    invoices of two years; the sales are those of ``customer.dealer.sales``.
    """

    _name = "customer.dealer.statistics"
    _description = "Dealer Sales Statistics"
    _auto = False
    _order = "rank, id"
    _rec_name = "dealer_id"

    dealer_id = fields.Many2one("customer.dealer", readonly=True)
    code = fields.Char(string="Dealer Number", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    type_id = fields.Many2one("customer.dealer.type", string="Dealer Type", readonly=True)
    area_id = fields.Many2one("customer.area", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    last_year = fields.Monetary(readonly=True)
    last_year_same = fields.Monetary(
        string="Last Year to Date", readonly=True, help="Last year until the same day."
    )
    this_year = fields.Monetary(string="Year to Date", readonly=True)
    share = fields.Float(
        readonly=True, aggregator="sum", help="Of the sales of all dealers of the company this year."
    )
    rank = fields.Integer(readonly=True, aggregator=None, help="By the sales of this year; ties share one.")
    month_01 = fields.Monetary(string="January", readonly=True)
    month_02 = fields.Monetary(string="February", readonly=True)
    month_03 = fields.Monetary(string="March", readonly=True)
    month_04 = fields.Monetary(string="April", readonly=True)
    month_05 = fields.Monetary(string="May", readonly=True)
    month_06 = fields.Monetary(string="June", readonly=True)
    month_07 = fields.Monetary(string="July", readonly=True)
    month_08 = fields.Monetary(string="August", readonly=True)
    month_09 = fields.Monetary(string="September", readonly=True)
    month_10 = fields.Monetary(string="October", readonly=True)
    month_11 = fields.Monetary(string="November", readonly=True)
    month_12 = fields.Monetary(string="December", readonly=True)
    has_target = fields.Boolean(compute="_compute_agreed")
    target = fields.Monetary(compute="_compute_agreed", help="Of the whole year.")
    attainment = fields.Float(compute="_compute_agreed", help="Of the targets of the year.")
    rebate = fields.Monetary(
        string="Open Rebates", compute="_compute_agreed", help="Earned or accrued, not settled."
    )

    _depends = {
        "customer.dealer": ["partner_id", "code", "type_id", "area_id", "state"],
        "account.move": ["state", "date"],
        "account.move.line": ["balance"],
    }

    def _year(self):
        """Return the first and the last day of the year that is shown, and the last day that counts."""
        today = fields.Date.context_today(self)
        back = self.env.context.get("dealer_year") or 0
        start = today.replace(month=1, day=1) + relativedelta(years=back if isinstance(back, int) else 0)
        end = start.replace(month=12, day=31)
        return start, end, min(end, today + relativedelta(years=start.year - today.year) if back else today)

    @property
    def _table_query(self):
        """Return a line for each dealer: closed ones if they bought something in the two years."""
        start, end, today = self._year()
        sales = self.env["customer.dealer.sales"]
        companies = self.env.companies.root_id
        before = start - relativedelta(years=1)
        lines = SQL(" UNION ALL ").join(
            SQL("SELECT dealer_id, date, amount FROM (%s) s", sales._lines_sql(company, before, end))
            for company in companies
        )
        months = SQL(", ").join(
            SQL(
                "COALESCE(SUM(s.amount) FILTER (WHERE s.date >= %s AND EXTRACT(MONTH FROM s.date) = %s), 0) AS %s",
                start,
                number,
                SQL.identifier(name),
            )
            for number, name in enumerate(MONTHS, 1)
        )
        return SQL(
            """
            SELECT f.*, RANK() OVER (PARTITION BY f.company_id ORDER BY f.this_year DESC) AS rank,
                   f.this_year / NULLIF(SUM(f.this_year) OVER (PARTITION BY f.company_id), 0) AS share
              FROM (
                SELECT d.id, d.id AS dealer_id, d.code, d.partner_id, d.type_id, d.area_id, d.company_id,
                       co.currency_id, %(months)s,
                       COALESCE(SUM(s.amount) FILTER (WHERE s.date < %(start)s), 0) AS last_year,
                       COALESCE(SUM(s.amount) FILTER (WHERE s.date <= %(same)s), 0) AS last_year_same,
                       COALESCE(SUM(s.amount) FILTER (WHERE s.date >= %(start)s), 0) AS this_year
                  FROM customer_dealer d
                  JOIN res_company co ON co.id = d.company_id
             LEFT JOIN (%(lines)s) s ON s.dealer_id = d.id
                 WHERE d.company_id = ANY(%(companies)s)
                 GROUP BY d.id, co.id
                HAVING d.state <> 'closed' OR COUNT(s.dealer_id) > 0
              ) f
            """,
            months=months,
            start=start,
            same=today - relativedelta(years=1),
            lines=lines,
            companies=companies.ids,
        )

    @api.depends("dealer_id")
    @api.depends_context("dealer_year")
    def _compute_agreed(self):
        start, end, _today = self._year()
        dealers = self.dealer_id.sudo()
        reached, rebates = dealers._attainments(start, end), dealers._rebates_open()
        targets = dealers._target_amounts(start, end)
        for row in self:
            row.has_target = row.dealer_id.id in reached
            row.attainment = reached.get(row.dealer_id.id, 0)
            row.target = targets.get(row.dealer_id.id, 0)
            row.rebate = rebates.get(row.dealer_id.id, 0)

    def action_open_sales(self):
        """Show what the dealer ordered."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_channels.dealer_transaction_action")
        return {**action, "domain": [("dealer_id", "=", self.dealer_id.id)], "context": {}}
