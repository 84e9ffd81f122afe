from odoo import models


class AccountPartialReconcile(models.Model):
    """An index by day, so that looking back costs only what was settled since."""

    _inherit = "account.partial.reconcile"

    _company_max_date_idx = models.Index("(company_id, max_date)")
