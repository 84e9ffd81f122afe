from odoo import api, fields, models

from ..exceptions import ApplicationError
from .dealer import LEVELS


class CustomerDealerApplication(models.Model):
    """Somebody wants to become a dealer: what it is, what it wants, what it brings, and what the survey found.

    Once approved, the applicant is registered as a dealer. (form 5.16)
    """

    _name = "customer.dealer.application"
    _description = "Dealer Application"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin", "customer.links.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _step_error = ApplicationError
    _step_fields = ("name", "dealer_id")
    _checked_links = ("assessment_id", "lead_id", "parent_id")

    name = fields.Char("Number", readonly=True, copy=False, index=True)
    date = fields.Date(required=True, default=fields.Date.context_today)
    lead_id = fields.Many2one(
        "crm.lead",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="Where the inquiry came in. Its customer is made when the survey begins.",
    )
    inquired_by = fields.Char(
        compute="_compute_inquired_by", help="Who inquired, while there is no customer yet."
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Applicant",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('parent_id', '=', False)]",
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company.root_id
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        index=True,
        help="Who looks after the application.",
        tracking=True,
    )
    type_id = fields.Many2one(
        "customer.dealer.type",
        string="Dealer Type",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    scope = fields.Selection(
        [("area", "For an Area"), ("industry", "For an Industry"), ("project", "For a Project")],
        string="Application For",
        required=True,
        default="area",
    )
    level = fields.Selection(LEVELS, help="For how large a territory.")
    parent_id = fields.Many2one(
        "customer.dealer",
        string="Below",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('type_id.may_have_sub_dealers', '=', True)]",
        help="The dealer, chain or head office that it will belong to; empty for a dealer of our own.",
    )
    area_ids = fields.Many2many(
        "customer.area",
        "customer_dealer_application_area_rel",
        "application_id",
        "area_id",
        string="Wanted Areas",
        check_company=True,
    )
    categ_ids = fields.Many2many(
        "product.category",
        "customer_dealer_application_categ_rel",
        "application_id",
        "categ_id",
        string="Goods",
        help="Empty: all goods.",
    )
    conflict = fields.Text(
        string="Taken Already",
        compute="_compute_conflict",
        compute_sudo=True,
        help="Who has a wanted area for these goods on its own, by a contract that is signed or runs.",
    )
    licence = fields.Char(string="Business Licence")
    capital = fields.Monetary(string="Registered Capital")
    founded_on = fields.Date()
    staff = fields.Integer()
    outlets = fields.Integer()
    storage = fields.Char(string="Storage and Transport")
    brands = fields.Char(string="Brands It Sells Now")
    turnover = fields.Monetary(string="Turnover a Year")
    committed_sales = fields.Monetary(
        string="Committed Sales a Year", help="What it promises to buy from us in a year.", tracking=True
    )
    funds = fields.Monetary(string="Starting Funds", tracking=True)
    funds_needed = fields.Monetary(
        compute="_compute_funds_needed",
        help="Committed sales of a month times the months that are set.",
    )
    funds_short = fields.Monetary(string="Funds Missing", compute="_compute_funds_needed")
    plan = fields.Text(string="Strengths and Plan")
    assessment_id = fields.Many2one(
        "customer.assessment",
        string="Survey",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        check_company=True,
        domain="[('partner_id', '=', partner_id), ('kind', '=', 'dealer')]",
        tracking=True,
    )
    survey_result = fields.Selection(
        [
            ("none", "No Survey"),
            ("draft", "Under Way"),
            ("approve", "Suitable"),
            ("conditional", "With Conditions"),
            ("refuse", "Not Suitable"),
        ],
        compute="_compute_survey_result",
        compute_sudo=True,
    )
    score = fields.Float(
        compute="_compute_survey_result",
        compute_sudo=True,
        digits=(5, 2),
        aggregator=None,
        help="Of the finished survey.",
    )
    conditions = fields.Text(help="What it must meet to become a dealer, with dates.", tracking=True)
    dealer_id = fields.Many2one(
        "customer.dealer", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    _amounts_positive = models.Constraint(
        "CHECK(COALESCE(capital, 0) >= 0 AND COALESCE(turnover, 0) >= 0 AND COALESCE(committed_sales, 0) >= 0 "
        "AND COALESCE(funds, 0) >= 0 AND COALESCE(staff, 0) >= 0 AND COALESCE(outlets, 0) >= 0)",
        "Amounts and numbers of an application cannot be negative.",
    )

    @api.depends("lead_id")
    def _compute_partner_id(self):
        for application in self:
            application.partner_id = (
                application.partner_id or application.lead_id.sudo().partner_id.commercial_partner_id
            )

    @api.depends("name", "partner_id.name", "lead_id.partner_name")
    def _compute_display_name(self):
        for application in self:
            who = application.partner_id.name or application._lead_name()
            application.display_name = " ".join(filter(None, (application.name, who)))

    @api.depends("lead_id")
    def _compute_inquired_by(self):
        for application in self:
            application.inquired_by = application._lead_name()

    def _lead_name(self):
        """Return who inquired, for those too who may not see leads."""
        lead = self.lead_id.sudo()
        return lead.partner_name or lead.contact_name or lead.name or ""

    @api.depends("committed_sales", "funds", "company_id")
    def _compute_funds_needed(self):
        for application in self:
            months = application.company_id.customer_dealer_funds_months
            needed = application.committed_sales / 12 * months
            application.funds_needed = needed
            application.funds_short = max(needed - application.funds, 0.0)

    @api.depends("assessment_id.state", "assessment_id.score", "assessment_id.cap_reason", "company_id")
    def _compute_survey_result(self):
        for application in self:
            survey = application.assessment_id
            application.score = survey.score if survey.state == "done" else 0.0
            application.survey_result = application._judge(survey)

    def _judge(self, survey):
        """Return what a survey says by the limits of the company; a veto refuses whatever the score."""
        self.ensure_one()
        if not survey or survey.state == "cancelled":
            return "none"
        if survey.state == "draft":
            return "draft"
        company = self.company_id
        if survey.cap_reason or not survey.has_score:
            return "refuse"
        if survey.score >= company.customer_dealer_score_approve:
            return "approve"
        return "conditional" if survey.score >= company.customer_dealer_score_conditional else "refuse"

    @api.depends("area_ids", "categ_ids", "company_id", "partner_id")
    def _compute_conflict(self):
        taken = self._taken()
        for application in self:
            application.conflict = "\n".join(row._in_short() for row in taken[application]) or False

    def _taken(self):
        """Return the exclusive territories of others, signed or running, that meet what each application wants.

        One query for any number of applications, whoever asks.

        :return: ``{application: territories}``
        """
        territories = self.env["customer.dealer.territory"].sudo()
        areas = self.area_ids._origin
        domain = [
            ("is_exclusive", "=", True),
            ("company_id", "in", self.company_id.ids),
            ("contract_id.state", "in", ("signed", "running")),
            ("contract_id.date_to", ">=", fields.Date.context_today(self)),
            "|",
            ("area_id", "child_of", areas.ids),
            ("area_id", "parent_of", areas.ids),
        ]
        found = territories.search(domain, order="area_id, id") if areas else territories
        return {
            application: found.filtered(lambda row, one=application: one._meets(row)) for application in self
        }

    def _meets(self, territory):
        """Return whether a territory of somebody else covers a part of what is wanted."""
        self.ensure_one()
        goods, theirs = self.categ_ids._origin, territory.categ_id
        return (
            territory.company_id == self.company_id
            and territory.dealer_id.partner_id != self.partner_id._origin
            and any(_overlap(territory.area_id, area) for area in self.area_ids._origin)
            and (not theirs or not goods or any(_overlap(theirs, categ) for categ in goods))
        )

    @api.constrains("assessment_id", "partner_id")
    def _check_assessment_id(self):
        """A survey is one of dealers, about the applicant."""
        for application in self.filtered("assessment_id"):
            survey = application.assessment_id
            if survey.kind != "dealer" or survey.partner_id != application.partner_id:
                raise ApplicationError(
                    self.env._(
                        "%(survey)s is no survey of %(partner)s as a dealer: choose or begin one that is.",
                        survey=survey.display_name,
                        partner=application.partner_id.name or "–",
                    )
                )

    def _step_begin(self, vals):
        """Override: its number."""
        numbers = self.env["ir.sequence"].with_company(vals.get("company_id") or self.env.company.root_id.id)
        return {**super()._step_begin(vals), "name": numbers.next_by_code("customer.dealer.application")}


def _overlap(one, other):
    """Return whether one of two records of a tree stands above the other, or is it."""
    return one.parent_path.startswith(other.parent_path) or other.parent_path.startswith(one.parent_path)
