from odoo import api, fields, models

from ..exceptions import PromotionStateError


class CustomerDealerPromotionCost(models.Model):
    """One proof of what a promotion cost: a bill of ours, or a paper with its attachment."""

    _name = "customer.dealer.promotion.cost"
    _description = "Cost of a Promotion"
    _inherit = ["customer.steps.mixin", "customer.links.mixin"]
    _order = "promotion_id, date, id"
    _check_company_auto = True
    _step_error = PromotionStateError
    _step_fields = ("state", "checked_by_id")
    _checked_links = ("move_id", "proof_ids")

    promotion_id = fields.Many2one("customer.dealer.promotion", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(related="promotion_id.dealer_id", store=True, index=True)
    company_id = fields.Many2one(related="promotion_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    name = fields.Char(string="For What", required=True)
    payer = fields.Selection(
        [("ours", "We"), ("dealer", "The Dealer")], string="Paid By", required=True, default="ours"
    )
    move_id = fields.Many2one(
        "account.move",
        string="Bill",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('move_type', 'in', ('in_invoice', 'in_receipt')), ('state', '=', 'posted')]",
        help="A vendor bill: its untaxed amount is the cost.",
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="Untaxed.",
    )
    proof_ids = fields.Many2many("ir.attachment", string="Proofs")
    state = fields.Selection(
        [("open", "To Check"), ("checked", "Checked"), ("refused", "Refused")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
    )
    checked_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    refusal = fields.Char(string="Why Refused", copy=False)

    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A cost cannot be negative.")
    _bill_once = models.UniqueIndex(
        "(move_id) WHERE move_id IS NOT NULL", "This bill is the cost of a promotion already."
    )

    @api.depends("move_id")
    def _compute_amount(self):
        for cost in self:
            cost.amount = abs(cost.move_id.amount_untaxed_signed) if cost.move_id else cost.amount

    @api.constrains("amount", "move_id")
    def _check_amount(self):
        for cost in self.filtered("move_id"):
            most = abs(cost.sudo().move_id.amount_untaxed_signed)
            if cost.currency_id.compare_amounts(cost.amount, most) > 0:
                raise PromotionStateError(
                    self.env._(
                        "“%(name)s” is more than its bill, which is %(most)s untaxed.",
                        name=cost.name,
                        most=self.env["customer.approval"]._format(most, cost.currency_id),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: costs belong to an approved promotion that is not settled."""
        costs = super().create(vals_list)
        costs._ensure_open()
        costs._own_proofs()
        return costs

    def write(self, vals):
        """Override of `base`: what was checked is not changed."""
        self._ensure_open()
        if not self.env.su and any(cost.state == "checked" for cost in self):
            raise PromotionStateError(
                self.env._("A checked proof is not changed. Refuse it and enter another.")
            )
        done = super().write(vals)
        self._ensure_open()
        if "proof_ids" in vals:
            self._own_proofs()
        return done

    def _own_proofs(self):
        """Let everybody who sees a cost see its proofs: those that the user has just brought belong to it."""
        for cost in self.sudo():
            mine = cost.proof_ids.filtered(lambda one: not one.res_id and one.create_uid == self.env.user)
            mine.write({"res_model": self._name, "res_id": cost.id})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_settled(self):
        self._ensure_open()

    def _ensure_open(self):
        for promotion in self.sudo().promotion_id:
            if promotion.state != "approved":
                raise PromotionStateError(
                    self.env._(
                        "Costs are entered while a promotion is approved and not settled; “%s” is not.",
                        promotion.name,
                    )
                )

    def action_check(self):
        """Accept proofs; not one's own, and not without a bill or a paper.

        :raises PromotionStateError: naming what is missing
        """
        self._ensure_step("open")
        for cost in self:
            if cost.create_uid == self.env.user:
                raise PromotionStateError(
                    self.env._("“%s” is your own entry: somebody else has to check it.", cost.name)
                )
            if not cost.move_id and not cost.sudo().proof_ids:
                raise PromotionStateError(self.env._("“%s” has neither a bill nor a proof.", cost.name))
        self.sudo().write({"state": "checked", "checked_by_id": self.env.uid})

    def action_refuse(self):
        """Refuse proofs, with a reason; they do not count.

        :raises PromotionStateError: without a reason
        """
        self.check_access("write")
        for cost in self:
            if not (cost.refusal or "").strip():
                raise PromotionStateError(self.env._("Say why “%s” is refused.", cost.name))
        self.sudo().write({"state": "refused", "checked_by_id": self.env.uid})
