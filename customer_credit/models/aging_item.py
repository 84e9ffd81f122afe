from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.customer_management.tools import LooseMany2one


class CustomerAgingItem(models.Model):
    """The stored open items of an aging report, thin and filled by one statement.

    They are read through ``customer.aging.line``, which adds what the ledger knows of them.
    """

    _name = "customer.aging.item"
    _description = "Stored Open Item"
    _log_access = False

    report_id = LooseMany2one("customer.aging.report", required=True)
    company_id = LooseMany2one("res.company", required=True)
    account_id = LooseMany2one("account.account", required=True)
    partner_id = LooseMany2one("res.partner")
    move_line_id = LooseMany2one("account.move.line", required=True)
    currency_id = LooseMany2one("res.currency", required=True)
    amount_residual = fields.Float(digits=0, required=True)
    amount_residual_currency = fields.Float(digits=0, required=True)
    days = fields.Integer(required=True)
    bucket = fields.Integer(required=True)

    # The items of a report lie together: a range index finds them and costs next to nothing to fill.
    _report_idx = models.Index("USING brin (report_id)")

    def _delete_of(self, reports):
        """Delete the items of these reports."""
        if reports:
            self.env.cr.execute(SQL("DELETE FROM customer_aging_item WHERE report_id = ANY(%s)", reports.ids))
            self.env["customer.aging.line"].invalidate_model()

    def _fill(self, report, aged):
        """Store the open items of a report: one statement, whatever their number."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO customer_aging_item (report_id, company_id, account_id, partner_id, move_line_id,
                       currency_id, amount_residual, amount_residual_currency, days, bucket)
                SELECT %s, company_id, account_id, partner_id, move_line_id,
                       currency_id, amount_residual, amount_residual_currency, days, bucket
                  FROM (%s) aged
                """,
                report.id,
                aged,
            )
        )
        self.env["customer.aging.line"].invalidate_model()
