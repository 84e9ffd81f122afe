from odoo import api, fields, models

from ..exceptions import CardSettledError


class CustomerDealerCardSettlement(models.Model):
    """The points of a quarter of a card, and what they earned: made once, by whom and when. (form A1)"""

    _name = "customer.dealer.card.settlement"
    _description = "Settlement of a Point Card"
    _order = "quarter desc, id desc"

    card_id = fields.Many2one(
        "customer.dealer.card", required=True, readonly=True, index=True, ondelete="restrict"
    )
    dealer_id = fields.Many2one(related="card_id.dealer_id", string="Sub-dealer", store=True, index=True)
    company_id = fields.Many2one(related="card_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    quarter = fields.Date(required=True, readonly=True, help="Its first day.")
    points = fields.Float(readonly=True, digits=(12, 2))
    reward = fields.Char(readonly=True, help="Empty: no tier was reached.")
    amount = fields.Monetary(string="Worth", readonly=True)
    settled_by = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user, ondelete="restrict"
    )
    settled_on = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    entry_ids = fields.One2many("customer.dealer.card.entry", "settlement_id", string="Purchases")

    _quarter_unique = models.UniqueIndex(
        "(card_id, quarter)", "This quarter of the card was settled already: nothing is settled twice."
    )

    @api.depends("card_id.name", "quarter")
    def _compute_display_name(self):
        for row in self:
            quarter = row.quarter and f"{row.quarter.year} Q{(row.quarter.month - 1) // 3 + 1}"
            row.display_name = " ".join(filter(None, (row.card_id.name, quarter)))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: only the server settles, by ``customer.dealer.card.action_settle``."""
        self._refuse_hand()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: a settlement stays as it is."""
        self._refuse_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_server(self):
        raise CardSettledError(self.env._("A settlement is not deleted: what was given, was given."))

    def _refuse_hand(self):
        if not self.env.su:
            raise CardSettledError(
                self.env._("Points are settled by “Settle” on their card, not by editing.")
            )

    def _open(self):
        """Return the action that shows these settlements."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settlements"),
            "res_model": self._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.ids)],
        }
