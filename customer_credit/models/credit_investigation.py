from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import clean_context

from odoo.addons.customer_management.tools import print_font

from ..exceptions import InvestigationStateError
from .credit_inquiry_item import GROUPS

# Followers, activities and messages are about it, not in it.
BESIDE = ("message_", "activity_", "website_message_", "my_activity_")


class CustomerCreditInvestigation(models.Model):
    """What we found out about the credit of a customer, item by item, and what we make of it.

    A new one starts with all that is to be asked; our own figures are filled in. A finished one is not
    changed any more; after some months it is outdated. (domain 4.1: credit inquiry)
    """

    _name = "customer.credit.investigation"
    _description = "Credit Investigation"
    _inherit = ["customer.steps.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"
    _mail_post_access = "read"
    _step_error = InvestigationStateError
    _step_fields = ("name", "state", "finished_by_id", "finished_on", "rating_id", "was_asked")

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    user_id = fields.Many2one(
        "res.users",
        string="Investigator",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        tracking=True,
    )
    method = fields.Selection(
        [("own", "Own Inquiry"), ("agency", "Credit Agency"), ("both", "Own Inquiry and Agency")],
        string="Method of Inquiry",
        required=True,
        default="own",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done"), ("outdated", "Outdated")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    line_ids = fields.One2many("customer.credit.finding", "investigation_id", string="Findings", copy=False)
    verdict = fields.Text(copy=False, help="What all of it means for our credit.")
    advice = fields.Selection(
        [("none", "No Advice"), ("cash", "Cash Only"), ("limit", "Limit")],
        string="Advised Credit",
        required=True,
        default="none",
        copy=False,
        help="No advice is not zero: cash only means that everything is paid in advance.",
    )
    advised_limit = fields.Monetary(copy=False)
    payment_term_id = fields.Many2one(
        "account.payment.term", string="Advised Terms", check_company=True, copy=False
    )
    security = fields.Char(string="Advised Security", copy=False)
    valid_until = fields.Date(copy=False, help="Empty: set when it is finished, by the customer's rating.")
    next_inquiry = fields.Date(copy=False, help="Empty: when this one runs out.")
    rating_id = fields.Many2one(
        "customer.credit.rating",
        string="Rating at the Time",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
    )
    was_asked = fields.Boolean(readonly=True, copy=False, help="The next inquiry was asked for.")
    finished_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    finished_on = fields.Datetime(readonly=True, copy=False)
    asked_count = fields.Integer(string="Items", compute="_compute_marks")
    open_count = fields.Integer(string="Not Judged", compute="_compute_marks")
    good_count = fields.Integer(string="Good", compute="_compute_marks")
    bad_count = fields.Integer(string="Bad", compute="_compute_marks")

    _limit_not_negative = models.Constraint("CHECK(advised_limit >= 0)", "A limit cannot be negative.")

    @api.depends("name", "partner_id.name")
    def _compute_display_name(self):
        for one in self:
            parts = (one.name if one.name != "/" else False, one.partner_id.name)
            one.display_name = " · ".join(part for part in parts if part)

    @api.depends("line_ids.mark")
    def _compute_marks(self):
        for one in self:
            marks = one.line_ids.mapped("mark")
            one.asked_count, one.open_count = len(marks), marks.count(False)
            one.good_count, one.bad_count = marks.count("good"), marks.count("bad")

    @api.constrains("date", "valid_until")
    def _check_dates(self):
        for one in self:
            if one.valid_until and one.valid_until < one.date:
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot be valid until %(until)s: it was made on %(date)s.",
                        name=one.display_name,
                        until=one.valid_until,
                        date=one.date,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: an investigation begins with what is to be asked."""
        found = super().create([self._of_payer(vals) for vals in vals_list])
        found.filtered(lambda one: not one.line_ids)._ask()
        return found

    def _step_begin(self, vals):
        """Override: its number."""
        number = self.env["ir.sequence"].sudo().next_by_code("customer.credit.investigation") or "/"
        return {**super()._step_begin(vals), "name": number}

    def write(self, vals):
        """Override of `base`: only a draft is edited."""
        if self.env.su or all(name.startswith(BESIDE) for name in vals):
            return super().write(vals)
        self._ensure_draft()
        return super().write(self._of_payer(vals))

    def _of_payer(self, vals):
        """Return the values with the payer in the place of a contact."""
        if not vals.get("partner_id"):
            return vals
        partner = self.env["res.partner"].browse(vals["partner_id"])
        return {**vals, "partner_id": partner.sudo().commercial_partner_id.id}

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        self._ensure_draft()

    def _ask(self):
        """Add a line for each item that is asked, filled from our books where it can be."""
        server = self.with_env(self.env(su=True, context=clean_context(self.env.context)))
        lines = []
        for company, drafts in server.grouped("company_id").items():
            domain = [("company_id", "in", [company.id, False])]
            items = self.env["customer.credit.inquiry.item"].sudo().search(domain)
            codes = items.metric_id.mapped("code")
            for date, same in drafts.grouped("date").items():
                day = min(date, fields.Date.context_today(self))
                values = server.env["customer.metric"]._evaluate(codes, day, 12, company, same.partner_id)
                for draft in same:
                    row = values.get(draft.partner_id.id, {})
                    for item in items:
                        finding = item._finding(row.get(item.metric_id.code), company)
                        lines.append({"investigation_id": draft.id, **finding})
        server.env["customer.credit.finding"].create(lines)

    def _group_rows(self):
        """Return (name of the group, its findings) for prints, in their order."""
        self.ensure_one()
        names = dict(self.line_ids._fields["group"]._description_selection(self.env))
        lines = self.line_ids.grouped("group")
        return [(names[group], lines[group]) for group, _label in GROUPS if group in lines]

    def _print_font(self):
        """Return the style of the font of a print for the reader's language."""
        return print_font(self.env)
