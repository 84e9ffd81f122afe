from datetime import UTC, datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.customer_management.tools import print_font

from ..exceptions import SummaryStepError

# What is counted; written by the steps only.
FIGURES = (
    "case_count",
    "justified_count",
    "closed_count",
    "repeat_count",
    "reopened_count",
    "previous_count",
    "has_loss",
    "loss",
    "has_satisfaction",
    "satisfaction",
    "has_days",
    "days",
    "main_causes",
    "computed_on",
)


class CustomerComplaintSummary(models.Model):
    """What a period of complaints was like, what was learned and what comes next. (form 8.16)

    The figures are counted; lessons, rules and goals a person types. Closed, it stands as it is, whatever happens to
    the complaints later.
    """

    _name = "customer.complaint.summary"
    _description = "Complaint Summary"
    _inherit = ["customer.steps.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _step_error = SummaryStepError
    _step_fields = ("state", "closed_on", "closed_by_id", *FIGURES)

    name = fields.Char(compute="_compute_name", store=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date("From", required=True, default=lambda self: self._last_month()[0])
    date_to = fields.Date("To", required=True, default=lambda self: self._last_month()[1])
    state = fields.Selection(
        [("draft", "Draft"), ("closed", "Closed")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        tracking=True,
    )
    closed_on = fields.Date(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    computed_on = fields.Datetime("Counted On", readonly=True, copy=False)
    # Counted

    case_count = fields.Integer("Complaints", readonly=True, copy=False)
    justified_count = fields.Integer("Justified", readonly=True, copy=False)
    closed_count = fields.Integer("Closed", readonly=True, copy=False)
    repeat_count = fields.Integer(
        "Repeats", readonly=True, copy=False, help="That come after an earlier complaint."
    )
    reopened_count = fields.Integer("Reopened", readonly=True, copy=False)
    previous_count = fields.Integer(
        "Last Year", readonly=True, copy=False, help="Complaints of the same period a year before."
    )
    has_loss = fields.Boolean(readonly=True, copy=False)
    loss = fields.Monetary(readonly=True, copy=False, help="Where it is known.")
    has_satisfaction = fields.Boolean(readonly=True, copy=False)
    satisfaction = fields.Float(
        readonly=True, copy=False, digits=(16, 1), aggregator="avg", help="After handling, 0 to 100."
    )
    has_days = fields.Boolean(readonly=True, copy=False)
    days = fields.Float("Average Days", readonly=True, copy=False, digits=(16, 1), aggregator="avg")
    main_causes = fields.Text("Three Main Causes", readonly=True, copy=False)
    # Typed

    case_id = fields.Many2one(
        "customer.complaint",
        string="Typical Case",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    lessons = fields.Text(copy=False)
    rules_changed = fields.Text(copy=False, help="Policies, instructions and settings that are others now.")
    goals = fields.Text("Next Goals", copy=False)
    goal_satisfaction = fields.Float(
        "Goal of Satisfaction",
        digits=(16, 1),
        aggregator=None,
        default=lambda self: self.env.company.customer_service_goal_satisfaction,
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A period cannot end before it begins."
    )
    _period_unique = models.UniqueIndex(
        "(company_id, date_from, date_to)", "There is already a summary of this period."
    )
    _goal_range = models.Constraint(
        "CHECK(goal_satisfaction BETWEEN 0 AND 100)", "The goal of satisfaction is between 0 and 100."
    )

    @api.model
    def _last_month(self):
        """Return the first and the last day of the month before today."""
        end = fields.Date.context_today(self).replace(day=1) - timedelta(days=1)
        return end.replace(day=1), end

    @api.depends("date_from", "date_to")
    def _compute_name(self):
        for one in self:
            one.name = f"{one.date_from or ''} – {one.date_to or ''}"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a new one has its figures at once."""
        summaries = super().create(vals_list)
        summaries.action_compute()
        return summaries

    def write(self, vals):
        """Override of `base`: what is closed stands; another period has other figures.

        :raises SummaryStepError: when a closed one is written
        """
        about = [name for name in vals if not name.startswith(("message_", "activity_"))]
        if about and not self.env.su:
            self._ensure_step("draft")
        done = super().write(vals)
        if not {"company_id", "date_from", "date_to"}.isdisjoint(vals):
            self.action_compute()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._ensure_step("draft")

    def action_compute(self):
        """Count the complaints of the period anew."""
        self._ensure_step("draft")
        for one in self.sudo():
            one.write({**one._figures(), "computed_on": fields.Datetime.now()})

    def action_close(self):
        """Close the summary with the figures of today; from now on it stands.

        :raises SummaryStepError: without lessons and goals
        """
        self._ensure_step("draft")
        for one in self:
            missing = [
                self._fields[name]._description_string(self.env)
                for name in ("lessons", "goals")
                if not (one[name] or "").strip()
            ]
            if missing:
                raise SummaryStepError(
                    self.env._(
                        "%(period)s cannot be closed yet: write down %(missing)s.",
                        period=one.name,
                        missing=", ".join(missing),
                    )
                )
        self.action_compute()
        self.sudo().write(
            {
                "state": "closed",
                "closed_on": fields.Date.context_today(self),
                "closed_by_id": self.env.uid,
            }
        )

    def _bounds(self, years=0):
        """Return the first moment of the period and the first after it, ``years`` earlier, in UTC."""
        zone = self.env.tz
        days = (self.date_from, self.date_to + timedelta(days=1))
        return tuple(
            zone.localize(datetime.combine(day - relativedelta(years=years), time.min))
            .astimezone(UTC)
            .replace(tzinfo=None)
            for day in days
        )

    def _domain(self, years=0):
        begin, end = self._bounds(years)
        return [
            ("company_id", "=", self.company_id.id),
            ("date_received", ">=", begin),
            ("date_received", "<", end),
            ("outcome", "!=", "duplicate"),
        ]

    def action_open_complaints(self):
        """Show the complaints of the period."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.complaint_action")
        return {**action, "domain": self._domain(), "context": {}}

    def _print_form(self):
        """Return the form of the catalogue whose number stands on the print."""
        return self.env["customer.form"].search([("report_id.model", "=", self._name)], limit=1)

    def _print_font(self):
        """Return the style of the font of a print for the reader's language."""
        return print_font(self.env)
