from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..exceptions import CreditRequestError

HALF_YEAR = 6
# What a line asks for at first: what the account has.
KIND_OF = {"limit": "base", "cash": "cash", "none": "none"}


class CustomerCreditReviewRound(models.Model):
    """All limits of a company looked at together, twice a year: proposals side by side, decided at once. (4.19)

    Each line is a request for a limit: sales, the manager and finance say what they propose, and the round
    submits them all.
    """

    _name = "customer.credit.review.round"
    _description = "Credit Review Round"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char(required=True, compute="_compute_name", store=True, readonly=False, precompute=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="restrict", default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        string="Round Of",
        required=True,
        default=lambda self: self._default_date(),
        help="The last day of the half year.",
    )
    date_from = fields.Date(
        string="New Limits From",
        compute="_compute_date_from",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    request_ids = fields.One2many("customer.credit.limit.request", "round_id")
    request_count = fields.Integer(compute="_compute_counts")
    open_count = fields.Integer(string="Not Decided Yet", compute="_compute_counts")
    state = fields.Selection(
        [("draft", "Proposals"), ("pending", "Submitted"), ("done", "Decided")],
        compute="_compute_counts",
    )

    _company_date_unique = models.UniqueIndex(
        "(company_id, date)", "There is already a round of this day in this company."
    )

    @api.model
    def _default_date(self):
        """Return the day of the round that is nearest to today."""
        today = fields.Date.context_today(self)
        return min(self._days(self.env.company, today), key=lambda day: abs((day - today).days))

    @api.model
    def _days(self, company, day):
        """Return the days of the rounds of a company from the year before a day to the year after it.

        :raises CreditRequestError: when the setting names no days
        """
        found = []
        for word in (company.customer_credit_rounds or "").replace(" ", "").split(","):
            for year in (day.year - 1, day.year, day.year + 1):
                try:
                    found.append(fields.Date.to_date(f"{year}-{word}"))
                except ValueError as error:
                    raise CreditRequestError(
                        self.env._(
                            "“%s” is no day of a year: write month and day, such as 06-30, with commas between "
                            "several (Settings, Customer Credit).",
                            word,
                        )
                    ) from error
        return found

    @api.depends("date")
    def _compute_name(self):
        for round_ in self:
            round_.name = self.env._("Round of %s", round_.date) if round_.date else False

    @api.depends("date")
    def _compute_date_from(self):
        for round_ in self:
            round_.date_from = round_.date and round_.date + relativedelta(days=1)

    @api.depends("request_ids.approval_state")
    def _compute_counts(self):
        for round_ in self:
            states = round_.request_ids.mapped("approval_state")
            round_.request_count = len(states)
            round_.open_count = sum(state in ("draft", "pending") for state in states)
            waiting = "pending" if "pending" in states else "done"
            round_.state = "draft" if not states or "draft" in states else waiting

    def action_fill(self):
        """Add a line for each credit account of the company that has none in the round yet."""
        self.check_access("write")
        for round_ in self:
            accounts = self.env["customer.credit.account"].search([("company_id", "=", round_.company_id.id)])
            accounts -= round_.request_ids.account_id
            lines = self.env["customer.credit.limit.request"].create(round_._line_values(accounts))
            lines.sudo()._take_figures()

    def _line_values(self, accounts):
        """Return the values of the lines of accounts: sales and peak of the half year, and the limit they have."""
        self.ensure_one()
        company, payers = self.company_id, accounts.partner_id
        day = min(self.date, fields.Date.context_today(self))
        metrics = self.env["customer.metric"].sudo()
        sales = metrics._evaluate(["revenue"], day, HALF_YEAR, company, payers)
        peaks = self._peak_exposures(accounts, day)
        limits = accounts._base_limits()
        return [
            {
                "round_id": self.id,
                "partner_id": account.partner_id.id,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                "kind": KIND_OF[account._state_of(limits[account])],
                "amount": limits[account] or 0.0,
                "proposal_sales": limits[account] or 0.0,
                "proposal_manager": limits[account] or 0.0,
                "proposal_finance": limits[account] or 0.0,
                "half_year_sales": sales.get(account.partner_id.id, {}).get("revenue") or 0.0,
                "peak_exposure": peaks.get(account) or 0.0,
                "date_from": self.date_from,
                "reason": self.name,
            }
            for account in accounts
        ]

    def _peak_exposures(self, accounts, day):
        """Hook: return the highest exposure of each account in the half year up to a day: ``{account: amount}``.

        By default the highest receivables at the ends of its months; an addon that keeps the exposure of each
        day overrides it.
        """
        series = (
            self.env["customer.metric"]
            .sudo()
            ._series("receivable", day, HALF_YEAR, self.company_id, accounts.partner_id)
        )
        return {
            account: max((float(value or 0) for value in series.get(account.partner_id.id, [])), default=0.0)
            for account in accounts
        }

    def action_submit(self):
        """Submit all lines that are still drafts, together."""
        self.request_ids.filtered(lambda request: request.approval_state == "draft").action_submit()

    def action_approve(self):
        """Approve all lines that wait for the current user."""
        waiting = self.request_ids.filtered("can_decide")
        if not waiting:
            raise CreditRequestError(self.env._("No line of this round waits for your decision."))
        waiting.action_approve()

    @api.model
    def action_start(self):
        """Open the round that is nearest to today, with a line for each account; it is made if there is none."""
        day = self._default_date()
        found = self.search([("company_id", "=", self.env.company.id), ("date", "=", day)], limit=1)
        if not found:
            found = self.create({"date": day})
            found.action_fill()
        return found._get_records_action()

    def action_open_lines(self):
        """Open the lines of the round as a list of their own, as the form prints it."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_credit.credit_round_line_action")
        return {**action, "domain": [("round_id", "=", self.id)], "display_name": self.name}


class CustomerCreditLimitRequest(models.Model):
    """A request as a line of a round: what each side proposes."""

    _inherit = "customer.credit.limit.request"

    # Not read only: who controls credit draws a round up, and nobody else; see below.
    round_id = fields.Many2one(
        "customer.credit.review.round", index="btree_not_null", ondelete="restrict", copy=False
    )
    half_year_sales = fields.Monetary(currency_field="company_currency_id", copy=False)
    peak_exposure = fields.Monetary(
        string="Highest Debt",
        currency_field="company_currency_id",
        copy=False,
        groups="customer_credit.group_credit_user",
    )
    proposal_sales = fields.Monetary(string="Proposed by Sales", copy=False)
    proposal_manager = fields.Monetary(
        string="Proposed by the Manager",
        copy=False,
        groups="customer_management.group_customer_manager,customer_credit.group_credit_controller",
    )
    proposal_finance = fields.Monetary(
        string="Proposed by Finance", copy=False, groups="customer_credit.group_credit_controller"
    )

    _round_payer_unique = models.UniqueIndex(
        "(round_id, partner_id) WHERE round_id IS NOT NULL", "Each payer stands in a round once."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: who controls credit draws up a round."""
        if any(vals.get("round_id") for vals in vals_list):
            self._check_round_right()
        # Said for each, so that no default of the context puts a request into a round.
        return super().create([{"round_id": False, **vals} for vals in vals_list])

    def write(self, vals):
        """Override of `base`: in a round, salespeople and managers write what they propose only.

        :raises CreditRequestError: when somebody who does not control credit writes more
        """
        free = ("message_", "activity_")
        written = {name for name in vals if not name.startswith(free)} - {"proposal_sales"}
        if self.env.user.has_group("customer_management.group_customer_manager"):
            written -= {"proposal_manager"}
        if written and any(request.round_id for request in self.sudo()):
            self._check_round_right()
        return super().write(vals)

    def _check_round_right(self):
        if not self.env.su and not self.env.user.has_group("customer_credit.group_credit_controller"):
            raise CreditRequestError(
                self.env._(
                    "In a round, sales and managers enter what they propose; finance draws it up and enters the new "
                    "limits."
                )
            )
