from odoo import fields, models
from odoo.tools import SQL


class CustomerDealer(models.Model):
    """What channels ask about the rebates of dealers."""

    _inherit = "customer.dealer"

    rebate_statement_ids = fields.One2many("customer.dealer.rebate.statement", "dealer_id")
    rebate_open = fields.Monetary(string="Open Rebates", compute="_compute_rebate_open")

    def _compute_rebate_open(self):
        amounts = self._rebates_open()
        for dealer in self:
            dealer.rebate_open = amounts.get(dealer.id, 0.0)

    def _rebates_open(self):
        """Override: what was earned and is not settled, and what is left of goods credits."""
        open_ = dict(super()._rebates_open())
        statements = self.env["customer.dealer.rebate.statement"].sudo()
        groups = statements._read_group(
            [
                ("dealer_id", "in", self.ids),
                ("state", "not in", ("settled", "forfeited")),
            ],
            ["dealer_id", "kind", "approval_state"],
            ["amount:sum"],
        )
        for dealer, kind, approval, amount in groups:
            # A final statement contains the interims that were not checked yet.
            if kind == "final" or approval == "approved":
                open_[dealer.id] = open_.get(dealer.id, 0.0) + amount
        for dealer, amount in self.env["customer.dealer.goods.credit"]._balances(self).items():
            open_[dealer] = open_.get(dealer, 0.0) + amount
        return {dealer: amount for dealer, amount in open_.items() if amount}

    def _rebates_accrued(self, date_from, date_to):
        """Return the rebates of the periods that touch these days: ``{dealer id: amount}``.

        What was earned, in the currency of the company, by the last computation; a period that runs counts with
        what was earned so far, with its sales outside these days too.
        """
        if not self:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT dealer_id, SUM(earned) FROM customer_dealer_rebate_statement
                 WHERE dealer_id = ANY(%s) AND kind = 'final' AND forfeited_on IS NULL
                   AND date_from <= %s AND date_to >= %s
                 GROUP BY dealer_id
                """,
                list(self.ids),
                date_to,
                date_from,
            )
        )
        return {dealer: float(amount) for dealer, amount in rows}

    def action_open_rebates(self):
        """Open the rebate statements of the dealer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_channels.dealer_rebate_statement_action"
        )
        return {
            **action,
            "domain": [("dealer_id", "=", self.id)],
            "context": {},
            "display_name": self.env._("Rebates: %s", self.partner_id.name),
        }
