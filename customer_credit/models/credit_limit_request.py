from odoo import api, fields, models

from .credit_rating_change import STATES

KINDS = [
    ("base", "Credit Limit"),
    ("temporary", "Temporary Increase"),
    ("cash", "Cash Only"),
    ("none", "No Limit"),
    ("terms", "Payment Terms"),
]
# Those who see what credit an account has; whoever only asks for it does not.
SEES = "customer_credit.group_credit_user"
# What the size of a request without a bound counts for approval rules.
UNBOUNDED = 999_999_999_999.0


class CustomerCreditLimitRequest(models.Model):
    """Somebody asks for another limit or other terms of a payer; somebody else approves. (4.18)

    This is the only way to a limit besides a review: an approved request makes the rows of
    ``customer.credit.limit``. What the account had, and what the customer bought and paid, is taken down when
    the request is submitted.
    """

    _name = "customer.credit.limit.request"
    _description = "Credit Limit Request"
    _inherit = ["customer.credit.typed.mixin", "customer.approval.mixin"]
    _order = "id desc"
    _check_company_auto = True

    kind = fields.Selection(KINDS, string="Asked For", required=True, default="base", tracking=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Payer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '=', False)]",
        check_company=True,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict", default=lambda self: self.env.company
    )
    account_id = fields.Many2one(
        "customer.credit.account",
        string="Credit Account",
        compute="_compute_account_id",
        store=True,
        index="btree_not_null",
        ondelete="restrict",
        groups=SEES,
        help="Opened when the request is approved, if there is none yet.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of the Company")
    amount = fields.Monetary(
        string="New Limit or Increase",
        tracking=True,
        help="The new limit; for a temporary increase, by how much the limit is raised.",
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="To", help="The last day, included.")
    payment_term_id = fields.Many2one(
        "account.payment.term",
        string="New Terms",
        check_company=True,
        tracking=True,
        help="Empty: the terms stay as they are.",
    )
    reason = fields.Text(required=True)
    security = fields.Text(string="New Security", help="What the payer gives in return.")
    opinion = fields.Text(help="What sales, finance or others think of it.")
    # As it was when the request was submitted
    rated_as = fields.Char(string="Rating", readonly=True, copy=False, groups=SEES)
    old_state = fields.Selection(STATES, string="Limit Before", readonly=True, copy=False, groups=SEES)
    old_amount = fields.Monetary(
        string="Old Limit", currency_field="company_currency_id", readonly=True, copy=False, groups=SEES
    )
    old_term_id = fields.Many2one(
        "account.payment.term",
        string="Old Terms",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        groups=SEES,
    )
    change = fields.Monetary(
        string="Increase or Decrease",
        currency_field="company_currency_id",
        compute="_compute_change",
        store=True,
        groups=SEES,
        help="Of the limit, at the rate of the day. To no limit there is no amount.",
    )
    sales = fields.Monetary(
        string="Sales in 12 Months",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        groups=SEES,
    )
    receipts = fields.Monetary(
        string="Receipts in 12 Months",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        groups=SEES,
    )
    overdue = fields.Monetary(currency_field="company_currency_id", readonly=True, copy=False, groups=SEES)
    figures_on = fields.Date(string="Figures As Of", readonly=True, copy=False, help="When it was submitted.")

    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A credit limit cannot be negative.")
    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)", "A limit cannot end before it begins."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: who pays is the company that a contact belongs to."""
        return super().create([self._of_payer(vals) for vals in vals_list])

    def write(self, vals):
        """Override of `base`: who pays is the company that a contact belongs to."""
        return super().write(self._of_payer(vals))

    def _of_payer(self, vals):
        if not vals.get("partner_id"):
            return vals
        payer = self.env["res.partner"].browse(vals["partner_id"]).sudo().commercial_partner_id
        return {**vals, "partner_id": payer.id}

    @api.depends("partner_id", "company_id")
    def _compute_account_id(self):
        for company, requests in self.grouped("company_id").items():
            accounts = self.env["customer.credit.account"]._of(requests.partner_id, company)
            for request in requests:
                request.account_id = accounts.get(request.partner_id.commercial_partner_id.id)

    @api.depends("kind", "partner_id.name")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            request.display_name = f"{request.partner_id.name or ''}: {labels.get(request.kind, '')}"

    @api.depends("kind", "amount", "currency_id", "old_amount", "old_state", "company_id", "approval_state")
    def _compute_change(self):
        for request in self:
            if request.kind in ("none", "terms") or not request.company_id:
                request.change = 0.0
                continue
            amount = request._in_company_currency()
            request.change = amount if request.kind == "temporary" else amount - request._present()

    def _in_company_currency(self):
        """Return what is asked for in the currency of the company: nothing where everything is paid first."""
        self.ensure_one()
        if self.kind == "cash":
            return 0.0
        today = fields.Date.context_today(self)
        return self.currency_id._convert(self.amount, self.company_currency_id, self.company_id, today)

    def _present(self):
        """Return the limit before, in the currency of the company: of drafts as it is now."""
        self.ensure_one()
        known = self.sudo()
        if known.figures_on or not known.account_id:
            return known.old_amount
        return known.account_id._base_limits()[known.account_id] or 0.0

    # Hooks of the approval

    def _approval_amount(self):
        """Override: by how much the limit grows; a limit that falls counts zero, no limit counts as endless."""
        self.ensure_one()
        known, currency = self.sudo(), self.company_currency_id
        if self.kind == "none" and known.old_state != "none":
            return UNBOUNDED, currency
        return max(known.change, 0.0), currency

    def _approval_summary(self):
        """Override: the payer, what it has, what is asked for, and why."""
        self.ensure_one()
        known = self.env["customer.approval"]
        facts = [("partner_id", self.partner_id.display_name), ("kind", self._kind_words())]
        if self.env.user.has_group(SEES):
            facts += [
                ("rated_as", self.rated_as),
                ("old_amount", self._old_words()),
                ("old_term_id", self.old_term_id.name),
            ]
        facts += [
            ("amount", self.amount and known._format(self.amount, self.currency_id)),
            ("date_from", known._format_day(self.date_from)),
            ("date_to", self.date_to and known._format_day(self.date_to)),
            ("payment_term_id", self.payment_term_id.name),
        ]
        if self.env.user.has_group(SEES):
            money = ("sales", "receipts", "overdue")
            facts += [(name, known._format(self[name], self.company_currency_id)) for name in money]
        facts += [("security", self.security), ("reason", self.reason), ("opinion", self.opinion)]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]

    def _kind_words(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _old_words(self):
        """Return the limit before in words: no limit, cash only, or the amount."""
        account = self.env["customer.credit.account"]
        states = dict(self._fields["old_state"]._description_selection(self.env))
        if self.old_state == "limit":
            return self.env["customer.approval"]._format(self.old_amount, self.company_currency_id)
        return states.get(self.old_state or account._state_of(None))

    def action_open_account(self):
        """Open the credit account of the payer."""
        self.ensure_one()
        account = self.account_id
        return account._get_records_action() if account else False
