from odoo import api, fields, models

from ..exceptions import PromotionStateError


class CustomerDealerPromotion(models.Model):
    """A promotion with a dealer: what it shall bring, who pays what of it, and what it brought. (form 5.21)

    Approved before it begins. Its result is the invoices of its days; its cost is the proofs that are collected
    in its lines, each checked by somebody else than who entered it.
    """

    _name = "customer.dealer.promotion"
    _description = "Dealer Promotion"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _step_error = PromotionStateError
    _step_fields = ("closed_on", "checked_by_id")

    name = fields.Char(required=True, tracking=True)
    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    date_from = fields.Date(string="From", required=True, tracking=True)
    date_to = fields.Date(string="To", required=True, help="The last day, included.", tracking=True)
    aim = fields.Char(required=True, help="What it is for: new goods, old stock, a rival's attack ...")
    audience = fields.Char(help="Who shall buy: passers-by, restaurants, members ...")
    way = fields.Selection(
        [
            ("price", "Price Cut"),
            ("gift", "Gift"),
            ("display", "Display"),
            ("demonstration", "Demonstration"),
            ("draw", "Prize Draw"),
            ("advertising", "Advertising"),
            ("fair", "Trade Fair"),
            ("other", "Other"),
        ],
        required=True,
        default="display",
    )
    description = fields.Text(string="Course")
    categ_id = fields.Many2one(
        "product.category",
        string="Goods",
        index="btree_not_null",
        ondelete="restrict",
        help="The category with all below it; empty: all goods.",
    )
    goal_amount = fields.Monetary(
        string="Sales Goal", help="What the dealer shall buy in these days, untaxed."
    )
    budget_ours = fields.Monetary(string="Our Budget")
    budget_dealer = fields.Monetary(string="Budget of the Dealer")
    materials = fields.Text(help="Posters, samples, gifts: what and how many.")
    staff = fields.Text(help="Who helps, how many days.")
    cost_ids = fields.One2many("customer.dealer.promotion.cost", "promotion_id", string="Costs")
    closed_on = fields.Date(readonly=True, copy=False, tracking=True)
    checked_by_id = fields.Many2one(
        "res.users",
        string="Settled By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    conclusion = fields.Text(copy=False, help="What we learn from it.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("pending", "To Approve"),
            ("refused", "Refused"),
            ("approved", "Approved"),
            ("closed", "Settled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    sales_before = fields.Monetary(
        compute="_compute_result", help="Of as many days just before, untaxed, net of credit notes."
    )
    sales = fields.Monetary(string="Actual Sales", compute="_compute_result")
    extra_sales = fields.Monetary(compute="_compute_result", help="More than in as many days just before.")
    attainment = fields.Float(compute="_compute_result", help="Actual sales by the goal.")
    cost_ours = fields.Monetary(string="Our Cost", compute="_compute_cost", help="Checked and not refused.")
    cost_dealer = fields.Monetary(string="Cost of the Dealer", compute="_compute_cost")
    cost_ratio = fields.Float(compute="_compute_ratios", help="Our cost by the actual sales.")
    roi = fields.Float(
        string="Return on Our Cost",
        compute="_compute_ratios",
        help="Extra sales less our cost, by our cost: 1 is that each unit spent came back twice.",
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A promotion cannot end before it begins."
    )
    _money_positive = models.Constraint(
        "CHECK(goal_amount >= 0 AND budget_ours >= 0 AND budget_dealer >= 0)",
        "Goal and budgets cannot be negative.",
    )

    @api.depends("approval_state", "closed_on")
    def _compute_state(self):
        for promotion in self:
            promotion.state = "closed" if promotion.closed_on else promotion.approval_state

    @api.depends("dealer_id", "date_from", "date_to", "categ_id", "goal_amount")
    def _compute_result(self):
        found = self._origin.filtered("dealer_id")._sales() if self._origin else {}
        for promotion in self:
            promotion.sales, promotion.sales_before = found.get(promotion._origin.id, (0, 0))
            promotion.extra_sales = promotion.sales - promotion.sales_before
            goal = promotion.goal_amount
            promotion.attainment = promotion.sales / goal if goal else 0

    @api.depends("cost_ids.amount", "cost_ids.payer", "cost_ids.state")
    def _compute_cost(self):
        groups = self.env["customer.dealer.promotion.cost"]._read_group(
            [("promotion_id", "in", self.ids), ("state", "!=", "refused")],
            ["promotion_id", "payer"],
            ["amount:sum"],
        )
        amounts = {(promotion.id, payer): amount for promotion, payer, amount in groups}
        for promotion in self:
            promotion.cost_ours = amounts.get((promotion._origin.id, "ours"), 0)
            promotion.cost_dealer = amounts.get((promotion._origin.id, "dealer"), 0)

    @api.depends("sales", "sales_before", "cost_ours")
    def _compute_ratios(self):
        for promotion in self:
            cost, sales = promotion.cost_ours, promotion.sales
            promotion.cost_ratio = cost / sales if sales > 0 else 0
            promotion.roi = (promotion.extra_sales - cost) / cost if cost else 0

    # Guards

    def _approval_free_fields(self):
        """Override: the costs come after the approval, and so does what is learned."""
        return super()._approval_free_fields() | {"cost_ids", "conclusion"}
