from odoo import api, fields, models

from ..exceptions import ServiceRequestError

KINDS = [("remote", "Remote"), ("on_site", "On Site"), ("repair", "Repair")]
STATES = [
    ("draft", "New"),
    ("planned", "Planned"),
    ("on_way", "On the Way"),
    ("working", "Working"),
    ("done", "Done"),
    ("signed", "Signed"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
# What the customer puts its name to: fixed from then on.
SIGNED_FIELDS = {
    "kind",
    "partner_id",
    "product_id",
    "lot_id",
    "order_id",
    "picking_id",
    "fault",
    "findings",
    "work_done",
    "customer_remarks",
    "hours",
    "part_ids",
    "visit_ids",
    "company_id",
    "date_reported",
}


class CustomerServiceRequest(models.Model):
    """Service for a customer: at a distance, at its place, or in the workshop (row A14).

    It is planned with a technician, worked on, reported, and signed by the customer. Parts leave the stock by the
    host's transfers, a repair goes through the host's repair order, and what no warranty covers through a quotation.
    """

    _name = "customer.service.request"
    _description = "Service Request"
    _inherit = ["customer.steps.mixin", "portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "priority desc, date_reported desc, id desc"
    _rec_names_search = ["name", "fault"]
    _check_company_auto = True
    _mail_post_access = "read"
    _step_error = ServiceRequestError
    _step_fields = (
        "state",
        "date_done",
        "date_closed",
        "signature",
        "signed_by",
        "signed_on",
        "reopen_count",
        "warranty_override",
        "warranty_override_reason",
        "warranty_override_user_id",
        "sale_order_id",
        "part_picking_id",
        "repair_id",
    )

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    kind = fields.Selection(KINDS, string="Way of Service", required=True, default="on_site", tracking=True)
    priority = fields.Selection([("0", "Normal"), ("1", "Urgent")], default="0", index=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index="btree_not_null",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="restrict", check_company=True
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Company of the Customer",
        store=True,
        index=True,
        precompute=True,
    )
    contact_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        compute="_compute_contact",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('id', 'child_of', commercial_partner_id)]",
        help="Who is asked for on site.",
    )
    phone = fields.Char(compute="_compute_phone", store=True, readonly=False, precompute=True)
    address_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        compute="_compute_contact",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('id', 'child_of', commercial_partner_id)]",
        help="Where the technician goes.",
    )
    map_url = fields.Char("Map", compute="_compute_map_url")
    complaint_id = fields.Many2one(
        "customer.complaint",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('commercial_partner_id', '=', commercial_partner_id)]",
        tracking=True,
    )
    product_id = fields.Many2one(
        "product.product", index="btree_not_null", ondelete="restrict", check_company=True, tracking=True
    )
    lot_id = fields.Many2one(
        "stock.lot",
        string="Lot or Serial Number",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('product_id', '=', product_id)]",
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Bought With",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('partner_id', 'child_of', commercial_partner_id), ('state', '=', 'sale')]",
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Delivered With",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('partner_id', 'child_of', commercial_partner_id), ('picking_type_code', '=', 'outgoing')]",
    )
    fault = fields.Char(required=True, tracking=True, help="What does not work, in a line.")
    description = fields.Html(string="What the Customer Says")
    date_reported = fields.Datetime(
        "Reported", required=True, default=fields.Datetime.now, copy=False, index=True
    )
    visit_ids = fields.One2many("customer.service.visit", "request_id", string="Visits")
    technician_id = fields.Many2one(
        "res.users", compute="_compute_next_visit", store=True, index="btree_not_null"
    )
    date_planned = fields.Datetime("Planned On", compute="_compute_next_visit", store=True, index=True)
    # The report of the work

    findings = fields.Text(help="What the technician found.")
    work_done = fields.Text(help="What was done about it.")
    hours = fields.Float("Hours Worked", help="Time spent at work, without the way.")
    part_ids = fields.One2many("customer.service.part", "request_id", string="Parts", copy=False)
    customer_remarks = fields.Text(help="What the customer says to the work.")
    # How far it is

    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
        group_expand="_group_expand_state",
    )
    date_done = fields.Datetime("Done On", readonly=True, copy=False)
    date_closed = fields.Datetime("Closed On", readonly=True, copy=False)
    reopen_count = fields.Integer("Reopened", readonly=True, copy=False)
    signature = fields.Image(readonly=True, copy=False, attachment=True, max_width=1024, max_height=1024)
    signed_by = fields.Char(readonly=True, copy=False)
    signed_on = fields.Datetime(readonly=True, copy=False)

    _number_unique = models.UniqueIndex(
        "(company_id, name)", "There is already a service request with this number."
    )
    _hours_positive = models.Constraint("CHECK(hours >= 0)", "Hours worked are not negative.")
    _signed_complete = models.Constraint(
        "CHECK((signed_on IS NULL) = (signed_by IS NULL))", "A signature has a name and a day."
    )

    @api.depends("name", "fault")
    def _compute_display_name(self):
        for request in self:
            request.display_name = f"{request.name} {request.fault or ''}".strip()

    @api.depends("partner_id")
    def _compute_contact(self):
        for request in self:
            partner = request.partner_id
            if not partner:
                request.contact_id = request.address_id = False
                continue
            found = partner.sudo().address_get(["contact", "delivery"])
            request.contact_id = partner if not partner.is_company else found["contact"]
            request.address_id = found["delivery"]

    @api.depends("contact_id", "partner_id")
    def _compute_phone(self):
        for request in self:
            request.phone = request.contact_id.phone or request.partner_id.phone

    @api.depends("address_id")
    def _compute_map_url(self):
        for request in self:
            request.map_url = request.address_id.sudo()._customer_map_url()

    @api.depends("visit_ids.date_from", "visit_ids.user_id", "visit_ids.state")
    def _compute_next_visit(self):
        """Who comes when: the first visit that is not over, else the last one."""
        for request in self:
            visits = request.visit_ids.filtered(lambda visit: visit.state != "cancelled").sorted("date_from")
            visit = visits.filtered(lambda one: one.state == "planned")[:1] or visits[-1:]
            request.technician_id = visit.user_id
            request.date_planned = visit.date_from

    @api.model
    def _group_expand_state(self, _states, _domain):
        """Show on the board the states in which there is something to do, even with no card."""
        return ["draft", "planned", "on_way", "working", "done"]

    def _compute_access_url(self):
        """Override of `portal`: its page at the customer's."""
        result = super()._compute_access_url()
        for request in self:
            request.access_url = f"/my/service/{request.id}"
        return result

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: number them."""
        numbers = self.env["ir.sequence"].sudo()
        for vals in vals_list:
            company = vals.get("company_id") or self.default_get(["company_id"])["company_id"]
            vals["name"] = numbers.with_company(company).next_by_code("customer.service.request") or "/"
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: what is signed stays as it was signed.

        :raises ServiceRequestError: when it is changed
        """
        if not self.env.su and not SIGNED_FIELDS.isdisjoint(vals):
            self._ensure_unsigned()
        return super().write(vals)

    def _ensure_unsigned(self):
        """:raises ServiceRequestError: when the work is signed, closed or cancelled"""
        for request in self.sudo():
            if request.state in ("signed", "closed", "cancelled"):
                raise ServiceRequestError(
                    self.env._(
                        "“%s” is signed or over: what was done stays as it is. Reopen it to go on.",
                        request.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        """:raises ServiceRequestError: when work was planned already"""
        for request in self:
            if request.state not in ("draft", "cancelled"):
                raise ServiceRequestError(
                    self.env._("“%s” is under way: cancel it instead of deleting it.", request.display_name)
                )
