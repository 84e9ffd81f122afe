from odoo import api, fields, models

from ..exceptions import DealerStateError


class CustomerDealerAppraisal(models.Model):
    """Whether to keep a large dealer: what is left after all support, what its neighbours lose, who is in control.

    Three answers that are bad say: cut, and quickly. A manager decides.
    """

    _name = "customer.dealer.appraisal"
    _description = "Keep-or-Cut Appraisal"
    _inherit = ["customer.approval.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users", string="Prepared By", default=lambda self: self.env.user, index=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today, help="The last day of the period.")
    months = fields.Integer(string="Period (Months)", default=12, required=True)
    # 1: what is left
    revenue = fields.Monetary(readonly=True)
    margin = fields.Monetary(readonly=True, help="Gross margin of what was invoiced.")
    rebates = fields.Monetary(help="Earned, accrued or paid in the period.")
    promotions = fields.Monetary(help="What promotions with it cost us.")
    support = fields.Monetary(string="Other Support", help="Freight, people, displays, listing fees.")
    net_margin = fields.Monetary(compute="_compute_result", store=True, help="What is left of the margin.")
    net_rate = fields.Float(compute="_compute_result", store=True, help="As part of the revenue.")
    # 2: the neighbours
    neighbour_ids = fields.One2many(
        "customer.dealer.appraisal.neighbour", "appraisal_id", string="Neighbours"
    )
    neighbour_loss = fields.Monetary(
        compute="_compute_result",
        store=True,
        help="Margin on the sales that the neighbours lost because of it.",
    )
    net_effect = fields.Monetary(
        compute="_compute_result", store=True, help="What is left, less what the neighbours lose."
    )
    # 3: control
    violations = fields.Integer(string="Proven Cases", readonly=True)
    can_control = fields.Selection(
        [("yes", "Yes"), ("no", "No")],
        string="Can We Still Control It?",
        help="Do we know its stores, its stock and its prices, and does it keep to what is agreed?",
        tracking=True,
    )
    control_note = fields.Text(string="Why")
    bad_count = fields.Integer(string="Bad Answers", compute="_compute_result", store=True)
    proposal = fields.Selection(
        [("keep", "Keep"), ("reduce", "Reduce and Set Conditions"), ("cut", "Cut")],
        compute="_compute_result",
        store=True,
    )
    decision = fields.Selection(
        [("keep", "Keep"), ("reduce", "Reduce and Set Conditions"), ("cut", "Cut")], tracking=True
    )
    decision_note = fields.Text(string="Reasons", tracking=True)

    _months_valid = models.Constraint(
        "CHECK(months BETWEEN 1 AND 120)", "A period is between 1 and 120 months long."
    )

    @api.depends("dealer_id", "date")
    def _compute_display_name(self):
        for one in self:
            words = [one.dealer_id.partner_id.name, one.date and str(one.date)]
            one.display_name = " ".join(word for word in words if word)

    @api.depends("revenue", "margin", "rebates", "promotions", "support", "can_control", "neighbour_ids.loss")
    def _compute_result(self):
        for one in self:
            one.net_margin = one.margin - one.rebates - one.promotions - one.support
            one.net_rate = one.net_margin / one.revenue if one.revenue else 0.0
            rate = one.margin / one.revenue if one.revenue else 0.0
            one.neighbour_loss = sum(one.neighbour_ids.mapped("loss")) * max(rate, 0.0)
            one.net_effect = one.net_margin - one.neighbour_loss
            one.bad_count = (one.net_margin <= 0) + (one.net_effect <= 0) + (one.can_control == "no")
            one.proposal = ("keep", "reduce", "reduce", "cut")[one.bad_count]

    def action_compute(self):
        """Take the figures from the books, and the dealers around it."""
        self.check_access("write")
        for one in self:
            metrics = one.env["customer.metric"].sudo()
            known = metrics._evaluate(
                ["revenue", "margin", "violations"],
                one.date,
                one.months,
                one.company_id,
                one.partner_id,
            ).get(one.partner_id.id, {})
            one.write(
                {
                    "revenue": known.get("revenue") or 0.0,
                    "margin": known.get("margin") or 0.0,
                    "violations": known.get("violations") or 0,
                    "rebates": one.rebates or one.dealer_id._rebates_open().get(one.dealer_id.id, 0.0),
                }
            )
            one._compute_neighbours()

    def _compute_neighbours(self):
        """Fill in the dealers of the same larger area, with what they bought now and in the period before."""
        scope = self.env["customer.metric"]._scope(self.date, self.months, self.company_id)
        around = self.dealer_id.area_id.parent_id or self.dealer_id.area_id
        neighbours = self.env["customer.dealer"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("area_id", "child_of", around.ids),
                ("id", "!=", self.dealer_id.id),
            ]
        )
        sales = self.env["customer.dealer.sales"]
        now, before = (
            sales._amounts(self.company_id, period.date_from, period.date_to, neighbours)
            for period in (scope, scope.previous)
        )
        kept = {line.dealer_id.id: line.share for line in self.neighbour_ids}
        self.neighbour_ids.unlink()
        self.env["customer.dealer.appraisal.neighbour"].create(
            [
                {
                    "appraisal_id": self.id,
                    "dealer_id": dealer.id,
                    "amount": now.get(dealer.id, {}).get("amount", 0.0),
                    "amount_before": before.get(dealer.id, {}).get("amount", 0.0),
                    "share": kept.get(dealer.id, 100.0),
                }
                for dealer in neighbours
            ]
        )

    def _approval_check(self):
        """Override: decided is what was judged and has reasons.

        :raises DealerStateError: when the judgement or the reasons are missing
        """
        for one in self:
            if not (one.can_control and one.decision and (one.decision_note or "").strip()):
                raise DealerStateError(
                    self.env._("%s: say whether we control it, what is decided, and why.", one.display_name)
                )
        return super()._approval_check()

    def _approval_amount(self):
        """Override: what the dealer brings."""
        self.ensure_one()
        return self.revenue, self.currency_id

    def _approval_summary(self):
        """Override: the three answers and the decision."""
        self.ensure_one()
        known = self.env["customer.approval"]
        choice = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("can_control", "proposal", "decision")
        }
        facts = [
            ("dealer_id", self.partner_id.display_name),
            *(
                (name, known._format(self[name], self.currency_id))
                for name in (
                    "revenue",
                    "margin",
                    "rebates",
                    "promotions",
                    "support",
                    "net_margin",
                    "neighbour_loss",
                    "net_effect",
                )
            ),
            ("violations", str(self.violations)),
            ("can_control", choice["can_control"].get(self.can_control)),
            ("control_note", self.control_note),
            ("proposal", choice["proposal"].get(self.proposal)),
            ("decision", choice["decision"].get(self.decision)),
            ("decision_note", self.decision_note),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]
