from odoo import fields, models
from odoo.tools import SQL


class CustomerAgingLine(models.Model):
    """An open item of an aging report, with all that the ledger knows of it to group and filter by."""

    _name = "customer.aging.line"
    _description = "Open Item"
    _auto = False
    _order = "days desc, id"
    _rec_name = "move_line_id"

    report_id = fields.Many2one("customer.aging.report", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    company_currency_id = fields.Many2one("res.currency", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    grade_id = fields.Many2one("customer.grade", readonly=True)
    move_line_id = fields.Many2one("account.move.line", string="Journal Item", readonly=True)
    move_id = fields.Many2one("account.move", string="Journal Entry", readonly=True)
    move_name = fields.Char(string="Document", readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    payment_term_id = fields.Many2one("account.payment.term", readonly=True)
    invoice_date = fields.Date(readonly=True)
    date_maturity = fields.Date(string="Due Date", readonly=True)
    days = fields.Integer(
        readonly=True, aggregator="max", help="Days past the date that the age counts from."
    )
    bucket = fields.Integer(string="Bucket Number", readonly=True, aggregator=None)
    bucket_id = fields.Many2one("customer.aging.report.bucket", readonly=True)
    currency_id = fields.Many2one("res.currency", string="Document Currency", readonly=True)
    amount_residual = fields.Monetary(
        string="Open Amount", currency_field="company_currency_id", readonly=True, aggregator="sum"
    )
    amount_residual_currency = fields.Monetary(
        string="Open in Document Currency", currency_field="currency_id", readonly=True
    )

    _depends = {
        "customer.aging.item": ["report_id"],
        "customer.aging.report": ["item_from", "item_to"],
        "customer.aging.report.bucket": ["report_id", "sequence"],
        "account.move.line": ["move_id", "move_name", "journal_id", "invoice_date", "date_maturity"],
        "account.move": ["team_id", "invoice_user_id", "invoice_payment_term_id"],
        "res.partner": ["country_id", "user_id", "customer_grade_id"],
        "res.company": ["currency_id"],
    }

    @property
    def _table_query(self):
        """Return the stored items joined to today's ledger and customers."""
        return SQL("SELECT %s FROM %s", self._select(), self._from())

    def _select(self):
        """Return the columns; an addon adds its own to group by."""
        return SQL(
            """
            i.id, i.report_id, i.company_id, co.currency_id AS company_currency_id, i.account_id, i.partner_id,
            p.country_id, COALESCE(p.user_id, m.invoice_user_id) AS user_id, m.team_id,
            (p.customer_grade_id ->> i.company_id::text)::int AS grade_id,
            i.move_line_id, l.move_id, l.move_name, l.journal_id, m.invoice_payment_term_id AS payment_term_id,
            l.invoice_date, l.date_maturity, i.days, i.bucket, b.id AS bucket_id, i.currency_id,
            i.amount_residual, i.amount_residual_currency
            """
        )

    def _from(self):
        """Return the tables; the ledger is joined from the left, so that a kept report loses no item."""
        return SQL(
            """
            customer_aging_report r
            JOIN customer_aging_item i ON %s
            JOIN res_company co ON co.id = i.company_id
            JOIN customer_aging_report_bucket b ON b.report_id = i.report_id AND b.sequence = i.bucket
       LEFT JOIN res_partner p ON p.id = i.partner_id
       LEFT JOIN account_move_line l ON l.id = i.move_line_id
       LEFT JOIN account_move m ON m.id = l.move_id
            """,
            self.env["customer.aging.item"]._of_report_sql(),
        )

    def action_open_move(self):
        """Open the document of the item."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "views": [(False, "form")],
        }

    def action_open_move_line(self):
        """Open the journal item itself."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal Item"),
            "res_model": "account.move.line",
            "res_id": self.move_line_id.id,
            "views": [(False, "form")],
        }
