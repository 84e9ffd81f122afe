from odoo import api, fields, models

from ..exceptions import RebateStateError, RebateWriteError


class CustomerDealerRebateStatement(models.Model):
    """What a dealer earned by a plan in a period, and why: every cent has its line.

    Accrues while the period runs, is calculated when it has ended, checked by sales and finance, confirmed by the
    dealer and settled. A negative amount is owed by the dealer.
    """

    _name = "customer.dealer.rebate.statement"
    _description = "Rebate Statement"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin"]
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _step_error = RebateStateError
    # What the computation and the steps write.
    _step_fields = (
        "name",
        "contract_id",
        "period_from",
        "base_from",
        "base_to",
        "base",
        "target",
        "attainment",
        "points",
        "earned",
        "lost",
        "corrected",
        "amount",
        "computed_on",
        "calculated_on",
        "confirmed_on",
        "confirmed_by_id",
        "forfeited_on",
        "forfeit_reason",
        "settled_on",
        "move_id",
        "line_ids",
    )

    name = fields.Char("Statement Number", readonly=True, copy=False, index=True)
    plan_id = fields.Many2one(
        "customer.dealer.rebate.plan", required=True, index=True, ondelete="restrict", check_company=True
    )
    dealer_id = fields.Many2one("customer.dealer", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    contract_id = fields.Many2one(
        "customer.dealer.contract", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    kind = fields.Selection(
        [("interim", "Interim"), ("final", "Final")], required=True, default="final", index=True
    )
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True, index=True)
    period_from = fields.Date(
        string="Counted From", readonly=True, copy=False, help="The first day of the period of the plan."
    )
    base_from = fields.Date(readonly=True, copy=False)
    base_to = fields.Date(readonly=True, copy=False)
    # Base and earned are of the whole period so far: interims and the final one are not to be added up.
    base = fields.Monetary(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Sales that count, without taxes, less returns; of the whole period so far.",
    )
    target = fields.Monetary(readonly=True, copy=False, help="0: no target was agreed.")
    attainment = fields.Float(readonly=True, copy=False, aggregator=None, help="1 is 100 % of the target.")
    points = fields.Float(string="Points Lost", readonly=True, copy=False, aggregator=None)
    earned = fields.Monetary(
        readonly=True,
        copy=False,
        aggregator=None,
        help="By rates, bands and conditions, before interims and corrections.",
    )
    lost = fields.Monetary(
        string="Amount Lost", readonly=True, copy=False, help="What the conditions cost that were not met."
    )
    corrected = fields.Monetary(
        string="Corrections", readonly=True, copy=False, help="Of periods that were settled before."
    )
    amount = fields.Monetary(readonly=True, copy=False, help="What is settled; negative: the dealer owes it.")
    line_ids = fields.One2many(
        "customer.dealer.rebate.line", "statement_id", string="Explanation", readonly=True, copy=False
    )
    computed_on = fields.Datetime(readonly=True, copy=False)
    calculated_on = fields.Date(readonly=True, copy=False)
    confirmed_on = fields.Date(string="Confirmed by the Dealer On", readonly=True, copy=False, tracking=True)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False, index="btree_not_null")
    forfeited_on = fields.Date(readonly=True, copy=False, tracking=True)
    forfeit_reason = fields.Char(readonly=True, copy=False)
    settled_on = fields.Date(readonly=True, copy=False, tracking=True)
    settle_by = fields.Selection(related="plan_id.settle_by")
    move_id = fields.Many2one(
        "account.move",
        string="Settlement Document",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    user_id = fields.Many2one(related="dealer_id.user_id")
    state = fields.Selection(
        [
            ("accruing", "Accruing"),
            ("calculated", "Calculated"),
            ("pending", "Being Checked"),
            ("refused", "Refused"),
            ("checked", "Checked"),
            ("confirmed", "Confirmed"),
            ("settled", "Settled"),
            ("forfeited", "Forfeited"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        help="Accruing: the period runs. Checked: by sales and finance. Confirmed: by the dealer.",
    )

    _period_unique = models.UniqueIndex(
        "(plan_id, dealer_id, kind, date_from, date_to)",
        "This dealer has a statement of this plan and period already.",
    )
    _dates_in_order = models.Constraint("CHECK(date_to >= date_from)", "A period ends after it begins.")
    _period_idx = models.Index("(dealer_id, plan_id, period_from)")

    @api.depends("approval_state", "calculated_on", "confirmed_on", "settled_on", "forfeited_on", "move_id")
    def _compute_state(self):
        for one in self:
            if one.forfeited_on:
                one.state = "forfeited"
            elif one.settled_on or one.move_id.state == "posted":
                one.state = "settled"
            elif one.approval_state == "approved":
                one.state = "confirmed" if one.confirmed_on else "checked"
            elif one.approval_state != "draft":
                one.state = one.approval_state
            else:
                one.state = "calculated" if one.calculated_on else "accruing"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: plans make them; they are numbered all at once.

        :raises RebateWriteError: when somebody makes one by hand
        """
        if not self.env.su:
            raise RebateWriteError(
                self.env._("Rebate statements are made by their plan: use “Prepare Statements” there.")
            )
        companies = (
            self.env["customer.dealer"].browse([vals.get("dealer_id") for vals in vals_list]).company_id
        )
        numbers = self._numbers(companies[:1], len(vals_list))
        plans = self.env["customer.dealer.rebate.plan"]
        return super().create(
            [
                {
                    **vals,
                    "name": name,
                    "period_from": plans.browse(vals["plan_id"])._first_day(vals["date_to"]),
                }
                for vals, name in zip(vals_list, numbers, strict=True)
            ]
        )

    def _numbers(self, company, count):
        """Return so many new numbers, taken at once."""
        sequence = (
            self.env["ir.sequence"]
            .sudo()
            .search(
                [
                    ("code", "=", "customer.dealer.rebate.statement"),
                    ("company_id", "in", [company.id, False]),
                ],
                order="company_id",
                limit=1,
            )
        )
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() for _number in range(count)]
        self.env.cr.execute(
            "SELECT nextval(%s) FROM generate_series(1, %s)", (f"ir_sequence_{sequence.id:03d}", count)
        )
        return [sequence.get_next_char(number) for (number,) in self.env.cr.fetchall()]

    def _condition_names(self):
        """Return what each condition is called: ``{code: text}``."""
        return {
            "no_target": self.env._("no target was agreed"),
            "attainment": self.env._("the target was not reached far enough"),
            "violation": self.env._("a violation was proven"),
            "penalty": self.env._("a decided case takes it"),
            "overdue": self.env._("invoices were overdue at the end"),
            "contract": self.env._("no contract was in force for a part of the period"),
            "reports": self.env._("stock reports are missing"),
        }

    def action_open_base(self):
        """Open the invoice lines that the base is made of; as far as the user may see invoices."""
        self.ensure_one()
        return {
            "name": self.env._("Sales: %s", self.partner_id.name),
            "type": "ir.actions.act_window",
            "res_model": "account.move.line",
            "views": [(False, "list"), (False, "pivot"), (False, "form")],
            "domain": [
                ("move_id.commercial_partner_id", "=", self.partner_id.id),
                ("move_id.move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
                ("parent_state", "=", "posted"),
                ("display_type", "=", "product"),
                ("company_id", "child_of", self.company_id.id),
                ("date", ">=", self.base_from or self.date_from),
                ("date", "<=", self.base_to or self.date_to),
                ("rebate_statement_id", "=", False),
            ],
        }
