from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.date_utils import start_of

from ..exceptions import CardSettledError


class CustomerDealerCard(models.Model):
    """The point card of a sub-dealer: what it buys from its dealer earns points, which we settle each quarter.

    So the names, addresses and volumes of the second tier are known to us. (form A1)
    """

    _name = "customer.dealer.card"
    _description = "Point Card"
    _inherit = ["mail.thread"]
    _order = "name desc, id desc"
    _check_company_auto = True

    name = fields.Char("Card Number", readonly=True, copy=False, index=True)
    active = fields.Boolean(default=True)
    dealer_id = fields.Many2one(
        "customer.dealer",
        string="Sub-dealer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '!=', False)]",
        tracking=True,
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    parent_id = fields.Many2one(
        related="dealer_id.parent_id", string="Buys From", store=True, index="btree_not_null"
    )
    user_id = fields.Many2one(related="dealer_id.user_id", store=True, index="btree_not_null")
    partner_id = fields.Many2one(
        related="dealer_id.partner_id", string="Customer", store=True, index="btree_not_null"
    )
    phone = fields.Char(related="partner_id.phone")
    address = fields.Char(compute="_compute_address")
    date = fields.Date(string="Issued On", required=True, default=fields.Date.context_today)
    entry_ids = fields.One2many("customer.dealer.card.entry", "card_id", string="Purchases")
    settlement_ids = fields.One2many("customer.dealer.card.settlement", "card_id", string="Settlements")
    points_quarter = fields.Float(
        string="Points This Quarter", compute="_compute_points", digits=(12, 2), aggregator=None
    )
    points_open = fields.Float(
        string="Points to Settle",
        compute="_compute_points",
        digits=(12, 2),
        aggregator=None,
        help="Of quarters that are over.",
    )
    quantity_quarter = fields.Float(
        string="Bought This Quarter", compute="_compute_points", digits="Product Unit", aggregator=None
    )
    rewarded = fields.Monetary(string="Rewards So Far", compute="_compute_rewarded")

    _dealer_unique = models.UniqueIndex("(dealer_id) WHERE active", "This sub-dealer has a card already.")

    @api.depends("entry_ids.points", "entry_ids.quarter", "entry_ids.settlement_id", "entry_ids.quantity")
    def _compute_points(self):
        quarter = start_of(fields.Date.context_today(self), "quarter")
        groups = self.env["customer.dealer.card.entry"]._read_group(
            [("card_id", "in", self.ids), ("settlement_id", "=", False)],
            ["card_id", "quarter:quarter"],
            ["points:sum", "quantity:sum"],
        )
        now, before, bought = {}, {}, {}
        for card, start, points, quantity in groups:
            if start < quarter:
                before[card.id] = before.get(card.id, 0.0) + points
            elif start == quarter:
                now[card.id], bought[card.id] = points, quantity
        for card in self:
            key = card._origin.id
            card.points_quarter = now.get(key, 0.0)
            card.points_open = before.get(key, 0.0)
            card.quantity_quarter = bought.get(key, 0.0)

    @api.depends("dealer_id")
    def _compute_address(self):
        for card in self:
            card.address = card.dealer_id and card.dealer_id._address()

    @api.depends("settlement_ids.amount")
    def _compute_rewarded(self):
        for card in self:
            card.rewarded = sum(card.settlement_ids.mapped("amount"))

    @api.constrains("dealer_id")
    def _check_dealer_id(self):
        for card in self:
            if not card.dealer_id.parent_id:
                raise ValidationError(
                    self.env._(
                        "%s stands below no dealer: only sub-dealers have a point card. Enter whom it buys from.",
                        card.dealer_id.partner_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: number them."""
        for values in vals_list:
            dealer = self.env["customer.dealer"].browse(values.get("dealer_id"))
            numbers = self.env["ir.sequence"].with_company(dealer.sudo().company_id)
            values["name"] = values.get("name") or numbers.next_by_code("customer.dealer.card")
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: a card with settled points keeps its sub-dealer."""
        if "dealer_id" in vals and self.sudo().settlement_ids:
            raise CardSettledError(
                self.env._("A card whose points were settled keeps its sub-dealer: issue another card.")
            )
        return super().write(vals)

    def _touch(self):
        """Mark the cards as changed in the database.

        A settlement and a purchase of the same card at the same time cannot both pass: the later one fails, is
        run again by the host, and sees what the other did.
        """
        if self.ids:
            self.flush_recordset(["active"])
            self.env.cr.execute(
                SQL("UPDATE customer_dealer_card SET active = active WHERE id = ANY(%s)", sorted(self.ids))
            )

    def action_settle(self):
        """Settle all quarters that are over: points are added up, the tier that they reach is the reward.

        A quarter is settled once; a quarter without points leaves nothing to settle.

        :raises CardSettledError: when there is nothing to settle
        """
        settlements = self.env["customer.dealer.card.settlement"]
        settlements.check_access("create")
        self.check_access("read")
        self._touch()
        quarter = start_of(fields.Date.context_today(self), "quarter")
        entries = self.env["customer.dealer.card.entry"].search(
            [("card_id", "in", self.ids), ("settlement_id", "=", False), ("quarter", "<", quarter)]
        )
        if not entries:
            raise CardSettledError(
                self.env._("There is nothing to settle: a quarter is settled when it is over, and once.")
            )
        groups = entries.grouped(lambda one: (one.card_id, one.quarter))
        settled = settlements.sudo().create(self._settlement_values(groups))
        for settlement, found in zip(settled, groups.values(), strict=True):
            found.sudo().write({"settlement_id": settlement.id})
        return settled.with_env(self.env)._open()

    @api.model
    def _settlement_values(self, groups):
        """Return what is settled of the purchases of each card and quarter.

        :param dict groups: purchases by (card, first day of the quarter)
        """
        cards = self.union(*(card for card, _quarter in groups))
        tiers = self.env["customer.dealer.reward.tier"].search([("company_id", "in", cards.company_id.ids)])
        values = []
        for (card, quarter), entries in groups.items():
            points = sum(entries.mapped("points"))
            tier = tiers.filtered(lambda one, card=card: one.company_id == card.company_id)._reached(points)
            values.append(
                {
                    "card_id": card.id,
                    "quarter": quarter,
                    "points": points,
                    "reward": tier.reward,
                    "amount": tier.amount,
                }
            )
        return values
