from odoo import api, fields, models

from ..exceptions import AgingCompanyError, AgingDateError, AgingStateError

TOP = 10


class CustomerAgingReport(models.Model):
    """Receivables by age as of a day, proved against the ledger.

    A report is the user's own until it is kept; what is not kept goes after a day.
    """

    _name = "customer.aging.report"
    _description = "Aged Receivables"
    _inherit = ["customer.steps.mixin", "customer.aging.engine"]
    _order = "date_to desc, id desc"
    _step_error = AgingStateError
    _step_fields = ("state", "computed_on", "is_kept", "item_from", "item_to")

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
        help="Whose currency the totals are shown in.",
    )
    company_ids = fields.Many2many(
        "res.company", string="Companies", required=True, default=lambda self: self.env.companies
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_to = fields.Date(string="As Of", required=True, default=fields.Date.context_today)
    bucket_set_id = fields.Many2one(
        "customer.aging.bucket.set",
        string="Buckets",
        required=True,
        ondelete="restrict",
        domain="[('company_id', 'in', [False, company_id])]",
        default=lambda self: self.env["customer.aging.bucket.set"].search([], limit=1),
    )
    basis = fields.Selection(
        [("due", "Due Date"), ("invoice", "Invoice Date")],
        string="Age Counts From",
        compute="_compute_basis",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    partner_ids = fields.Many2many("res.partner", string="Customers", help="Leave empty for all.")
    state = fields.Selection(
        [("draft", "Draft"), ("computed", "Computed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    is_kept = fields.Boolean(
        string="Kept", copy=False, help="A report that is not kept is deleted after a day."
    )
    computed_on = fields.Datetime(readonly=True, copy=False)
    item_from = fields.Integer(string="First Stored Item", readonly=True, copy=False)
    item_to = fields.Integer(string="Last Stored Item", readonly=True, copy=False)
    line_ids = fields.One2many("customer.aging.line", "report_id", readonly=True)
    bucket_ids = fields.One2many("customer.aging.report.bucket", "report_id", readonly=True)
    check_ids = fields.One2many("customer.aging.check", "report_id", readonly=True)
    line_count = fields.Integer(string="Open Items", compute="_compute_lines")
    partner_count = fields.Integer(string="Customers With Open Items", compute="_compute_lines")
    total = fields.Monetary(compute="_compute_total", help="Sum of the open items, in the report's currency.")
    ledger_balance = fields.Monetary(
        compute="_compute_total", help="Balance of the receivable accounts on the day."
    )
    settled_between = fields.Monetary(
        string="Settled Between Customers",
        compute="_compute_total",
        help="What items of other customers settled of these customers' items, or theirs of others.",
    )
    difference = fields.Monetary(compute="_compute_total")
    is_equal = fields.Boolean(compute="_compute_total")
    chart = fields.Json(compute="_compute_lines")
    top_ids = fields.Many2many("customer.aging.partner", string="Largest Debtors", compute="_compute_top_ids")

    @api.depends("bucket_set_id")
    def _compute_basis(self):
        for report in self:
            report.basis = report.bucket_set_id.basis or report.basis or "due"

    @api.depends("date_to", "company_ids.name", "partner_ids.name")
    @api.depends_context("lang")
    def _compute_name(self):
        for report in self:
            about = ", ".join((report.partner_ids or report.company_ids).mapped("name"))
            report.name = self.env._("%(about)s as of %(date)s", about=about, date=report.date_to or "…")

    @api.depends("name")
    def _compute_display_name(self):
        for report in self:
            report.display_name = report.name

    @api.depends(
        "check_ids.total",
        "check_ids.ledger_balance",
        "check_ids.settled_between",
        "date_to",
        "currency_id",
    )
    def _compute_total(self):
        for report in self:
            for name in ("total", "ledger_balance", "settled_between"):
                report[name] = sum(report._in_currency(check, check[name]) for check in report.check_ids)
            report.difference = report.total - report.ledger_balance - report.settled_between
            report.is_equal = all(report.check_ids.mapped("is_equal"))

    def _in_currency(self, line, amount):
        """Return a company's amount in the report's currency, at the rate of the day."""
        return line.currency_id._convert(amount, self.currency_id, self.company_id, self.date_to)

    @api.depends("computed_on")
    def _compute_lines(self):
        for report in self:
            groups = self.env["customer.aging.line"]._read_group(
                [("report_id", "=", report._origin.id)],
                ["bucket", "company_currency_id"],
                ["amount_residual:sum", "__count"],
            )
            report.line_count = sum(group[3] for group in groups)
            report.partner_count = self.env["customer.aging.partner"].search_count(
                [("report_id", "=", report._origin.id)]
            )
            report.chart = report._chart(groups)

    def _chart(self, groups):
        """Return the amounts by column for the aging bar, in the report's currency."""
        if self.state == "draft":
            return False
        columns = self.bucket_ids.sorted("sequence")
        amounts = dict.fromkeys(columns.mapped("sequence"), 0.0)
        for bucket, currency, amount, _count in groups:
            amounts[bucket] += currency._convert(amount, self.currency_id, self.company_id, self.date_to)
        named = [(bucket.sequence, bucket.kind, bucket.name) for bucket in columns]
        return columns._chart(named, amounts, self.total, self.currency_id)

    def _compute_top_ids(self):
        for report in self:
            report.top_ids = self.env["customer.aging.partner"].search(
                [("report_id", "=", report.id), ("total", ">", 0)], limit=TOP, order="total desc"
            )

    @api.constrains("date_to")
    def _check_date_to(self):
        for report in self:
            if report.date_to > self._today():
                raise AgingDateError(
                    self.env._(
                        "Receivables cannot be aged as of %(date)s: that day is still to come. "
                        "Choose a day up to %(today)s.",
                        date=report.date_to,
                        today=self._today(),
                    )
                )

    @api.constrains("company_ids", "company_id")
    def _check_companies(self):
        for report in self:
            foreign = (report.company_ids | report.company_id) - self.env.user.company_ids
            if foreign and not self.env.su:
                raise AgingCompanyError(
                    self.env._(
                        "You have no access to %(companies)s, so their receivables cannot be shown to you.",
                        companies=", ".join(foreign.sudo().mapped("name")),
                    )
                )

    def write(self, vals):
        """Override of `base`: other settings make the figures stale, so they go; a kept report stays as it is.

        :raises AgingStateError: when the report is kept
        """
        settings = {"company_ids", "company_id", "date_to", "bucket_set_id", "basis", "partner_ids"}
        if settings.intersection(vals):
            self._ensure_not_kept()
        done = super().write(vals)
        if settings.intersection(vals):
            self.filtered(lambda report: report.state == "computed")._forget()
        return done

    def _ensure_not_kept(self):
        """:raises AgingStateError: when the figures are to stay as they are"""
        for report in self:
            if report.is_kept:
                raise AgingStateError(
                    self.env._("“%s” is kept as it was. Make a new report for other figures.", report.name)
                )

    def unlink(self):
        """Override of `base` to delete the stored items, whose column carries no foreign key."""
        self.env["customer.aging.item"].sudo()._delete_of(self)
        return super().unlink()

    def _forget(self):
        """Drop the computed figures."""
        self.env["customer.aging.item"].sudo()._delete_of(self)
        self.sudo().bucket_ids.unlink()
        self.sudo().check_ids.unlink()
        self.sudo().write({"state": "draft", "computed_on": False})

    def action_compute(self):
        """Fill the report from the ledger: one statement for the items, one for the proof.

        :raises AgingCompanyError: when a company is not the user's
        """
        self.check_access("write")
        for report in self:
            report._ensure_not_kept()
            report._check_companies()
            report._check_date_to()
            if report.state == "computed":
                report._forget()
            report._fill()

    def _fill(self):
        self._flush_ledger()
        companies, partners = self.company_ids.ids, self._partners_sql(self.partner_ids)
        limits = self.bucket_set_id._limits()
        accounts = self._receivable_accounts(companies)
        items = self._open_items_sql(companies, self.date_to, partners, accounts)
        stored = (
            self.env["customer.aging.item"]
            .sudo()
            ._fill(self, self._aged_sql(self.date_to, self.basis, limits, items))
        )
        self.sudo().write({"state": "computed", "computed_on": fields.Datetime.now(), **stored})
        customers = self.partner_ids.commercial_partner_id.ids
        self.env["customer.aging.check"].sudo()._fill(
            self,
            self._ledger_sql(companies, self.date_to, partners, accounts),
            self._between_sql(companies, self.date_to, customers, accounts) if customers else None,
        )
        columns = self.env["customer.aging.report.bucket"]._bounds(limits, self.basis)
        self.env["customer.aging.report.bucket"].sudo().create(
            [
                {"report_id": self.id, "sequence": index, "kind": kind, "day_from": first, "day_to": last}
                for index, kind, first, last in columns
            ]
        )
        self.invalidate_recordset(["line_ids", "line_count", "partner_count", "chart", "top_ids"])

    @api.autovacuum
    def _gc_reports(self):
        """Delete the reports that nobody kept."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        old = self.search([("is_kept", "=", False), ("write_date", "<", limit)], limit=100)
        count = len(old)
        old.unlink()
        return count, count == 100
