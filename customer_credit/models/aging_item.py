from odoo import api, fields, models
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

    # No index finds the items of a report: it keeps the range of ids that they lie in, which costs
    # nothing to fill (any index on report_id takes a fifth of the time of the whole statement).

    @api.model
    def _of_report_sql(self):
        """Return the condition that joins the items ``i`` to their report ``r``."""
        return SQL("i.report_id = r.id AND i.id BETWEEN r.item_from AND r.item_to")

    def _delete_of(self, reports):
        """Delete the items of these reports."""
        if reports:
            reports.flush_recordset(["item_from", "item_to"])
            self.env.cr.execute(
                SQL(
                    "DELETE FROM customer_aging_item i USING customer_aging_report r WHERE %s AND r.id = ANY(%s)",
                    self._of_report_sql(),
                    reports.ids,
                )
            )
            self.env["customer.aging.line"].invalidate_model()

    def _fill(self, report, aged):
        """Store the open items of a report: one statement, whatever their number.

        :param SQL aged: what ``_aged_sql`` of the engine returns
        :return: values of the report: the range of ids that the items lie in
        """
        # Compiling costs more than it saves: the planner overrates the open items.
        [[first, _jit]] = self.env.execute_query(
            SQL("SELECT nextval('customer_aging_item_id_seq'), set_config('jit', 'off', true)")
        )
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
        [[last]] = self.env.execute_query(SQL("SELECT currval('customer_aging_item_id_seq')"))
        self.env["customer.aging.line"].invalidate_model()
        return {"item_from": first, "item_to": last}
