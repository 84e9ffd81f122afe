from odoo import api, fields, models
from odoo.tools.date_utils import start_of

from ..exceptions import CardSettledError


class CustomerDealerCardEntry(models.Model):
    """A purchase of a sub-dealer from its dealer, as registered on its point card. (form A1)"""

    _name = "customer.dealer.card.entry"
    _description = "Purchase on a Point Card"
    _inherit = ["customer.steps.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _step_error = CardSettledError
    _step_fields = ("settlement_id", "rate", "points", "quarter", "is_settled")

    card_id = fields.Many2one("customer.dealer.card", required=True, index=True, ondelete="restrict")
    dealer_id = fields.Many2one(related="card_id.dealer_id", string="Sub-dealer", store=True, index=True)
    parent_id = fields.Many2one(
        related="card_id.parent_id", string="Bought From", store=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(
        related="card_id.partner_id", string="Customer", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(related="card_id.company_id", store=True, index=True)
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    quarter = fields.Date(compute="_compute_quarter", store=True, index=True, help="Its first day.")
    product_id = fields.Many2one(
        "product.product", string="Item", required=True, index=True, ondelete="restrict", check_company=True
    )
    quantity = fields.Float(
        required=True, default=1.0, digits="Product Unit", help="Negative: what was given back."
    )
    rate = fields.Float(
        string="Points per Unit",
        compute="_compute_rate",
        store=True,
        precompute=True,
        digits=(12, 4),
        aggregator=None,
        help="The rate of the day on which it was registered.",
    )
    points = fields.Float(compute="_compute_points", store=True, digits=(12, 2))
    settlement_id = fields.Many2one(
        "customer.dealer.card.settlement",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    is_settled = fields.Boolean(string="Settled", compute="_compute_is_settled", store=True)
    note = fields.Char()

    @api.depends("date")
    def _compute_quarter(self):
        for entry in self:
            entry.quarter = entry.date and start_of(entry.date, "quarter")

    @api.depends("product_id", "card_id")
    def _compute_rate(self):
        rates = self.env["customer.dealer.point.rate"]
        for company, entries in self.grouped("company_id").items():
            found = rates._rates(entries.product_id, company or self.env.company)
            for entry in entries:
                entry.rate = found.get(entry.product_id.id, 0.0)

    @api.depends("quantity", "rate")
    def _compute_points(self):
        for entry in self:
            entry.points = entry.quantity * entry.rate

    @api.depends("settlement_id")
    def _compute_is_settled(self):
        for entry in self:
            entry.is_settled = bool(entry.settlement_id)

    @api.depends("date", "product_id.display_name")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = f"{entry.date or ''} {entry.product_id.display_name or ''}".strip()

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: nothing is added to a quarter that was settled."""
        entries = super().create(vals_list)
        entries._refuse_settled()
        return entries

    def write(self, vals):
        """Override of `base`: what was settled stays, and nothing is moved into or out of a settled quarter.

        :raises CardSettledError: naming the purchase
        """
        if self.env.su and set(vals) <= {"settlement_id"}:
            return super().write(vals)
        self._refuse_settled()
        done = super().write(vals)
        self._refuse_settled()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        self._refuse_settled()

    def _refuse_settled(self):
        """:raises CardSettledError: when an entry was settled, or lies in a quarter of its card that was"""
        cards = self.sudo().card_id
        cards._touch()
        settled = self.env["customer.dealer.card.settlement"].sudo()
        groups = settled._read_group([("card_id", "in", cards.ids)], ["card_id", "quarter:day"])
        closed = set(groups)
        for entry in self.sudo():
            if entry.settlement_id or (entry.card_id, entry.quarter) in closed:
                raise CardSettledError(
                    self.env._(
                        "The quarter of %(entry)s on card %(card)s was settled: register it in the current quarter.",
                        entry=entry.display_name,
                        card=entry.card_id.name,
                    )
                )
