from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Customers show what they owe by age."""

    _inherit = "res.partner"

    customer_aging_chart = fields.Json(
        string="Receivables by Age",
        compute="_compute_customer_aging",
        groups="customer_credit.group_credit_user,account.group_account_readonly,account.group_account_invoice",
    )
    customer_overdue = fields.Monetary(
        string="Past Due",
        compute="_compute_customer_aging",
        groups="customer_credit.group_credit_user,account.group_account_readonly,account.group_account_invoice",
    )

    @api.depends_context("company", "uid", "lang")
    def _compute_customer_aging(self):
        """Fill the aging bars of all customers with one statement, as of today, in the current company."""
        bucket_set = self._customer_aging_buckets()
        limits = bucket_set._limits() if bucket_set else (30, 60, 90)
        amounts = self._customer_aging_amounts(limits)
        labels = self.env["customer.aging.report.bucket"]
        columns = [(bounds[0], bounds[1], labels._label(*bounds)) for bounds in labels._bounds(limits, "due")]
        for partner in self:
            by_bucket = amounts.get(partner.commercial_partner_id.id, {})
            chart = labels._chart(columns, by_bucket, sum(by_bucket.values()), self.env.company.currency_id)
            partner.customer_overdue = chart["overdue"]
            partner.customer_aging_chart = by_bucket and chart

    def _customer_aging_buckets(self):
        """Return the buckets that the customer form shows: the first ones that count from the due date."""
        return self.env["customer.aging.bucket.set"].search([("basis", "=", "due")], limit=1)

    def _customer_aging_amounts(self, limits):
        """Return the open amounts as of today: ``{commercial partner id: {bucket: amount}}``."""
        customers = self.commercial_partner_id
        if not customers.ids:
            return {}
        engine = self.env["customer.aging.engine"].sudo()
        engine._flush_ledger()
        today = engine._today()
        items = engine._open_items_sql(self.env.company.ids, today, engine._partners_sql(customers))
        found = {}
        for partner, bucket, amount in self.env.execute_query(
            SQL(
                "SELECT partner_id, bucket, SUM(amount_residual)::float FROM (%s) aged GROUP BY 1, 2",
                engine._aged_sql(today, "due", limits, items),
            )
        ):
            found.setdefault(partner, {})[bucket] = self.env.company.currency_id.round(amount)
        return found

    def action_open_customer_aging(self):
        """Show the customer's open items as of today; with a bucket in the context only those."""
        self.ensure_one()
        reports = self.env["customer.aging.report"]
        report = reports.create(
            {
                "company_ids": [fields.Command.set(self.env.company.ids)],
                "partner_ids": [fields.Command.set(self.commercial_partner_id.ids)],
                "bucket_set_id": self._customer_aging_buckets().id,
            }
        )
        report.action_compute()
        return report.action_open_lines()
