from odoo import models


class CustomerDealerPageStock(models.AbstractModel):
    """The monthly stock reports of a dealer: begun here, filled in line by line, filed."""

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

    def _make(self, dealer, values):
        """Override: a new report has a line for each product that the dealer bought."""
        report = super()._make(dealer, values)
        report.action_fill()
        return report

    def _steps(self, record):
        """Override: while it is a draft it is filed."""
        label = self.env._("File this report")
        return [("file", label, [])] if record.state == "draft" else []

    def _step(self, record, code, values):
        """Override: by the step of the report."""
        record.action_file()


class CustomerDealerPageStockLine(models.AbstractModel):
    """The lines of the reports that are not filed yet, each with its closing stock to be typed."""

    _name = "customer.dealer.page.stock.line"
    _inherit = "customer.dealer.page"
    _description = "Dealer Portal: Stock to Count"

    _page_code = "stock-lines"
    _page_model = "customer.dealer.stock.line"
    _page_icon = "fa-pencil-square-o"
    _page_sequence = 56
    _page_columns = ("month", "product_id", "opening", "bought", "closing", "sold")
    _page_detail = _page_columns
    _page_order = "month desc, product_id, id"

    def _title(self):
        """Override."""
        return self.env._("Stock to Count")

    def _hint(self):
        """Override."""
        return self.env._("Products of the report that is not filed yet.")

    def _domain(self, dealer):
        """Override: of drafts."""
        return [("dealer_id", "=", dealer.id), ("report_id.state", "=", "draft")]

    def _steps(self, record):
        """Override: the count is typed."""
        return [("count", self.env._("Save the count"), ["closing"])]
