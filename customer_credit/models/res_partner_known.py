from odoo import models
from odoo.tools import format_amount


class ResPartner(models.Model):
    """What we know of a customer: what it owes."""

    _inherit = "res.partner"

    def _customer_known(self):
        """Override of customer management to add what is owed, for those who may see receivables."""
        tiles = super()._customer_known()
        if self._has_field_access(self._fields["customer_overdue"], "read"):
            tiles.insert(2, self._known_receivable())
        return tiles

    def _known_receivable(self):
        """Return the tile of the open receivables as of today, and the part of them that is past due."""
        currency = self.env.company.currency_id
        chart = self.customer_aging_chart or {"total": 0, "overdue": 0}
        tile = {
            "key": "receivable",
            "title": self.env._("Owes"),
            "value": format_amount(self.env, chart["total"], currency),
        }
        if currency.is_zero(chart["overdue"]):
            return {**tile, "note": self.env._("nothing past due"), "tone": "good" if chart["total"] else ""}
        due = format_amount(self.env, chart["overdue"], currency)
        return {**tile, "note": self.env._("%s past due", due), "tone": "danger"}

    def _open_known_receivable(self):
        """Show the open items by age as of today."""
        return self.action_open_customer_aging()
