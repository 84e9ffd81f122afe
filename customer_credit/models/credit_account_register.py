from odoo import fields, models


class CustomerCreditAccount(models.Model):
    """The columns of the credit management register, computed for a page at once. (form 4.13)"""

    _inherit = "customer.credit.account"

    temporary_limit = fields.Monetary(
        compute="_compute_register", help="Temporary increases in force; they are part of the limit."
    )
    security_amount = fields.Monetary(string="Security", compute="_compute_register")
    receivable_amount = fields.Monetary(
        string="Receivables",
        compute="_compute_register",
        help="Open items less unapplied receipts and credits.",
    )
    notes_amount = fields.Monetary(string="Undue Notes", compute="_compute_register")
    orders_amount = fields.Monetary(
        string="Open Orders",
        compute="_compute_register",
        help="Ordered or delivered, not invoiced yet, drafts included.",
    )

    def _compute_register(self):
        day = fields.Date.context_today(self)
        accounts = self._origin
        exposures = accounts._exposures() if accounts else {}
        limits = accounts._limit_parts(day)
        covers, notes = accounts._covers(day), accounts._notes_amounts(day)
        for account in self:
            parts, origin = exposures.get(account._origin, {}), account._origin
            account.temporary_limit = limits.get(origin, {}).get("temporary", 0.0)
            account.security_amount = covers.get(origin, (0.0, 0.0))[0]
            account.notes_amount = notes.get(origin, 0.0)
            account.receivable_amount = parts.get("receivable", 0.0) + parts.get("advance", 0.0)
            account.orders_amount = sum(
                parts.get(code, 0.0) for code in ("draft", "delivered", "undelivered")
            )

    def _notes_amounts(self, day):
        """Hook: return the notes held that are not due yet: ``{account: amount}``; absent is none.

        In company currency. Called once for all accounts of a page.
        """
        return {}
