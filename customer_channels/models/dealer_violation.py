from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..exceptions import ViolationStateError
from .dealer_penalty_rule import CONSEQUENCES, REBATES

STAGES = [
    ("reported", "Reported"),
    ("investigating", "Being Investigated"),
    ("not_found", "Not Found"),
    ("found", "Found"),
    ("heard", "Heard"),
    ("deciding", "To Decide"),
    ("decided", "Decided"),
    ("executed", "Carried Out"),
    ("appealed", "Appealed"),
    ("closed", "Closed"),
]


class CustomerDealerViolation(models.Model):
    """A case against a dealer: goods sold outside its territory, prices, or something else.

    Reported, investigated, found or not, the dealer heard, decided by somebody else, carried out, perhaps
    appealed. A price case is only watched until the company's lawyers have cleared penalties on prices.
    """

    _name = "customer.dealer.violation"
    _description = "Dealer Violation"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin", "customer.links.mixin"]
    _order = "date_occurred desc, id desc"
    _check_company_auto = True
    _step_error = ViolationStateError
    _step_fields = (
        "name",
        "stage",
        "accepted_on",
        "found_on",
        "heard_on",
        "decided_on",
        "executed_on",
        "appealed_on",
        "appeal_result",
        "closed_on",
    )
    _checked_links = ("document_ids",)

    name = fields.Char("Case Number", readonly=True, copy=False, index=True)
    kind = fields.Selection(
        [("cross_territory", "Outside the Territory"), ("price", "Price"), ("other", "Other")],
        required=True,
        default="cross_territory",
        tracking=True,
    )
    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user, index=True, tracking=True
    )
    informant_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Who reported it.",
    )
    date_reported = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    date_occurred = fields.Date(
        string="Happened On", required=True, default=fields.Date.context_today, index=True, tracking=True
    )
    area_id = fields.Many2one(
        "customer.area",
        string="Where",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The area in which the goods turned up.",
    )
    summary = fields.Char(string="What Happened", required=True, tracking=True)
    details = fields.Html(help="Item, specification, lot, source, prices, and how it was found out.")
    document_ids = fields.Many2many(
        "ir.attachment",
        "customer_dealer_violation_document_rel",
        "violation_id",
        "attachment_id",
        string="Evidence",
        copy=False,
        help="Trace codes, delivery papers, purchase slips, photos.",
    )
    injury_ids = fields.One2many("customer.dealer.violation.injury", "violation_id", string="Injured Dealers")
    compensation = fields.Monetary(compute="_compute_compensation", store=True)
    goods_amount = fields.Monetary(string="Value of the Goods", tracking=True)
    month_amount = fields.Monetary(
        string="Bought in the Month", compute="_compute_month_share", compute_sudo=True
    )
    month_share = fields.Float(
        string="Part of the Month (%)", compute="_compute_month_share", compute_sudo=True
    )
    nature = fields.Selection(
        [("malicious", "Malicious"), ("natural", "Natural")],
        help="Natural: not more than the part of the month's purchases that the settings allow.",
        tracking=True,
    )
    answer = fields.Text(string="Answer of the Dealer", tracking=True)
    # What is decided
    repeat_number = fields.Integer(
        string="Number of the Case",
        compute="_compute_repeat_number",
        compute_sudo=True,
        help="1: the first proven one of its kind against the dealer.",
    )
    may_punish = fields.Boolean(compute="_compute_may_punish", compute_sudo=True)
    rule_id = fields.Many2one(
        "customer.dealer.penalty.rule",
        string="Rule of the Ladder",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    deduction = fields.Monetary(string="Deducted From the Deposit", tracking=True)
    rebate = fields.Selection(REBATES, string="Rebate Lost", required=True, default="none", tracking=True)
    consequence = fields.Selection(CONSEQUENCES, required=True, default="none", tracking=True)
    stop_days = fields.Integer(string="Supply Stopped (Days)", tracking=True)
    reward = fields.Monetary(string="Reward of the Informant", tracking=True)
    decision = fields.Text(string="Reasons", tracking=True)
    deposit_ids = fields.One2many("customer.dealer.deposit", "violation_id", string="Deductions")
    # Steps
    stage = fields.Selection(
        [one for one in STAGES if one[0] != "deciding"],
        default="reported",
        required=True,
        readonly=True,
        copy=False,
    )
    accepted_on = fields.Date(readonly=True, copy=False)
    found_on = fields.Date(readonly=True, copy=False)
    heard_on = fields.Date(readonly=True, copy=False)
    decided_on = fields.Date(readonly=True, copy=False)
    executed_on = fields.Date(readonly=True, copy=False)
    appealed_on = fields.Date(readonly=True, copy=False)
    closed_on = fields.Date(readonly=True, copy=False)
    appeal = fields.Text(tracking=True, help="What the dealer holds against the decision.")
    appeal_result = fields.Selection(
        [("rejected", "Rejected"), ("accepted", "Accepted: the decision is void")],
        readonly=True,
        copy=False,
        tracking=True,
    )
    state = fields.Selection(STAGES, compute="_compute_state", store=True, index=True, tracking=True)
    is_proven = fields.Boolean(
        string="Proven", compute="_compute_state", store=True, help="Decided, and not void by an appeal."
    )
    deadline = fields.Date(compute="_compute_deadline", store=True, help="Until when the next step is due.")

    _amounts_positive = models.Constraint(
        "CHECK(deduction >= 0 AND reward >= 0 AND goods_amount >= 0 AND stop_days >= 0)",
        "The amounts and days of a case cannot be negative.",
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_reported >= date_occurred)", "A case is reported after it happened."
    )

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for case in self:
            words = [case.name, case.partner_id.name]
            case.display_name = " ".join(word for word in words if word)

    @api.depends("injury_ids.amount")
    def _compute_compensation(self):
        for case in self:
            case.compensation = sum(case.injury_ids.mapped("amount"))

    @api.depends("goods_amount", "date_occurred", "dealer_id")
    def _compute_month_share(self):
        sales = self.env["customer.dealer.sales"]
        for (company, month), cases in self.grouped(
            lambda one: (
                one.company_id,
                one.date_occurred and fields.Date.start_of(one.date_occurred, "month"),
            )
        ).items():
            last = month and fields.Date.end_of(month, "month")
            bought = (
                sales._amounts(company, month, last, cases.dealer_id._origin) if company and month else {}
            )
            for case in cases:
                case.month_amount = bought.get(case.dealer_id._origin.id, {}).get("amount", 0.0)
                case.month_share = case.month_amount > 0 and 100 * case.goods_amount / case.month_amount

    @api.depends("dealer_id", "kind", "date_occurred")
    def _compute_repeat_number(self):
        for case in self:
            before = [
                ("dealer_id", "=", case.dealer_id.id),
                ("kind", "=", case.kind),
                ("is_proven", "=", True),
                ("date_occurred", "<=", case.date_occurred),
                ("id", "!=", case._origin.id),
            ]
            case.repeat_number = self.search_count(before) + 1

    @api.depends("kind", "company_id")
    def _compute_may_punish(self):
        for case in self:
            case.may_punish = case.kind != "price" or case.company_id.customer_dealer_price_cleared

    @api.depends("stage", "approval_state", "appeal_result")
    def _compute_state(self):
        for case in self:
            deciding = case.stage == "heard" and case.approval_state == "pending"
            case.state = "deciding" if deciding else case.stage
            case.is_proven = case.approval_state == "approved" and case.appeal_result != "accepted"

    @api.depends("stage", "date_reported", "accepted_on", "found_on")
    def _compute_deadline(self):
        for case in self:
            company = case.company_id.sudo()
            begin, days = {
                "reported": (case.date_reported, company.customer_dealer_accept_days),
                "investigating": (case.accepted_on, company.customer_dealer_investigate_days),
                "found": (case.found_on, company.customer_dealer_hearing_days),
            }.get(case.stage, (False, 0))
            case.deadline = begin and fields.Date.add(begin, days=days)

    @api.constrains("kind", "deduction", "rebate", "consequence", "stop_days")
    def _check_may_punish(self):
        for case in self:
            hard = case.deduction or case.rebate != "none" or case.consequence not in ("none", "warning")
            if hard and not case.may_punish:
                raise ValidationError(
                    self.env._(
                        "%s: penalties on prices are not cleared by law in this company, so a price case is watched "
                        "only. Take the penalty away, or have it cleared in the settings.",
                        case.display_name,
                    )
                )

    @api.constrains("document_ids")
    def _check_documents(self):
        """Take uploads of one's own along; a document of something else is not evidence of this."""
        for case in self:
            documents = case.sudo().document_ids
            new = documents.filtered(lambda one: not one.res_id and one.create_uid == self.env.user)
            new.write({"res_model": self._name, "res_id": case.id})
            if any((one.res_model, one.res_id) != (self._name, case.id) for one in documents):
                raise ValidationError(
                    self.env._("A document of “%s” belongs to something else. Upload it here.", case.name)
                )

    def _step_begin(self, vals):
        """Override: its number."""
        name = self.env["customer.dealer"]._next_number("customer.dealer.violation", vals)
        return {**super()._step_begin(vals), "name": name}

    def _approval_free_fields(self):
        """Override: who looks after it, and the appeal, may change after the decision."""
        return super()._approval_free_fields() | {"user_id", "appeal"}
