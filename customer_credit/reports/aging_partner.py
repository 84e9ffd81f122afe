from odoo import fields, models
from odoo.tools import SQL


class CustomerAgingPartner(models.Model):
    """What one customer owes in an aging report, company by company."""

    _name = "customer.aging.partner"
    _description = "Receivables of a Customer"
    _auto = False
    _order = "total desc, id"
    _rec_name = "partner_id"

    report_id = fields.Many2one("customer.aging.report", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    grade_id = fields.Many2one("customer.grade", readonly=True)
    grade_color = fields.Integer(related="grade_id.color")
    item_count = fields.Integer(string="Open Items", readonly=True)
    current = fields.Monetary(string="Not Due", readonly=True)
    overdue = fields.Monetary(string="Past Due", readonly=True, help="All that is in a bucket by age.")
    credit = fields.Monetary(string="Unapplied Credits", readonly=True)
    total = fields.Monetary(readonly=True)
    days = fields.Integer(string="Oldest (Days)", readonly=True, aggregator="max")

    _depends = {
        "customer.aging.item": ["report_id"],
        "customer.aging.report": ["item_from", "item_to"],
        "res.partner": ["user_id", "customer_grade_id"],
        "res.company": ["currency_id"],
    }

    @property
    def _table_query(self):
        """Return the items of each report added up by customer."""
        return SQL(
            """
            SELECT MIN(i.id) AS id, i.report_id, i.company_id, co.currency_id, i.partner_id, p.user_id,
                   (p.customer_grade_id ->> i.company_id::text)::int AS grade_id,
                   COUNT(*) AS item_count, SUM(i.amount_residual) AS total,
                   COALESCE(SUM(i.amount_residual) FILTER (WHERE i.bucket = 0), 0) AS current,
                   COALESCE(SUM(i.amount_residual) FILTER (WHERE i.bucket > 0), 0) AS overdue,
                   COALESCE(SUM(i.amount_residual) FILTER (WHERE i.bucket < 0), 0) AS credit,
                   MAX(i.days) FILTER (WHERE i.bucket > 0) AS days
              FROM customer_aging_report r
              JOIN customer_aging_item i ON %s
              JOIN res_company co ON co.id = i.company_id
         LEFT JOIN res_partner p ON p.id = i.partner_id
             GROUP BY i.report_id, i.company_id, co.currency_id, i.partner_id, p.id
            """,
            self.env["customer.aging.item"]._of_report_sql(),
        )

    def action_open_items(self):
        """Show the customer's open items of the report."""
        self.ensure_one()
        action = self.report_id.action_open_lines()
        domain = [
            *action["domain"],
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        return {**action, "domain": domain, "display_name": self.partner_id.display_name}
