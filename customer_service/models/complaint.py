from odoo import api, fields, models

from ..exceptions import ComplaintStepError

# Listen, confirm, assess, agree, carry out, follow up (row B10 of the handbook).
STAGES = [
    ("listen", "Listen"),
    ("confirm", "Confirm"),
    ("assess", "Assess"),
    ("agree", "Agree"),
    ("carry_out", "Carry Out"),
    ("follow_up", "Follow Up"),
    ("closed", "Closed"),
]
SOURCES = [
    ("phone", "Phone"),
    ("visit", "On Site"),
    ("letter", "Letter"),
    ("mail", "E-mail"),
    ("portal", "Portal"),
    ("web", "Website"),
    ("survey", "Survey"),
    ("other", "Other"),
]
OUTCOMES = [
    ("settled", "Settled"),
    ("rejected", "Rejected"),
    ("withdrawn", "Withdrawn"),
    ("duplicate", "Duplicate"),
]


class CustomerComplaint(models.Model):
    """What a customer complains about: who, which goods, what it claims, what is done about it, and by when.

    It goes from listening to following up; each stage has its step, and a step says what is still missing. What
    the customer gets stands in remedies, what prevents the next one in actions; both hang on the complaint.
    """

    _name = "customer.complaint"
    _description = "Complaint"
    _inherit = ["customer.steps.mixin", "portal.mixin", "mail.thread.cc", "mail.activity.mixin"]
    _order = "date_received desc, id desc"
    _rec_names_search = ["name", "summary"]
    _check_company_auto = True
    _primary_email = "email_from"
    _step_state = "stage"
    _step_error = ComplaintStepError
    _step_fields = (
        "stage",
        "outcome",
        "date_acknowledged",
        "date_answered",
        "date_closed",
        "waiting_since",
        "reopened_on",
        "reopen_count",
        "original_id",
    )

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    summary = fields.Char(required=True, tracking=True, help="What it is about, in a line.")
    description = fields.Html(string="What the Customer Says")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    team_id = fields.Many2one(
        "customer.service.team",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Handled By",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    # Who complains

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="The customer or its contact who complains. Empty as long as nobody knows who wrote.",
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Company of the Customer",
        store=True,
        index="btree_not_null",
    )
    contact_name = fields.Char(compute="_compute_contact", store=True, readonly=False, precompute=True)
    email_from = fields.Char(
        "E-mail", compute="_compute_contact", store=True, readonly=False, precompute=True
    )
    phone = fields.Char(compute="_compute_contact", store=True, readonly=False, precompute=True)
    source = fields.Selection(SOURCES, required=True, default="phone", tracking=True)
    date_received = fields.Datetime(
        "Received On", required=True, default=fields.Datetime.now, copy=False, index=True, tracking=True
    )
    # What about

    kind_id = fields.Many2one(
        "customer.complaint.kind",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    order_id = fields.Many2one(
        "sale.order",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('partner_id', 'child_of', commercial_partner_id), ('state', '=', 'sale')]",
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Delivery",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('partner_id', 'child_of', commercial_partner_id), ('picking_type_code', '=', 'outgoing')]",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('commercial_partner_id', '=', commercial_partner_id), ('state', '=', 'posted'), "
        "('move_type', '=', 'out_invoice')]",
    )
    line_ids = fields.One2many("customer.complaint.line", "complaint_id", string="Goods", copy=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        store=True,
        precompute=True,
        ondelete="restrict",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    # What the customer asks for (8.11, B9)

    claim_amount = fields.Monetary("Compensation", tracking=True)
    claim_discount = fields.Float("Discount (%)", digits=(16, 2), tracking=True)
    claim_quantity = fields.Float("Return Quantity", digits="Product Unit", tracking=True)
    claim_other = fields.Char("Something Else", tracking=True)
    # How far it is

    stage = fields.Selection(
        STAGES,
        required=True,
        readonly=True,
        copy=False,
        default="listen",
        index=True,
        group_expand=True,
        tracking=True,
    )
    stage_ids = fields.One2many("customer.complaint.stage", "complaint_id", string="Stages", readonly=True)
    outcome = fields.Selection(OUTCOMES, readonly=True, copy=False, index=True, tracking=True)
    date_acknowledged = fields.Datetime("Acknowledged", readonly=True, copy=False)
    date_answered = fields.Datetime(
        "First Answer", readonly=True, copy=False, help="The first answer of a person, not of a machine."
    )
    date_closed = fields.Datetime("Closed On", readonly=True, copy=False, tracking=True)
    waiting_since = fields.Datetime(
        "Waiting for the Customer", readonly=True, copy=False, tracking=True, help="The clock stands still."
    )
    reopened_on = fields.Datetime(readonly=True, copy=False)
    reopen_count = fields.Integer("Reopened", readonly=True, copy=False)
    original_id = fields.Many2one(
        "customer.complaint",
        string="Same As",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The complaint that this one repeats word for word; everything goes on there.",
    )
    follows_id = fields.Many2one(
        "customer.complaint",
        string="Comes After",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('commercial_partner_id', '=', commercial_partner_id), ('id', '!=', id)]",
        help="The earlier complaint that comes back in this one.",
    )

    _number_unique = models.UniqueIndex(
        "(company_id, name)", "There is already a complaint with this number."
    )
    _closed_complete = models.Constraint(
        "CHECK((stage = 'closed') = (date_closed IS NOT NULL) AND (stage = 'closed') = (outcome IS NOT NULL))",
        "A closed complaint has a day and an outcome.",
    )
    _claim_positive = models.Constraint(
        "CHECK(claim_amount >= 0 AND claim_quantity >= 0 AND claim_discount BETWEEN 0 AND 100)",
        "What the customer claims is not negative, and a discount is at most 100 %.",
    )
    _open = models.Index("(company_id, stage) WHERE stage <> 'closed'")

    @api.depends("company_id", "kind_id")
    def _compute_team_id(self):
        for complaint in self:
            team = complaint.team_id
            if not team or team.company_id not in (complaint.company_id, team.company_id.browse()):
                complaint.team_id = team._best(complaint.company_id, complaint.kind_id)

    @api.depends("partner_id")
    def _compute_contact(self):
        for complaint in self:
            partner = complaint.partner_id
            if partner:
                complaint.contact_name = partner.name if not partner.is_company else False
                complaint.email_from = partner.email
                complaint.phone = partner.phone

    @api.depends("move_id", "order_id", "company_id")
    def _compute_currency_id(self):
        for complaint in self:
            document = complaint.move_id or complaint.order_id
            complaint.currency_id = document.currency_id or complaint.company_id.currency_id

    @api.depends("name", "summary")
    def _compute_display_name(self):
        for complaint in self:
            complaint.display_name = f"{complaint.name} {complaint.summary or ''}".strip()

    def _compute_access_url(self):
        """Override of `portal`: its page at the customer's."""
        result = super()._compute_access_url()
        for complaint in self:
            complaint.access_url = f"/my/complaints/{complaint.id}"
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: number them, and begin to listen."""
        numbers = self.env["ir.sequence"].sudo()
        vals_list = [dict(vals) for vals in vals_list]
        for vals in vals_list:
            company = vals.get("company_id") or self.default_get(["company_id"])["company_id"]
            vals["name"] = numbers.with_company(company).next_by_code("customer.complaint") or "/"
        complaints = super().create(vals_list)
        complaints._stage_begun()
        return complaints
