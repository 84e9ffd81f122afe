from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from ..exceptions import GradeCutError, GradeRunStateError
from .grade import CHECKED_BY_SCHEME
from .grading_engine import Grading

# Share of the amount (pareto) and of the customers (rank) that each grade ends at, in percent.
DEFAULT_CUTS = {"pareto": (70, 90), "rank": (10, 30), "threshold": (100000, 10000), "score": (80, 60)}
MOST_MONTHS = 120


class CustomerGradeScheme(models.Model):
    """A way to grade customers: by what, over which period, and where the cuts are."""

    _name = "customer.grade.scheme"
    _description = "Grading Scheme"
    _inherit = ["customer.grading.engine", "mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    method = fields.Selection(
        [
            ("pareto", "Share of the Amount (ABC)"),
            ("rank", "Share of the Customers"),
            ("threshold", "Thresholds"),
            ("score", "Score"),
        ],
        required=True,
        default="pareto",
        tracking=True,
        help="Share of the amount: the customers that make the first 70 % of the amount are A, and so on.\n"
        "Share of the customers: the first 10 % of the customers are A, and so on.\n"
        "Thresholds: A from this value.\n"
        "Score: A from this score of an assessment template.",
    )
    metric_id = fields.Many2one(
        "customer.metric",
        string="Graded By",
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env.ref("customer_management.metric_revenue", raise_if_not_found=False),
    )
    template_id = fields.Many2one(
        "customer.assessment.template",
        string="Assessment",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    months = fields.Integer(string="Period (Months)", required=True, default=12, tracking=True)
    domain = fields.Char(
        string="Customers", default="[]", help="Only these customers are graded; leave empty for all."
    )
    margin = fields.Float(
        string="Margin at the Cut",
        help="A customer changes its grade only when it passes the cut by this margin: percentage points of the "
        "share or of the score; for thresholds, percent of the threshold.",
    )
    minimum_stay = fields.Integer(
        string="Minimum Stay (Days)", help="A grade is kept for at least so many days."
    )
    approval_required = fields.Boolean(help="Somebody else has to approve a run before it is applied.")
    set_terms = fields.Boolean(
        string="Set Payment Terms and Pricelist",
        help="Applying a run gives the customers whose grade changes the payment terms and the pricelist of the grade.",
    )
    grade_ids = fields.One2many(
        "customer.grade", "scheme_id", copy=True, default=lambda self: self._grade_commands("pareto")
    )
    run_ids = fields.One2many("customer.grade.run", "scheme_id")
    run_count = fields.Integer(compute="_compute_run_count")
    # It shows all customers, of whom salespeople see their own only.
    preview = fields.Json(
        compute="_compute_preview",
        groups="customer_management.group_customer_manager",
        help="How many customers each grade would get today.",
    )

    _months_positive = models.Constraint(
        f"CHECK(months BETWEEN 1 AND {MOST_MONTHS})", "The period is between 1 and 120 months long."
    )
    _margin_positive = models.Constraint(
        "CHECK(margin >= 0 AND margin < 100)", "The margin is between 0 and 100."
    )
    _stay_positive = models.Constraint("CHECK(minimum_stay >= 0)", "The minimum stay cannot be negative.")

    @api.model
    def _grade_commands(self, method):
        """Return the commands for the grades A, B and C with the usual cuts of a method."""
        cuts = (*DEFAULT_CUTS[method], 0)
        looks = (("A", 4, 7), ("B", 10, 30), ("C", 3, 60))
        return [
            Command.create(
                {"name": name, "sequence": 10 * i, "color": color, "cut": cut, "visit_interval_days": days}
            )
            for i, ((name, color, days), cut) in enumerate(zip(looks, cuts, strict=True), 1)
        ]

    @api.depends("run_ids")
    def _compute_run_count(self):
        runs = self.env["customer.grade.run"]
        counts = dict(runs._read_group([("scheme_id", "in", self.ids)], ["scheme_id"], ["__count"]))
        for scheme in self:
            scheme.run_count = counts.get(scheme._origin, 0)

    @api.depends(
        "method",
        "metric_id",
        "template_id",
        "months",
        "domain",
        "company_id",
        "grade_ids.cut",
        "grade_ids.sequence",
    )
    def _compute_preview(self):
        for scheme in self:
            try:
                scheme.preview = scheme._preview(fields.Date.context_today(scheme))
            except (GradeCutError, UserError) as error:
                scheme.preview = {"error": str(error)}

    @api.onchange("method")
    def _onchange_method(self):
        """Offer cuts that fit the method, unless the admin has set up grades of another number."""
        grades = self.grade_ids.sorted("sequence")
        if len(grades) == 3:
            for grade, cut in zip(grades, (*DEFAULT_CUTS[self.method], 0), strict=True):
                grade.cut = cut

    @api.constrains("method", "metric_id", "template_id", "grade_ids", "domain")
    def _check_settings(self):
        for scheme in self:
            scheme._grading(fields.Date.today())

    def write(self, vals):
        """Override of `base`: the cuts are checked when all grades are written, not after each.

        :raises GradeRunStateError: when customers were graded for the company that is to be changed
        """
        if "company_id" in vals:
            self.filtered(lambda scheme: scheme.company_id.id != vals["company_id"])._ensure_unused()
        return super(CustomerGradeScheme, self.with_context(grade_cuts=CHECKED_BY_SCHEME)).write(vals)

    def _ensure_unused(self):
        graded = self.grade_ids.filtered(lambda grade: grade._is_used())
        runs = self.env["customer.grade.run"].sudo().search([("scheme_id", "in", self.ids)])
        if used := (graded.scheme_id | runs.scheme_id)[:1]:
            raise GradeRunStateError(
                self.env._(
                    "“%(scheme)s” has graded customers of %(company)s: make a scheme of its own for another company.",
                    scheme=used.name,
                    company=used.company_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # PostgreSQL deletes the grades along, past the check of their own.
        self.grade_ids._unlink_except_used()

    def _scope(self, date_to):
        """Return the companies and the period that are looked at as of a day.

        :raises UserError: when the period is too long, or not a period at all
        """
        if not 1 <= self.months <= MOST_MONTHS:
            raise UserError(self.env._("The period is between 1 and %s months long.", MOST_MONTHS))
        return self.env["customer.metric"]._scope(date_to, self.months, self.company_id)

    def _source_sql(self, scope):
        """Return the rows of (partner_id, value) that the scheme grades by.

        :raises UserError: when the scheme does not say by what
        """
        if self.method == "score":
            if not self.template_id:
                raise UserError(
                    self.env._("Choose the assessment whose score “%s” grades by.", self.name or "")
                )
            return self.template_id._score_sql(scope)
        if not self.metric_id:
            raise UserError(self.env._("Choose the metric that “%s” grades by.", self.name or ""))
        if self.method == "pareto" and not (
            self.metric_id.unit == "money" and self.metric_id.higher_is_better
        ):
            raise UserError(
                self.env._(
                    "“%(metric)s” cannot be added up to a total, so customers cannot be graded by their share of it: "
                    "choose an amount of money, or another method.",
                    metric=self.metric_id.name,
                )
            )
        return self.env["customer.metric"]._statement_sql(self.metric_id.code, scope)

    def _rising(self):
        """Return whether a higher value earns a better grade."""
        return self.method == "score" or self.metric_id.higher_is_better

    def _grading(self, date_to):
        """Return all that the statement needs to grade the customers as of a day.

        :raises UserError: when the scheme does not say by what, or over which period
        :raises GradeCutError: when there is no grade, or the cuts are out of order
        """
        self.ensure_one()
        scope = self._scope(date_to)
        values = self._source_sql(scope)
        grades = self.grade_ids._in_order()
        if not grades:
            raise GradeCutError(self.env._("“%s” has no grades: add at least one.", self.name or ""))
        return Grading(
            method=self.method,
            values=values,
            cuts=grades._cuts_in_order(self.method, self._rising()),
            rising=self._rising(),
            company_id=(self.company_id or self.env.company).id,
            company_ids=scope.company_ids,
            date_to=date_to,
            population=self._population_sql(),
            margin=self.margin,
            stay=self.minimum_stay,
            grade_ids=tuple(grade._origin.id for grade in grades if grade._origin),
        )

    def _population_sql(self):
        """Return the condition on ``p``, the partner, that restricts the scheme to some customers."""
        domain = Domain(self._eval_domain())
        if domain.is_true():
            return SQL("TRUE")
        partners = (
            self.env["res.partner"].with_company(self.company_id).sudo().with_context(active_test=False)
        )
        return SQL("p.id IN %s", partners._search(domain).subselect())

    def _eval_domain(self):
        """Return the domain of the customers.

        :raises UserError: when it is not a domain on partners
        """
        try:
            domain = Domain(safe_eval(self.domain or "[]", {"uid": self.env.uid}))
            # Built with the rights of the user first: the grading itself reads everything, and nobody shall
            # find out by a filter what he cannot read.
            self.env["res.partner"].sudo(False)._search(domain)
        except Exception as error:
            raise UserError(
                self.env._(
                    "The customers of “%(scheme)s” are not a valid filter: %(error)s",
                    scheme=self.name,
                    error=error,
                )
            ) from error
        return domain

    def _preview(self, date_to):
        """Return the chart data of the customers graded as of a day, nothing being stored."""
        self.ensure_one()
        self.env.flush_all()
        grading = self._grading(date_to)
        grades = self.grade_ids._in_order()
        source = SQL("SELECT *, %s AS class FROM (%s) r", self._class_sql(grading), self._ranked_sql(grading))
        return self.env["customer.grade.run"]._chart(source, grades, self)

    def action_run(self, date_to=None):
        """Grade the customers as of a day.

        :param date_to: the last day of the period (default: today)
        :return: the computed run
        :rtype: customer.grade.run
        """
        self.ensure_one()
        # Its own steps say who did what; a word of its creation in the chatter adds nothing.
        runs = self.env["customer.grade.run"].with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )
        run = runs.create({"scheme_id": self.id, "date_to": date_to or fields.Date.context_today(self)})
        run.action_compute()
        return run.with_env(self.env)

    def action_run_and_open(self):
        """Grade the customers as of today and show the result."""
        return self.action_run()._open()

    def action_open_runs(self):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.grade_run_action")
        return {**action, "domain": [("scheme_id", "=", self.id)], "context": {"default_scheme_id": self.id}}
