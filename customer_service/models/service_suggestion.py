from odoo import api, fields, models

from ..exceptions import SuggestionStepError
from .complaint import SOURCES

WAITING = ("submitted", "screened")


class CustomerServiceSuggestion(models.Model):
    """What a customer proposes to do better: screened, answered in time, carried out and rewarded. (policy 8.3)"""

    _name = "customer.service.suggestion"
    _description = "Suggestion of a Customer"
    _inherit = ["customer.steps.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_received desc, id desc"
    _rec_names_search = ["name", "summary"]
    _check_company_auto = True
    _step_error = SuggestionStepError
    _step_fields = ("state", "name", "answered_on", "told_on", "done_on", "reward_amount", "decided_by_id")
    # What the customer said and what was expected of it; it stands once it is decided.
    _step_open = dict.fromkeys(
        "partner_id company_id summary text area source date_received benefit_estimate".split(), WAITING
    )

    name = fields.Char("Number", readonly=True, copy=False, default="/", index="trigram")
    summary = fields.Char(required=True, tracking=True)
    text = fields.Text("Suggestion", help="In the words of the customer.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Company of the Customer",
        store=True,
        index="btree_not_null",
    )
    source = fields.Selection(SOURCES, required=True, default="visit")
    area = fields.Selection(
        [
            ("product", "Product"),
            ("price", "Price and Terms"),
            ("order", "Offer and Order"),
            ("delivery", "Shipment"),
            ("service", "Service"),
            ("marketing", "Marketing"),
            ("other", "Other"),
        ],
        string="Aspect",
        required=True,
        default="product",
        index=True,
    )
    date_received = fields.Date("Received On", required=True, default=fields.Date.context_today, copy=False)
    date_due = fields.Date("Answer Due", compute="_compute_date_due", store=True, precompute=True, index=True)
    benefit_estimate = fields.Monetary("Estimated Benefit", help="Of the first year, for the company.")
    benefit = fields.Monetary(
        help="Of the first year, once it is known; the reward goes by it.", tracking=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Assigned To",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    department_id = fields.Many2one(
        "hr.department", index="btree_not_null", ondelete="restrict", check_company=True
    )
    state = fields.Selection(
        [
            ("submitted", "Submitted"),
            ("screened", "Screened"),
            ("adopted", "Adopted"),
            ("declined", "Declined"),
            ("done", "Done"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="submitted",
        index=True,
        group_expand=True,
        tracking=True,
    )
    answer = fields.Text(copy=False, help="What the customer is told, with the reason.")
    result = fields.Text(copy=False, help="What was changed.")
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    answered_on = fields.Date(readonly=True, copy=False)
    told_on = fields.Date("Customer Told", readonly=True, copy=False)
    done_on = fields.Date(readonly=True, copy=False)
    reward_amount = fields.Monetary("Reward", readonly=True, copy=False)
    is_overdue = fields.Boolean("Overdue", compute="_compute_is_overdue", search="_search_is_overdue")

    _number_unique = models.UniqueIndex(
        "(company_id, name) WHERE name <> '/'", "There is already a suggestion with this number."
    )
    _benefit_positive = models.Constraint(
        "CHECK(benefit_estimate >= 0 AND benefit >= 0)", "The benefit of a suggestion is not negative."
    )

    @api.depends("name", "summary")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.name} {one.summary or ''}".strip()

    @api.depends("date_received", "company_id")
    def _compute_date_due(self):
        """The last of so many working days of the company after the day on which it was received."""
        for one in self:
            company = one.company_id or self.env.company
            start = one.date_received or fields.Date.context_today(self)
            one.date_due = company._working_day(company.customer_service_suggestion_days, start)

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for one in self:
            one.is_overdue = bool(one.state in WAITING and one.date_due and one.date_due < today)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = fields.Domain([("state", "in", WAITING), ("date_due", "<", fields.Date.context_today(self))])
        wanted = {bool(one) for one in value}
        if wanted == {True, False}:
            return fields.Domain.TRUE
        return late if True in wanted else ~late

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: number them."""
        suggestions = super().create(vals_list)
        numbers = self.env["ir.sequence"].sudo()
        for one in suggestions.sudo():
            one.name = numbers.with_company(one.company_id).next_by_code("customer.service.suggestion") or "/"
        return suggestions
