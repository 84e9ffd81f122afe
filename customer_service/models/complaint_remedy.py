from odoo import api, fields, models
from odoo.fields import Domain

from ..exceptions import RemedyStepError

STATES = [
    ("draft", "Draft"),
    ("pending", "To Approve"),
    ("refused", "Not Approved"),
    ("approved", "Approved"),
    ("offered", "Offered"),
    ("accepted", "Accepted"),
    ("declined", "Declined by the Customer"),
    ("running", "Being Carried Out"),
    ("done", "Carried Out"),
    ("void", "Void"),
]
# What was not approved, not accepted or taken back binds nobody.
DEAD = ("refused", "declined", "void")
# What counts towards the authority: submitted, and not dead.
BINDING = ("pending", "approved", "offered", "accepted", "running", "done")
ANSWER = ("answered_on", "answered_by_id", "answer", "document_ids")


class CustomerComplaintRemedy(models.Model):
    """What a customer gets for a complaint: proposed, approved by amount, offered, accepted, carried out.

    Each line is one thing: money, goods or words. A complaint may have several proposals; what counts for the
    authority is the total of all that bind, so that small ones cannot pass under it. Carrying out makes documents
    of the host only, and the proposal is done when they are: posted, received, delivered, repaired.
    """

    _name = "customer.complaint.remedy"
    _description = "Remedy of a Complaint"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _step_state = "state"
    _step_error = RemedyStepError
    _step_fields = ("name", "step", "offered_on", "carried_out_on", "ended_early")
    # An answer stays as it was given.
    _step_open = dict.fromkeys(ANSWER, ("draft", "approved", "offered"))

    name = fields.Char("Proposal", readonly=True, copy=False, default="/", index=True)
    complaint_id = fields.Many2one(
        "customer.complaint", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        related="complaint_id.commercial_partner_id",
        string="Customer",
        store=True,
        index="btree_not_null",
        precompute=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Proposed By",
        default=lambda self: self.env.user,
        index="btree_not_null",
        ondelete="restrict",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    line_ids = fields.One2many(
        "customer.complaint.remedy.line", "remedy_id", string="The Customer Gets", copy=True
    )
    order_ids = fields.One2many("sale.order", "complaint_remedy_id", string="Orders")
    complaint_stage = fields.Selection(related="complaint_id.stage", string="Stage of the Complaint")
    reason = fields.Text(string="Why", help="Why the customer gets this; the approver reads it.")
    amount_company = fields.Monetary(
        "Amount",
        compute="_compute_amount_company",
        store=True,
        currency_field="company_currency_id",
        help="What it gives away, in company currency: money, and goods at their selling price.",
    )
    total_company = fields.Monetary(
        "Total of the Complaint",
        compute="_compute_total_company",
        currency_field="company_currency_id",
        help="This proposal and all others of the complaint that bind. It decides who has to approve.",
    )
    step = fields.Selection(
        [one for one in STATES if one[0] not in ("pending", "refused", "approved", "done")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
    )
    state = fields.Selection(STATES, compute="_compute_state", store=True, index=True, tracking=True)
    offered_on = fields.Date(readonly=True, copy=False)
    answered_on = fields.Date(copy=False, tracking=True)
    answered_by_id = fields.Many2one(
        "res.partner",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="The person at the customer who accepts or declines.",
    )
    answer = fields.Text("The Customer's Answer", copy=False)
    document_ids = fields.Many2many(
        "ir.attachment",
        "customer_complaint_remedy_document_rel",
        "remedy_id",
        "attachment_id",
        string="Evidence",
        copy=False,
        help="The signed allowance slip, or the letter in which the customer agrees.",
    )
    carried_out_on = fields.Date(readonly=True, copy=False)
    ended_early = fields.Text(
        "Ended as It Is",
        readonly=True,
        copy=False,
        help="Why it counts as carried out though something is open.",
    )
    needs_slip = fields.Boolean(
        compute="_compute_needs_slip", help="Money is given: the customer signs the slip."
    )

    _number_unique = models.UniqueIndex(
        "(company_id, name) WHERE name <> '/'", "There is already a proposal with this number."
    )

    @api.depends("line_ids.value_company")
    def _compute_amount_company(self):
        for remedy in self:
            remedy.amount_company = sum(remedy.line_ids.mapped("value_company"))

    @api.depends("amount_company", "complaint_id")
    def _compute_total_company(self):
        bound = self._bound_amounts(self.complaint_id)
        for remedy in self:
            known = bound.get(remedy.complaint_id.id, 0.0)
            counted = remedy._origin.amount_company if remedy.state in BINDING else 0.0
            remedy.total_company = known - counted + remedy.amount_company

    @api.depends("step", "approval_state", "ended_early", "line_ids.is_done")
    def _compute_state(self):
        for remedy in self:
            if remedy.step == "running":
                over = remedy.ended_early or all(remedy.line_ids.mapped("is_done"))
                remedy.state = "done" if over else "running"
            elif remedy.step == "draft":
                remedy.state = remedy.approval_state
            else:
                remedy.state = remedy.step

    @api.depends("line_ids.kind", "company_id")
    def _compute_needs_slip(self):
        for remedy in self:
            money = any(line.kind in ("refund", "allowance") for line in remedy.line_ids)
            remedy.needs_slip = money and remedy.company_id.sudo().customer_complaint_slip

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for remedy in self:
            words = [remedy.name, remedy.partner_id.sudo().name]
            remedy.display_name = " ".join(word for word in words if word)

    @api.model
    def _bound_amounts(self, complaints):
        """Return what the binding proposals of complaints give away: ``{complaint id: company currency}``."""
        self.sudo().flush_model(["amount_company", "state"])
        groups = self.sudo()._read_group(
            Domain("complaint_id", "in", complaints.ids) & Domain("state", "in", BINDING),
            ["complaint_id"],
            ["amount_company:sum"],
        )
        return {complaint.id: amount for complaint, amount in groups}

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: number them; nothing is proposed for a complaint that is closed.

        :raises RemedyStepError: when a complaint is closed
        """
        remedies = super().create([dict(vals) for vals in vals_list])
        remedies.complaint_id.check_access("write")
        for remedy in remedies:
            if remedy.complaint_id.stage in ("listen", "closed"):
                raise RemedyStepError(
                    self.env._(
                        "Nothing can be proposed for %s yet, or any more: acknowledge it, or reopen it first.",
                        remedy.complaint_id.display_name,
                    )
                )
            numbers = self.env["ir.sequence"].sudo().with_company(remedy.company_id)
            remedy.sudo()._approval_write({"name": numbers.next_by_code("customer.complaint.remedy") or "/"})
        return remedies

    def write(self, vals):
        """Override of `base`: a proposal stays with its complaint.

        :raises RemedyStepError: when somebody moves it
        """
        if "complaint_id" in vals and any(one.complaint_id.id != vals["complaint_id"] for one in self):
            raise RemedyStepError(self.env._("A proposal stays with its complaint. Make a new one there."))
        return super().write(vals)

    @api.constrains("document_ids")
    def _check_documents(self):
        """Take uploads of one's own along; a document of something else is no evidence of this.

        :raises RemedyStepError: for a document that belongs to something else
        """
        for remedy in self:
            documents = remedy.sudo().document_ids
            new = documents.filtered(lambda one: not one.res_id and one.create_uid == self.env.user)
            new.write({"res_model": self._name, "res_id": remedy.id})
            if any((one.res_model, one.res_id) != (self._name, remedy.id) for one in documents):
                raise RemedyStepError(
                    self.env._("A document of “%s” belongs to something else. Upload it here.", remedy.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_offered(self):
        if any(remedy.step != "draft" for remedy in self):
            raise RemedyStepError(
                self.env._("Only a draft can be deleted. Make the proposal void, and it stays on record.")
            )

    def _live(self):
        """Return the proposals among these that bind, or may still: all but the dead ones."""
        return self.filtered(lambda remedy: remedy.state not in DEAD)
