from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL


class CustomerDealerStockLine(models.Model):
    """A product in a stock report of a dealer."""

    _name = "customer.dealer.stock.line"
    _description = "Line of a Dealer Stock Report"
    _order = "report_id, product_id, id"
    _check_company_auto = True

    report_id = fields.Many2one("customer.dealer.stock.report", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="report_id.company_id", store=True, index=True)
    dealer_id = fields.Many2one(related="report_id.dealer_id", store=True, index=True)
    month = fields.Date(related="report_id.month", store=True)
    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="restrict")
    uom_id = fields.Many2one(related="product_id.uom_id")
    opening = fields.Float(
        string="Opening Stock",
        digits="Product Unit",
        help="Of a new line: the closing stock of the month before.",
    )
    bought = fields.Float(
        digits="Product Unit",
        compute="_compute_bought",
        compute_sudo=True,
        help="From us, as invoiced in the month.",
    )
    closing = fields.Float(string="Closing Stock", digits="Product Unit")
    sold = fields.Float(
        string="Sold On",
        digits="Product Unit",
        compute="_compute_bought",
        compute_sudo=True,
        help="Opening stock and what was bought, less the closing stock. Negative: the figures cannot be right, or "
        "goods came from elsewhere.",
    )

    _once = models.Constraint("UNIQUE(report_id, product_id)", "The product is in the report already.")
    _stock_positive = models.Constraint("CHECK(opening >= 0 AND closing >= 0)", "A stock cannot be negative.")

    @api.depends("opening", "closing", "product_id", "report_id.month", "report_id.dealer_id")
    def _compute_bought(self):
        found = {}
        self.env.flush_all()
        for company, lines in self._origin.grouped("company_id").items():
            if not lines:
                continue
            flows = self.env["customer.dealer.stock.report"]._flows_sql(
                company, min(lines.mapped("month")), max(lines.mapped("month")), lines.dealer_id
            )
            found.update(
                self.env.execute_query(
                    SQL("SELECT line_id, bought FROM (%s) f WHERE line_id = ANY(%s)", flows, lines.ids)
                )
            )
        for line in self:
            line.bought = float(found.get(line._origin.id, 0.0))
            line.sold = line.opening + line.bought - line.closing

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: an opening stock that nobody gives is the closing stock of the month before."""
        reports = self.env["customer.dealer.stock.report"].browse(
            {vals.get("report_id") for vals in vals_list}
        )
        reports._ensure_draft()
        closing = self._closing_before(reports.exists())
        values = [
            {"opening": closing.get((vals.get("report_id"), vals.get("product_id")), 0.0), **vals}
            for vals in vals_list
        ]
        lines = super().create(values)
        lines.report_id._ensure_draft()
        return lines

    def write(self, vals):
        """Override of `base`: the lines of a filed report stay as they are."""
        self.report_id._ensure_draft()
        done = super().write(vals)
        if "report_id" in vals:
            self.report_id._ensure_draft()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_filed(self):
        self.report_id._ensure_draft()

    @api.model
    def _closing_before(self, reports):
        """Return the stocks with which the month before closed: ``{(report id, product id): quantity}``."""
        wanted = {
            (one.dealer_id.id, one.month - relativedelta(months=1)): one.id for one in reports if one.month
        }
        lines = self.search_fetch(
            [
                ("dealer_id", "in", [dealer for dealer, _month in wanted]),
                ("month", "in", [month for _dealer, month in wanted]),
            ],
            ["dealer_id", "month", "product_id", "closing"],
        )
        return {
            (wanted[line.dealer_id.id, line.month], line.product_id.id): line.closing
            for line in lines
            if (line.dealer_id.id, line.month) in wanted
        }
