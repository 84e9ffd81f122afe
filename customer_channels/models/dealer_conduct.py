from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.date_utils import date_range


class CustomerDealer(models.Model):
    """What a dealer does: its cases, flagged orders, stock reports and funds."""

    _inherit = "customer.dealer"

    has_own_funds = fields.Boolean(
        string="Own Funds Known", help="Whether the amount is known; 0 is known to be nothing."
    )
    own_funds = fields.Monetary(help="What the dealer itself can lay out for its stores.")
    flag_ids = fields.One2many("customer.dealer.flag", "dealer_id", string="Flagged Orders")
    stock_report_ids = fields.One2many("customer.dealer.stock.report", "dealer_id", string="Stock Reports")
    stock_reported = fields.Date(
        string="Stock Reported For",
        compute="_compute_stock_reported",
        store=True,
        help="The last month with a filed stock report.",
    )
    violation_ids = fields.One2many("customer.dealer.violation", "dealer_id", string="Violations")
    violation_count = fields.Integer(
        compute="_compute_violation_count", compute_sudo=True, help="Cases that are not closed."
    )

    @api.depends("stock_report_ids.state", "stock_report_ids.month")
    def _compute_stock_reported(self):
        for dealer in self:
            filed = dealer.stock_report_ids.filtered(lambda report: report.state == "filed")
            dealer.stock_reported = max(filed.mapped("month"), default=False)

    def _reports_missing(self, date_from, date_to):
        """Return how many stock reports of the months of a period each dealer did not file: ``{dealer id: number}``.

        Only months that were over before today count; all filed, no entry.
        """
        today = fields.Date.context_today(self)
        first, last = (
            fields.Date.start_of(fields.Date.to_date(date_from), "month"),
            min(fields.Date.to_date(date_to), today),
        )
        this_month = fields.Date.start_of(today, "month")
        months = [day for day in date_range(first, max(first, last)) if day < this_month]
        filed = self.env["customer.dealer.stock.report"]._read_group(
            [("dealer_id", "in", self.ids), ("state", "=", "filed"), ("month", "in", months)],
            ["dealer_id"],
            ["__count"],
        )
        filed = {dealer.id: count for dealer, count in filed}
        missing = {dealer: len(months) - filed.get(dealer, 0) for dealer in self.ids}
        return {dealer: number for dealer, number in missing.items() if number > 0}

    def _suggest_condition(self, review):
        """Ask who is responsible to set the dealer conditions with a deadline, once a day.

        :param review: the second low review in a row
        """
        self.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Two low reviews in a row: set conditions with a deadline"),
            note=review.display_name,
            user_id=(self.sudo().contract_id.user_id or self.sudo().user_id).id or self.env.uid,
        )

    def _stores_served(self, day):
        """Return how many stores each dealer serves on a day: ``{dealer id: number}``; none known, no entry."""
        stores = self.env.get("customer.dealer.store")
        return {} if stores is None else dict(stores._store_counts(self, day))

    @api.depends("violation_ids.state")
    def _compute_violation_count(self):
        groups = self.env["customer.dealer.violation"]._read_group(
            [("dealer_id", "in", self.ids), ("state", "!=", "closed")], ["dealer_id"], ["__count"]
        )
        counts = {dealer.id: count for dealer, count in groups}
        for dealer in self:
            dealer.violation_count = counts.get(dealer._origin.id, 0)

    def _violations_proven(self, date_from, date_to):
        """Override: decided cases of these dealers, or without any of all dealers of the current company."""
        self.env.flush_all()
        counts = dict(super()._violations_proven(date_from, date_to))
        groups = self.grouped("company_id") if self else {self.env.company: None}
        for company, dealers in groups.items():
            rows = self.env.execute_query(
                SQL(
                    "SELECT dealer_id, COUNT(*) FROM (%s) v WHERE date_occurred BETWEEN %s AND %s AND %s GROUP BY 1",
                    self.env["customer.dealer.violation"]._proven_sql(company),
                    date_from,
                    date_to,
                    SQL("TRUE") if dealers is None else SQL("dealer_id = ANY(%s)", dealers.ids),
                )
            )
            counts.update(rows)
        return counts
