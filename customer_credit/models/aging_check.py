from odoo import api, fields, models
from odoo.tools import SQL


class CustomerAgingCheck(models.Model):
    """The proof of an aging report for one company and account: open items against the ledger."""

    _name = "customer.aging.check"
    _description = "Aging Against the Ledger"
    _order = "is_equal, company_id, account_id, id"

    report_id = fields.Many2one("customer.aging.report", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    account_id = fields.Many2one("account.account", required=True, ondelete="cascade")
    total = fields.Monetary(string="Open Items")
    ledger_balance = fields.Monetary()
    settled_between = fields.Monetary(
        string="Settled Between Customers",
        help="In a report on some customers: what items of other customers settled of theirs, or theirs of others.",
    )
    difference = fields.Monetary(compute="_compute_difference", store=True, precompute=True)
    is_equal = fields.Boolean(compute="_compute_difference", store=True, precompute=True)

    @api.depends("total", "ledger_balance", "settled_between")
    def _compute_difference(self):
        for check in self:
            currency = check.currency_id or check.env.company.currency_id
            check.difference = check.total - check.ledger_balance - check.settled_between
            check.is_equal = currency.is_zero(check.difference)

    def _fill(self, report, ledger, between=None):
        """Compare the stored items of a report with the ledger, account by account.

        A company and its branches are one ledger: they may settle for each other, so only their sum is proved.

        :param SQL ledger: what ``_ledger_sql`` of the engine returns
        :param SQL between: what ``_between_sql`` returns, for a report on some customers
        """
        nothing = SQL("SELECT NULL::int, NULL::int, 0 WHERE FALSE")
        report.flush_recordset(["item_from", "item_to"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT MIN(x.company_id), x.account_id, SUM(x.total), SUM(x.balance), SUM(x.settled)
                  FROM (SELECT i.company_id, i.account_id, SUM(i.amount_residual) AS total, 0 AS balance, 0 AS settled
                          FROM customer_aging_item i JOIN customer_aging_report r ON %s
                         WHERE r.id = %s GROUP BY 1, 2
                         UNION ALL
                        SELECT company_id, account_id, 0, balance, 0 FROM (%s) b
                         UNION ALL
                        SELECT company_id, account_id, 0, 0, amount FROM (%s) s(company_id, account_id, amount)) x
                  JOIN res_company co ON co.id = x.company_id
                 GROUP BY SPLIT_PART(co.parent_path, '/', 1), x.account_id
                 ORDER BY 1, 2
                """,
                self.env["customer.aging.item"]._of_report_sql(),
                report.id,
                ledger,
                between or nothing,
            )
        )
        self.create(
            [
                {
                    "report_id": report.id,
                    "company_id": company,
                    "account_id": account,
                    "total": total,
                    "ledger_balance": balance,
                    "settled_between": settled,
                }
                for company, account, total, balance, settled in rows
            ]
        )

    def action_open_items(self):
        """Show the journal items of the account up to the day, to find the difference."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.account_id.display_name,
            "res_model": "account.move.line",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("account_id", "=", self.account_id.id),
                ("company_id", "=", self.company_id.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", self.report_id.date_to),
            ],
        }
