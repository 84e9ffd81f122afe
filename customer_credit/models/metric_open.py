from odoo import api, fields, models


class CustomerMetric(models.Model):
    """The documents behind the figures of what is owed."""

    _inherit = "customer.metric"

    documents = fields.Selection(
        selection_add=[("open", "Open Items")],
        ondelete={"open": "set default"},
    )

    @api.model
    def _documents_open(self, partner, company, date_from, date_to):
        """Return the window with the receivable items up to a day that are open now."""
        return {
            "res_model": "account.move.line",
            "views": [(self.env.ref("account.view_move_line_tree").id, "list"), (False, "form")],
            "domain": [
                ("partner_id", "child_of", partner.id),
                ("company_id", "child_of", company.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("date", "<=", date_to),
                ("reconciled", "=", False),
            ],
        }
