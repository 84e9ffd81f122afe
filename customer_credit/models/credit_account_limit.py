from datetime import timedelta

from odoo import fields, models

CASH, NONE, LIMIT = "cash", "none", "limit"


class CustomerCreditAccount(models.Model):
    """How base limits are granted: one row from a day on, and none where the limit ends."""

    _inherit = "customer.credit.account"

    def _grant_base_limits(self, grants):
        """Give accounts the base limits that were approved, in one go.

        :param grants: a list of values: ``account``, ``state`` (limit, cash, none), ``amount``,
            ``currency``, ``date_from``, ``date_to``, ``reason``
        """
        limits = self.env["customer.credit.limit"].sudo()
        self._end_base_limits([grant for grant in grants if grant["state"] == NONE])
        limits.create(
            [
                {
                    "account_id": grant["account"].id,
                    "kind": "base",
                    "amount": grant["amount"] if grant["state"] == LIMIT else 0.0,
                    "currency_id": grant["currency"].id,
                    "date_from": grant["date_from"],
                    "date_to": grant.get("date_to"),
                    "reason": grant["reason"],
                    "approved_by_id": self.env.uid,
                }
                for grant in grants
                if grant["state"] != NONE
            ]
        )

    def _end_base_limits(self, grants):
        """Let all base limits of these accounts end on the eve of the day from which there is none."""
        if not grants:
            return
        from_day = {grant["account"].id: grant["date_from"] for grant in grants}
        rows = (
            self.env["customer.credit.limit"]
            .sudo()
            .search([("account_id", "in", list(from_day)), ("kind", "=", "base")])
        )
        later = rows.filtered(lambda row: row.date_from >= from_day[row.account_id.id])
        for row in rows - later:
            last = from_day[row.account_id.id] - timedelta(days=1)
            if not row.date_to or row.date_to > last:
                row.write({"date_to": last, "is_lifted": True})
        # What was to begin later never does; the review or request that granted it remains.
        later.unlink()

    def _base_limits(self, day=None):
        """Return the base limit in force of each account, neither raised nor fallen: ``{account: amount or None}``."""
        parts = self._limit_parts(day or fields.Date.context_today(self))
        return {account: own["base"] for account, own in parts.items()}
