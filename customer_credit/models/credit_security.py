from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..exceptions import SecurityStateError


class CustomerCreditSecurity(models.Model):
    """What covers the debt of a payer: a mortgage, a guarantee, a deposit, an insurance ...

    It is entered by one person and confirmed by a credit manager, then it is in force until it is released
    or its last day is past. Counted is its value less what others may take first, less the haircut, and only
    while it outlasts the longest agreed payment terms: what is sold today must still be covered when it is due.
    """

    _name = "customer.credit.security"
    _description = "Credit Security"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin"]
    _order = "account_id, rank, date_from, id"
    _check_company_auto = True
    _step_error = SecurityStateError
    _step_fields = ("confirmed_on", "released_on", "release_reason", "expired_on", "warned_on")

    name = fields.Char(required=True, help="What it is: the flat, the policy, the letter.", tracking=True)
    account_id = fields.Many2one(
        "customer.credit.account",
        string="Credit Account",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="account_id.partner_id", store=True, index=True)
    kind_id = fields.Many2one(
        "customer.credit.security.kind",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    is_insurance = fields.Boolean(related="kind_id.is_insurance")
    by_guarantor = fields.Boolean(related="kind_id.by_guarantor")
    guarantor_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", check_company=True, tracking=True
    )
    insurer_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", check_company=True, tracking=True
    )
    policy_number = fields.Char(tracking=True)
    cover_percent = fields.Float(
        string="Cover (%)", default=90.0, help="The part of a loss that the insurer pays.", tracking=True
    )
    longest_term = fields.Integer(
        string="Longest Term (Days)",
        default=0,
        help="Sales on longer terms are not insured; 0: any term.",
        tracking=True,
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id, tracking=True
    )
    value = fields.Monetary(
        string="Security Value",
        required=True,
        help="What it is worth today; of an insurance, the limit for this buyer.",
        tracking=True,
    )
    prior_claims = fields.Monetary(
        string="Claims Before Ours", help="What those of a better rank may take first.", tracking=True
    )
    haircut = fields.Float(
        string="Haircut (%)",
        compute="_compute_haircut",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    secured_amount = fields.Monetary(
        compute="_compute_secured_amount", store=True, help="The value less prior claims, less the haircut."
    )
    rank = fields.Integer(default=1, help="1: nobody comes before us.", tracking=True)
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today, tracking=True)
    date_to = fields.Date(string="To", help="The last day, included; empty: without an end.", tracking=True)
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        index=True,
        help="Who is told before it expires.",
        tracking=True,
    )
    document_ids = fields.Many2many(
        "ir.attachment",
        "customer_credit_security_document_rel",
        "security_id",
        "attachment_id",
        string="Papers",
        copy=False,
        help="The deed, the letter, the policy.",
    )
    note = fields.Text()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("pending", "To Confirm"),
            ("refused", "Refused"),
            ("force", "In Force"),
            ("expired", "Expired"),
            ("released", "Discharged"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    confirmed_on = fields.Date(readonly=True, copy=False)
    released_on = fields.Date(readonly=True, copy=False)
    release_reason = fields.Char(readonly=True, copy=False)
    expired_on = fields.Date(readonly=True, copy=False)
    warned_on = fields.Date(readonly=True, copy=False)
    expires_soon = fields.Boolean(compute="_compute_expires_soon")

    _value_positive = models.Constraint(
        "CHECK(value > 0 AND prior_claims >= 0)",
        "A security is worth more than 0, and claims before ours are not negative.",
    )
    _percent_valid = models.Constraint(
        "CHECK(haircut BETWEEN 0 AND 100 AND cover_percent BETWEEN 0 AND 100)",
        "A haircut and a cover are between 0 and 100 %.",
    )
    _rank_valid = models.Constraint(
        "CHECK(rank > 0 AND longest_term >= 0)", "Ranks begin with 1, and a term has 0 or more days."
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)", "A security cannot end before it begins."
    )

    @api.depends("kind_id", "cover_percent")
    def _compute_haircut(self):
        for security in self:
            kind = security.kind_id
            security.haircut = 100 - security.cover_percent if kind.is_insurance else kind.haircut

    @api.depends("value", "prior_claims", "haircut")
    def _compute_secured_amount(self):
        for security in self:
            free = max(security.value - security.prior_claims, 0.0)
            security.secured_amount = free * (1 - security.haircut / 100)

    @api.depends("approval_state", "released_on", "expired_on")
    def _compute_state(self):
        for security in self:
            if security.approval_state != "approved":
                security.state = security.approval_state
            elif security.released_on:
                security.state = "released"
            else:
                security.state = "expired" if security.expired_on else "force"

    @api.depends("date_to", "state")
    def _compute_expires_soon(self):
        today = fields.Date.context_today(self)
        for security in self:
            last = fields.Date.add(today, days=security.company_id.customer_credit_cover_days)
            ends = security.date_to and security.date_to <= last
            security.expires_soon = bool(security.state == "force" and ends)

    @api.constrains("guarantor_id", "account_id")
    def _check_guarantor(self):
        for security in self:
            if security.guarantor_id.commercial_partner_id == security.partner_id:
                raise ValidationError(
                    self.env._(
                        "“%s” cannot answer for its own debt. Name the guarantor.", security.partner_id.name
                    )
                )

    @api.constrains("document_ids")
    def _check_documents(self):
        """Take uploads of one's own along; a document of something else is not evidence of this."""
        for security in self:
            documents = security.sudo().document_ids
            new = documents.filtered(lambda one: not one.res_id and one.create_uid == self.env.user)
            new.write({"res_model": self._name, "res_id": security.id})
            if set(documents.mapped("res_model")) - {self._name} or set(documents.mapped("res_id")) - {
                security.id
            }:
                raise ValidationError(
                    self.env._("A document of “%s” belongs to something else. Upload it here.", security.name)
                )

    def _approval_free_fields(self):
        """Override: who looks after it, and what was noted, may change while it is in force."""
        return super()._approval_free_fields() | {"user_id", "note"}

    def _approval_amount(self):
        """Override: what it secures."""
        self.ensure_one()
        return self.secured_amount, self.currency_id
