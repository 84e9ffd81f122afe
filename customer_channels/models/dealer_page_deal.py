from datetime import timedelta

from odoo import fields, models


class CustomerDealerPageDeal(models.AbstractModel):
    """The deals that a dealer registered, and the form for a new one."""

    _name = "customer.dealer.page.deal"
    _inherit = "customer.dealer.page"
    _description = "Dealer Portal: Deals"

    _page_code = "deals"
    _page_model = "customer.dealer.deal"
    _page_icon = "fa-bullseye"
    _page_sequence = 40
    _page_columns = ("name", "end_customer", "project", "amount", "protected_until", "state")
    _page_detail = (
        "end_customer",
        "contact_name",
        "email",
        "phone",
        "vat",
        "project",
        "goods",
        "amount",
        "date_expected",
        "note",
        "protected_until",
        "dealer_report",
        "state",
    )
    _page_inputs = (
        "end_customer",
        "contact_name",
        "email",
        "phone",
        "vat",
        "project",
        "goods",
        "amount",
        "date_expected",
        "note",
    )

    def _title(self):
        """Override."""
        return self.env._("Deals")

    def _hint(self):
        """Override."""
        return self.env._("Tell us whom you are working on, and nobody else gets it once we have agreed.")

    def _make(self, dealer, values):
        """Override: who is in charge of the dealer is asked to look; nothing is protected before that."""
        deal = self._records().create({**values, "dealer_id": dealer.id, "source": "portal"})
        days = deal.company_id.customer_deal_answer_days
        deal._ask_about(self.env._("New deal from the portal"), days)
        return deal

    def _steps(self, record):
        """Override: while it is protected, the dealer says how it goes."""
        open_ones = ("draft", "pending", "protected")
        label = self.env._("Tell us how it goes")
        return [("report", label, ["dealer_report"])] if record.state in open_ones else []

    def _step(self, record, code, values):
        """Override: the news goes to who is in charge."""
        record.write(values)
        record._ask_about(self.env._("News of a deal from its dealer"), 0)


class CustomerDealerDeal(models.Model):
    _inherit = "customer.dealer.deal"

    def _ask_about(self, summary, days):
        """Ask who is in charge of each dealer to look at the deal within some days."""
        for deal in self.filtered("user_id"):
            deal.activity_schedule(
                "mail.mail_activity_data_todo",
                fields.Date.context_today(deal) + timedelta(days=days),
                summary=summary,
                user_id=deal.user_id.id,
            )
