from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import StockReportError


class CustomerDealerStockReport(models.Model):
    """What a dealer has in stock at the end of a month, so that we know what it sold on and not only what it bought.

    Sold on = opening stock + what it bought from us in the month - closing stock.
    """

    _name = "customer.dealer.stock.report"
    _description = "Dealer Stock Report"
    _inherit = ["customer.steps.mixin", "mail.thread"]
    _order = "month desc, dealer_id"
    _check_company_auto = True
    _step_error = StockReportError
    _step_fields = ("state", "filed_on")

    dealer_id = fields.Many2one("customer.dealer", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    user_id = fields.Many2one(related="dealer_id.user_id", string="Salesperson")
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(
        required=True,
        index=True,
        default=lambda self: fields.Date.start_of(
            fields.Date.context_today(self) - relativedelta(months=1), "month"
        ),
        help="Any day of it.",
    )
    line_ids = fields.One2many("customer.dealer.stock.line", "report_id", string="Products", copy=True)
    state = fields.Selection(
        [("draft", "Draft"), ("filed", "Filed")], default="draft", required=True, readonly=True, copy=False
    )
    filed_on = fields.Date(readonly=True, copy=False)
    note = fields.Text()
    sold_value = fields.Monetary(string="Sold On", compute="_compute_values", compute_sudo=True)
    bought_value = fields.Monetary(string="Bought", compute="_compute_values", compute_sudo=True)
    stock_value = fields.Monetary(string="Closing Stock", compute="_compute_values", compute_sudo=True)
    stock_months = fields.Float(
        compute="_compute_values",
        compute_sudo=True,
        help="Closing stock in months of the average that was sold on in the last three reports, both at list prices.",
    )
    is_stuffed = fields.Boolean(
        string="Too Much Stock",
        compute="_compute_values",
        compute_sudo=True,
        help="More months than allowed.",
    )

    _once = models.UniqueIndex("(dealer_id, month)", "The dealer has a stock report for this month already.")

    @api.depends("dealer_id", "month")
    def _compute_display_name(self):
        for report in self:
            month = report.month and report.month.strftime("%Y-%m")
            words = [report.dealer_id.partner_id.name, month]
            report.display_name = " ".join(word for word in words if word)

    @api.depends("line_ids.opening", "line_ids.closing", "dealer_id", "month")
    def _compute_values(self):
        found = {}
        for company, reports in self._origin.grouped("company_id").items():
            found.update(reports._values_of(company))
        for report in self:
            sold, bought, stock, average = found.get(report._origin.id, (0.0, 0.0, 0.0, 0.0))
            report.sold_value, report.bought_value, report.stock_value = sold, bought, stock
            report.stock_months = stock / average if average > 0 else 0.0
            limit = report.company_id.sudo().customer_dealer_stock_months
            report.is_stuffed = bool(stock > 0 and (average <= 0 or report.stock_months > limit))

    def _values_of(self, company):
        """Return what each report says at list prices: ``{id: (sold on, bought, stock, average sold on)}``."""
        self.env.flush_all()
        if not self:
            return {}
        first, last = min(self.mapped("month")) - relativedelta(months=2), max(self.mapped("month"))
        monthly = self._monthly_sql(company, first, last, self.dealer_id)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT report_id, sold, bought, stock,
                       AVG(sold) OVER (PARTITION BY dealer_id ORDER BY month
                                       RANGE BETWEEN '2 months' PRECEDING AND CURRENT ROW)
                  FROM (%s) monthly
                """,
                monthly,
            )
        )
        return {row[0]: tuple(map(float, row[1:])) for row in rows}

    @api.model
    def _flows_sql(self, company, date_from, date_to, dealers=None):
        """Return each reported product: rows of (report_id, line_id, dealer_id, partner_id, month, state,
        opening, bought, closing, sold, price); quantities in the unit of the product, price at its list.

        :param date_from: any day of the first month
        :param date_to: any day of the last month
        """
        first, last = fields.Date.start_of(date_from, "month"), fields.Date.end_of(date_to, "month")
        return SQL(
            """
            SELECT r.id AS report_id, l.id AS line_id, r.dealer_id, r.partner_id, r.month, r.state,
                   COALESCE(l.opening, 0) AS opening, COALESCE(b.quantity, 0) AS bought,
                   COALESCE(l.closing, 0) AS closing,
                   COALESCE(l.opening, 0) + COALESCE(b.quantity, 0) - COALESCE(l.closing, 0) AS sold,
                   COALESCE(t.list_price, 0) AS price
              FROM customer_dealer_stock_report r
              JOIN customer_dealer_stock_line l ON l.report_id = r.id
              JOIN product_product p ON p.id = l.product_id
              JOIN product_template t ON t.id = p.product_tmpl_id
         LEFT JOIN (SELECT s.dealer_id, s.product_id, date_trunc('month', s.date)::date AS month,
                           SUM(s.quantity) AS quantity
                      FROM (%(sales)s) s GROUP BY 1, 2, 3) b
                ON b.dealer_id = r.dealer_id AND b.product_id = l.product_id AND b.month = r.month
             WHERE r.company_id = %(root)s AND r.month BETWEEN %(first)s AND %(last)s AND %(which)s
            """,
            sales=self.env["customer.dealer.sales"]._lines_sql(company, first, last, dealers),
            root=company.root_id.id,
            first=first,
            last=last,
            which=SQL("TRUE") if dealers is None else SQL("r.dealer_id = ANY(%s)", list(dealers.ids)),
        )

    @api.model
    def _monthly_sql(self, company, date_from, date_to, dealers=None):
        """Return each report at list prices: rows of (report_id, dealer_id, partner_id, month, state, sold, bought,
        stock)."""
        return SQL(
            """
            SELECT report_id, dealer_id, partner_id, month, state, SUM(sold * price) AS sold,
                   SUM(bought * price) AS bought, SUM(closing * price) AS stock
              FROM (%s) f GROUP BY 1, 2, 3, 4, 5
            """,
            self._flows_sql(company, date_from, date_to, dealers),
        )

    # Keeping

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a month is known by its first day."""
        return super().create([self._first_day(vals) for vals in vals_list])

    def write(self, vals):
        """Override of `base`: what is filed stays, and is taken back by a manager only."""
        self._ensure_draft([name for name in vals if not name.startswith(("message_", "activity_"))])
        return super().write(self._first_day(vals))

    @api.model
    def _first_day(self, vals):
        if not vals.get("month"):
            return vals
        return {**vals, "month": fields.Date.start_of(fields.Date.to_date(vals["month"]), "month")}

    def _ensure_draft(self, names=("line_ids",)):
        if names and not self.env.su and any(report.state == "filed" for report in self):
            raise StockReportError(
                self.env._("A stock report that is filed is not changed. A manager may take it back.")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filed(self):
        self._ensure_draft()

    def action_fill(self):
        """Put the products into the report that the dealer had last month or bought since.

        Where no report came before, it may have anything that it bought in twelve months.
        """
        self.check_access("write")
        self._ensure_draft()
        for report in self:
            last = report._before()
            before = last.line_ids.filtered(lambda line: line.closing > 0).product_id
            bought = report.env["customer.dealer.sales"]._amounts(
                report.company_id,
                report.month - relativedelta(months=0 if last else 11),
                fields.Date.end_of(report.month, "month"),
                report.dealer_id,
                groups=("product",),
            )
            wanted = before | self.env["product.product"].browse(product for product in bought if product)
            missing = wanted.filtered(lambda product: product.type != "service") - report.line_ids.product_id
            self.env["customer.dealer.stock.line"].create(
                [{"report_id": report.id, "product_id": product.id} for product in missing]
            )

    def _before(self):
        """Return the report of the month before, if there is one."""
        month = self.month - relativedelta(months=1)
        return self.search([("dealer_id", "=", self.dealer_id.id), ("month", "=", month)], limit=1)

    def action_file(self):
        """File the reports: from now on their figures count.

        :raises StockReportError: when one has no products
        """
        self.check_access("write")
        self._ensure_draft()
        for report in self:
            if not report.line_ids:
                raise StockReportError(self.env._("%s names no product.", report.display_name))
        self.sudo().write({"state": "filed", "filed_on": fields.Date.context_today(self)})

    def action_take_back(self):
        """Open filed reports again.

        :raises StockReportError: unless the user decides on dealers
        """
        if not self.env.user.has_group("customer_channels.group_channel_manager"):
            raise StockReportError(self.env._("A manager of channels takes a filed report back."))
        self.check_access("write")
        self.sudo().write({"state": "draft", "filed_on": False})
