from dateutil.relativedelta import relativedelta

from odoo import fields, models

from odoo.addons.customer_management.tools import month_name

from ..exceptions import DealerPageError

# For how many months back a dealer may still begin a report by itself.
MONTHS_BACK = 12


class CustomerDealerPageStock(models.AbstractModel):
    """The monthly stock reports of a dealer: begun, counted and filed on one page."""

    _name = "customer.dealer.page.stock"
    _inherit = "customer.dealer.page"
    _description = "Dealer Portal: Stock Reports"

    _page_code = "stock"
    _page_model = "customer.dealer.stock.report"
    _page_icon = "fa-cubes"
    _page_sequence = 55
    _page_columns = ("month", "bought_value", "sold_value", "stock_value", "state")
    _page_detail = ("month", "bought_value", "sold_value", "stock_value", "note", "state")
    _page_inputs = ("month", "note")
    _page_order = "month desc"

    def _title(self):
        """Override."""
        return self.env._("Stock Reports")

    def _hint(self):
        """Override."""
        return self.env._("What you have left at the end of each month.")

    def _shown(self, record, name):
        """Override: a month is a month, not its first day; nothing follows from a stock that is not counted."""
        if name == "month" and record.month:
            return month_name(self.env, record.month)
        if name in ("sold_value", "stock_value") and record.state == "draft":
            return ""
        return super()._shown(record, name)

    # A new report

    def _ask(self, dealer, names):
        """Override: a month is chosen among those that are not reported yet; the last one is proposed."""
        asks = super()._ask(dealer, names)
        for ask in asks:
            if ask["name"] == "month":
                months = self._months(dealer)
                last = self._this_month() - relativedelta(months=1)
                proposed = last if last in dict(months) else self._this_month()
                ask.update(kind="selection", choices=months, help=False, default=str(proposed))
        return asks

    def _months(self, dealer):
        """Return the months for which a dealer has no report, newest first: ``[(first day, words)]``."""
        this = self._this_month()
        months = [this - relativedelta(months=number) for number in range(MONTHS_BACK + 1)]
        there = self._records().search([("dealer_id", "=", dealer.id), ("month", "in", months)])
        return [
            (month, month_name(self.env, month)) for month in months if month not in there.mapped("month")
        ]

    def _this_month(self):
        return fields.Date.start_of(fields.Date.context_today(self), "month")

    def _make(self, dealer, values):
        """Override: a new report has a line for each product that the dealer may still have."""
        if values["month"] not in dict(self._months(dealer)):
            raise DealerPageError(self.env._("This month is reported already, or cannot be reported here."))
        report = super()._make(dealer, values)
        report.action_fill()
        if not report.line_ids:
            raise DealerPageError(
                self.env._("You bought no goods in the last twelve months: there is nothing to report.")
            )
        return report

    # Its products

    def _lines(self, record):
        """Override: the products."""
        return record.line_ids

    def _line_columns(self, record):
        """Override: what was sold on is known once the stock is."""
        columns = ("product_id", "uom_id", "opening", "bought", "closing")
        return columns if record.state == "draft" else (*columns, "sold")

    def _line_inputs(self, record):
        """Override: what is left is typed; what was there before only in the first report."""
        if record.state != "draft":
            return ()
        return ("closing",) if record._before() else ("opening", "closing")

    def _typed(self, line, name):
        """Override: of a stock that nobody counted nothing is proposed; before it, nothing was there."""
        return super()._typed(line, name) or ("0" if name == "opening" else None)

    def _steps(self, record):
        """Override: while it is a draft it is counted and filed."""
        if record.state != "draft":
            return []
        file, keep = self.env._("File this report"), self.env._("Save for Later")
        return [("file", file, []), ("count", keep, [])]

    def _step(self, record, code, values):
        """Override: the figures are kept; filing takes all of them."""
        for line, counted in values.get("lines", {}).items():
            line.write(counted)
        if code == "file":
            self._ensure_counted(record, values.get("lines", {}))
            record.action_file()

    def _ensure_counted(self, record, counted):
        """Refuse to file a product of which nobody said what is left: nothing typed is not zero.

        :raises DealerPageError: naming the first ones
        """
        silent = record.line_ids.filtered(lambda line: "closing" not in counted.get(line, {}))
        if silent:
            names = ", ".join(silent[:3].product_id.mapped("display_name"))
            raise DealerPageError(
                self.env._("Please type what is left of %s; 0 when nothing is left.", names)
            )
