from odoo import api, fields, models

from ..exceptions import DealStateError
from ..tools import mail_key, name_key, number_key, phone_key

KEYS = ("name_key", "vat_key", "mail_key", "phone_key")


class CustomerDealerDeal(models.Model):
    """A dealer registers an end customer that it works on; approved, nobody else gets it for some time.

    The database refuses a second protected deal with the same name, tax number, mail address or telephone, so
    that two approvals at the same moment cannot protect the same end customer twice.
    """

    _name = "customer.dealer.deal"
    _description = "Deal Registration"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin", "customer.links.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _step_error = DealStateError
    _step_fields = (
        "name",
        "protected_from",
        "protected_until",
        "extensions",
        "result",
        "closed_on",
        "source",
    )
    _checked_links = ("lead_id",)

    name = fields.Char("Deal Number", readonly=True, copy=False, index=True)
    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    user_id = fields.Many2one(related="dealer_id.user_id", store=True, index="btree_not_null")
    currency_id = fields.Many2one(related="company_id.currency_id")
    end_customer = fields.Char(
        required=True, tracking=True, help="The company that shall buy from the dealer."
    )
    contact_name = fields.Char(string="Contact")
    email = fields.Char()
    phone = fields.Char()
    vat = fields.Char(string="Tax Number")
    project = fields.Char(help="What it is about, in a few words.")
    goods = fields.Text(help="Which goods, and about how many.")
    amount = fields.Monetary(string="Expected Amount", tracking=True)
    date_expected = fields.Date(string="Expected On", tracking=True)
    note = fields.Text()
    conflict_answer = fields.Char(
        string="Why All the Same", help="Why it is given to the dealer although we work on it ourselves."
    )
    dealer_report = fields.Text(string="News From the Dealer", help="What the dealer says of it later.")
    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        check_company=True,
        help="One that is there already; empty: a new one is made on approval.",
    )
    source = fields.Selection(
        [("staff", "Our Staff"), ("portal", "Portal")],
        default="staff",
        required=True,
        readonly=True,
        copy=False,
    )
    protected_from = fields.Date(readonly=True, copy=False)
    protected_until = fields.Date(readonly=True, copy=False, tracking=True, help="The last day, included.")
    extensions = fields.Integer(readonly=True, copy=False, help="How often the protection was extended.")
    result = fields.Selection(
        [("won", "Won"), ("lost", "Lost"), ("expired", "Expired"), ("released", "Released")],
        readonly=True,
        copy=False,
        tracking=True,
    )
    closed_on = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Registered"),
            ("pending", "To Approve"),
            ("refused", "Refused"),
            ("protected", "Protected"),
            ("won", "Won"),
            ("lost", "Lost"),
            ("expired", "Expired"),
            ("released", "Released"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        help="Protected: until its last day nobody else gets this end customer.",
    )
    name_key = fields.Char(compute="_compute_keys", store=True)
    vat_key = fields.Char(compute="_compute_keys", store=True)
    mail_key = fields.Char(compute="_compute_keys", store=True)
    phone_key = fields.Char(compute="_compute_keys", store=True)
    conflict_note = fields.Text(
        string="Conflicts",
        compute="_compute_conflict_note",
        compute_sudo=True,
        help="Who else works on this end customer, by name, tax number, mail address or telephone.",
    )

    _amount_positive = models.Constraint("CHECK(amount >= 0)", "An amount cannot be negative.")
    _name_once = models.UniqueIndex(
        "(company_id, name_key) WHERE state = 'protected'", "This end customer is protected already."
    )
    _vat_once = models.UniqueIndex(
        "(company_id, vat_key) WHERE state = 'protected' AND vat_key IS NOT NULL",
        "An end customer with this tax number is protected already.",
    )
    _mail_once = models.UniqueIndex(
        "(company_id, mail_key) WHERE state = 'protected' AND mail_key IS NOT NULL",
        "An end customer with this mail address is protected already.",
    )
    _phone_once = models.UniqueIndex(
        "(company_id, phone_key) WHERE state = 'protected' AND phone_key IS NOT NULL",
        "An end customer with this telephone is protected already.",
    )

    @api.depends("approval_state", "result")
    def _compute_state(self):
        for deal in self:
            approved = deal.approval_state == "approved"
            deal.state = deal.result or ("protected" if approved else deal.approval_state)

    @api.depends("end_customer", "vat", "email", "phone")
    def _compute_keys(self):
        for deal in self:
            deal.name_key, deal.vat_key = name_key(deal.end_customer), number_key(deal.vat)
            deal.mail_key, deal.phone_key = mail_key(deal.email), phone_key(deal.phone)

    @api.depends("name", "end_customer")
    def _compute_display_name(self):
        for deal in self:
            deal.display_name = f"{deal.name or ''} {deal.end_customer or ''}".strip()

    @api.depends("state", "dealer_id", "lead_id", *KEYS)
    @api.depends_context("lang")
    def _compute_conflict_note(self):
        found = self._conflicts()
        for deal in self:
            deal.conflict_note = "\n".join(found.get(deal.id, {}).get("notes", [])) or False

    # Guards

    def _step_begin(self, vals):
        """Override: its number."""
        name = self.env["customer.dealer"]._next_number("customer.dealer.deal", vals)
        return {**super()._step_begin(vals), "name": name}

    def _approval_free_fields(self):
        """Override: what the dealer tells about it later."""
        return super()._approval_free_fields() | {"dealer_report"}
