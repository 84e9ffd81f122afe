from odoo import api, fields, models

from .credit_limit_request import UNBOUNDED
from .credit_rating_change import STATES
from .credit_review_company import COMBINATIONS

# What follows from the figures until somebody enters something else.
ENTERED = ("amount", "term_days", "payment_term_id", "next_review")
CHOICES = [*STATES[::-1], ("keep", "Keep As It Is")]


class CustomerCreditReview(models.Model):
    """What is thought of the credit of one payer on one day, and what limit and terms follow. (4.14, 4.16)

    The score of an assessment gives a rating, vetoes cap it, somebody may override it for a while; limit
    methods give a proposal, which rating, appetite and step bound. Once approved, the account has the rating,
    the limit, the terms and the day of the next review, and nothing here changes any more.
    """

    _name = "customer.credit.review"
    _description = "Credit Review"
    _inherit = ["customer.credit.typed.mixin", "customer.approval.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    account_id = fields.Many2one(
        "customer.credit.account", string="Credit Account", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(related="account_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="account_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="As Of", required=True, default=fields.Date.context_today, help="Figures count up to this day."
    )
    user_id = fields.Many2one(
        "res.users", string="Prepared By", required=True, default=lambda self: self.env.user
    )
    old_score_name = fields.Char(string="Rating Before", readonly=True, copy=False)
    old_state = fields.Selection(STATES, string="Limit Before", readonly=True, copy=False)
    old_amount = fields.Monetary(string="Old Limit", readonly=True, copy=False)
    # What it says
    risks = fields.Text()
    strengths = fields.Text()
    security_demanded = fields.Text()
    monitoring = fields.Text(help="What is watched until the next review.")
    opinion_sales = fields.Text(string="Opinion of Sales")
    opinion_finance = fields.Text(string="Opinion of Finance")
    opinion_manager = fields.Text(string="Opinion of the Manager")
    # What follows
    limit_choice = fields.Selection(
        CHOICES, string="Decision", required=True, default="limit", copy=False, tracking=True
    )
    amount = fields.Monetary(
        string="Credit Limit",
        compute="_compute_amount",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="The proposal, unless another limit is entered.",
    )
    amount_reason = fields.Char(string="Why More", help="Why the limit is higher than the proposal.")
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today, copy=False)
    date_to = fields.Date(string="To", copy=False, help="Empty: until another limit follows.")
    term_days = fields.Integer(
        string="Term (Days)", compute="_compute_term_days", store=True, readonly=False, copy=False
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        string="Suggested Terms",
        compute="_compute_payment_term_id",
        store=True,
        readonly=False,
        copy=False,
        check_company=True,
        help="The longest of your payment terms that the rating allows. Empty: the terms stay as they are.",
    )
    payment_means = fields.Char(help="How it pays, such as by bank transfer or acceptance.")
    next_review = fields.Date(compute="_compute_next_review", store=True, readonly=False, copy=False)
    # How a combination is made
    combination = fields.Selection(
        COMBINATIONS,
        string="Combination of Methods",
        required=True,
        default=lambda self: self.env.company.customer_credit_combination,
    )
    input_ids = fields.One2many("customer.credit.review.input", "review_id", copy=False)
    method_ids = fields.One2many("customer.credit.review.method", "review_id", copy=False)
    veto_ids = fields.One2many("customer.credit.review.veto", "review_id", copy=False)

    _in_force_idx = models.Index("(account_id, date_from DESC) WHERE approval_state = 'approved'")
    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)", "A limit cannot end before it begins."
    )
    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A credit limit cannot be negative.")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a review begins with the figures, methods and vetoes of today."""
        reviews = super().create(vals_list)
        reviews._draft()
        for review, vals in zip(reviews, vals_list, strict=True):
            entered = {name: vals[name] for name in ENTERED if name in vals}
            if entered:
                review.write(entered)
        return reviews

    def copy(self, default=None):
        """Override of `base`: a copy is a new review, with the figures of today."""
        return super().copy({"date": fields.Date.context_today(self), **(default or {})})

    @api.depends("partner_id.name", "date")
    def _compute_display_name(self):
        for review in self:
            day = self.env["customer.approval"]._format_day(review.date) if review.date else ""
            review.display_name = f"{review.partner_id.name or ''} · {day}"

    @api.depends("has_proposal", "proposed_amount")
    def _compute_amount(self):
        for review in self:
            review.amount = review.proposed_amount

    @api.depends("final_rating_id")
    def _compute_term_days(self):
        for review in self:
            review.term_days = review.final_rating_id.credit_days

    @api.depends("term_days", "final_rating_id")
    def _compute_payment_term_id(self):
        for company, reviews in self.grouped("company_id").items():
            terms = reviews._terms_by_days(company) if company else {}
            for review in reviews:
                fitting = [days for days in terms if days <= review.term_days]
                found = terms[max(fitting)] if fitting and review.final_rating_id else False
                review.payment_term_id = found

    @api.model
    def _terms_by_days(self, company):
        """Return the payment terms of a company by the day on which the last part is due, one for each day."""
        terms = self.env["account.payment.term"].search([("company_id", "in", [company.id, False])])
        found = {}
        for term in terms:
            lines = term.line_ids
            if lines and set(lines.mapped("delay_type")) == {"days_after"}:
                found.setdefault(max(lines.mapped("nb_days")), term)
        return found

    @api.depends("final_rating_id", "override_until", "override_rating_id", "date_from")
    def _compute_next_review(self):
        for review in self:
            review.next_review = review._latest_review()

    def _latest_review(self):
        """Return the last day that the rating allows for the next review; an override ends earlier."""
        self.ensure_one()
        months = self.final_rating_id.review_months
        last = fields.Date.add(self.date_from, months=months) if months and self.date_from else None
        ends = self.override_rating_id and self.override_until
        return min(last, ends) if last and ends else ends or last or False

    # Hooks of the approval

    def _approval_amount(self):
        """Override: the limit that is decided; none at all counts as endless, one that stays counts zero."""
        self.ensure_one()
        if self.limit_choice == "none":
            return UNBOUNDED, self.currency_id
        return self.amount if self.limit_choice == "limit" else 0.0, self.currency_id

    def _approval_summary(self):
        """Override: the rating and the limit before and after, and how they came about."""
        self.ensure_one()
        known, states = self.env["customer.approval"], dict(STATES)
        choices = dict(self._fields["limit_choice"]._description_selection(self.env))
        money = known._format(self.amount, self.currency_id) if self.limit_choice == "limit" else ""
        facts = [
            ("partner_id", self.partner_id.display_name),
            ("old_score_name", self.old_score_name),
            ("score", self.has_score and f"{self.score:g}"),
            ("score_rating_id", self.score_rating_id.name),
            ("cap_reason", self.cap_reason),
            ("override_reason", self.override_rating_id and self.override_reason),
            ("final_rating_id", self.final_rating_id.name),
            ("old_amount", self.old_state in states and self.account_id._limit_words(self._old_limit())),
            ("proposed_amount", self.has_proposal and known._format(self.proposed_amount, self.currency_id)),
            ("limit_choice", f"{choices[self.limit_choice]} {money}".strip()),
            ("amount_reason", self.amount_reason),
            ("payment_term_id", self.payment_term_id.name),
            ("next_review", self.next_review and known._format_day(self.next_review)),
            ("risks", self.risks),
            ("strengths", self.strengths),
            ("security_demanded", self.security_demanded),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]

    def _old_limit(self):
        """Return the limit before: an amount, or None when there was none."""
        return None if self.old_state == "none" else self.old_amount

    def action_open_account(self):
        """Open the credit account that is reviewed."""
        self.ensure_one()
        return self.account_id._get_records_action()
