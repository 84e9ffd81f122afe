from odoo import models


class CustomerDealerPageRebate(models.AbstractModel):
    """The rebate statements of a dealer, once they are calculated; it confirms what was checked."""

    _name = "customer.dealer.page.rebate"
    _inherit = "customer.dealer.page"
    _description = "Dealer Portal: Rebates"

    _page_code = "rebates"
    _page_model = "customer.dealer.rebate.statement"
    _page_icon = "fa-percent"
    _page_sequence = 20
    _page_columns = ("name", "date_from", "date_to", "base", "amount", "state")
    _page_detail = (
        "name",
        "date_from",
        "date_to",
        "base",
        "target",
        "earned",
        "lost",
        "corrected",
        "amount",
        "confirmed_on",
        "settled_on",
        "state",
    )
    _page_order = "date_to desc, id desc"

    def _title(self):
        """Override."""
        return self.env._("Rebates")

    def _hint(self):
        """Override."""
        return self.env._("What you earned in each period, and how it came about.")

    def _domain(self, dealer):
        """Override: what still changes every day is not shown."""
        return [
            ("dealer_id", "=", dealer.id),
            ("state", "not in", ("accruing", "calculated", "pending", "refused")),
        ]

    def _steps(self, record):
        """Override: a checked statement is confirmed."""
        label = self.env._("I agree with this statement")
        return [("confirm", label, [])] if record.state == "checked" else []

    def _step(self, record, code, values):
        """Override: by the step of the statement."""
        record._confirm_by_dealer()
