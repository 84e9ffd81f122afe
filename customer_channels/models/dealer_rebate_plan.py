from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..exceptions import RebatePlanError
from ..tools import Rules
from ..tools.rebate_math import exact

MONTHS = {"month": 1, "quarter": 3, "year": 12}
# What may still be changed once a rebate was settled by a plan.
FREE = {"name", "active", "sequence", "note", "settle_by", "clawback_months"}


class CustomerDealerRebatePlan(models.Model):
    """How a rebate comes about: of what, at which rates, under which conditions.

    It applies to the dealers whose contracts name it. Once a statement of it was checked it is frozen: what
    changes afterwards is a new plan.
    """

    _name = "customer.dealer.rebate.plan"
    _description = "Rebate Plan"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company.root_id
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("regular", "On all sales"), ("excess", "On what exceeds the target")],
        string="Rebate",
        required=True,
        default="regular",
    )
    basis = fields.Selection(
        [("invoiced", "Invoiced"), ("collected", "Collected")],
        required=True,
        default="invoiced",
        help="Invoiced: without taxes, by the day of the entry, less returns. Collected: the part of it that was "
        "paid by bank or cash, on the day on which it was.",
    )
    returns_in = fields.Selection(
        [("sale", "The period of the sale"), ("period", "The period of the return")],
        string="Returns Reduce",
        required=True,
        default="sale",
        help="The period of the sale: a credit note made from an invoice counts on the day of the invoice; if that "
        "period is settled already, the next statement takes the difference back.",
    )
    period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")], required=True, default="year"
    )
    interim = fields.Selection(
        [("none", "None"), ("month", "Monthly"), ("quarter", "Quarterly")],
        string="Interim Statements",
        required=True,
        default="none",
        help="Paid on account, from the first day of the period on, and deducted from the final statement.",
    )
    interim_share = fields.Float(
        string="Paid on Account (%)", default=100, help="Of what was earned so far; the rest waits."
    )
    catch_up = fields.Boolean(
        string="Missed Interims Are Caught Up",
        default=True,
        help="When the conditions of the whole period are met, what an interim missed is paid with it. Otherwise it "
        "stays lost.",
    )
    mode = fields.Selection(
        [("marginal", "Each part at its own rate"), ("whole", "All at the rate reached")],
        string="Rates Apply",
        required=True,
        default="marginal",
    )
    measure = fields.Selection(
        [("amount", "Amount"), ("attainment", "Percent of the target")],
        string="Tiers Count In",
        required=True,
        default="amount",
    )
    tier_ids = fields.One2many("customer.dealer.rebate.tier", "plan_id", string="Tiers", copy=True)
    band_ids = fields.One2many("customer.dealer.rebate.band", "plan_id", string="Collection Bands", copy=True)
    days_from = fields.Selection(
        [("invoice", "Invoice date"), ("due", "Due date")],
        string="Days Since",
        default="invoice",
        required=True,
    )
    has_cap = fields.Boolean(string="Capped")
    cap = fields.Float(string="At Most (% of the Base)")
    categ_ids = fields.Many2many(
        "product.category",
        "customer_dealer_rebate_plan_categ_rel",
        string="Categories",
        help="With all below them. Empty, and no products either: all goods.",
    )
    product_ids = fields.Many2many(
        "product.product", "customer_dealer_rebate_plan_product_rel", string="Products", check_company=True
    )
    excluded_categ_ids = fields.Many2many(
        "product.category", "customer_dealer_rebate_plan_no_categ_rel", string="But Not These Categories"
    )
    excluded_product_ids = fields.Many2many(
        "product.product",
        "customer_dealer_rebate_plan_no_product_rel",
        string="But Not These Products",
        check_company=True,
    )
    min_attainment = fields.Float(
        string="Least Attainment (%)",
        help="0: no target has to be reached. Without a target it is not reached.",
    )
    no_violation = fields.Boolean(string="No Proven Violation")
    no_overdue = fields.Boolean(string="Nothing Overdue at the End")
    overdue_days = fields.Integer(
        string="Days Tolerated", help="Invoices overdue by no more than so many days are forgiven."
    )
    needs_contract = fields.Boolean(string="Contract in Force All the Time")
    needs_reports = fields.Boolean(string="Stock Reports Filed")
    settle_by = fields.Selection(
        [("credit_note", "Credit note"), ("goods", "Goods credit")],
        string="Settled As",
        required=True,
        default="credit_note",
    )
    clawback_months = fields.Integer(
        string="Corrected For (Months)",
        default=12,
        help="So long after a period ended, what changes in it is corrected in the next statement.",
    )
    contract_ids = fields.Many2many(
        "customer.dealer.contract", "customer_dealer_contract_rebate_rel", "plan_id", "contract_id"
    )
    statement_ids = fields.One2many("customer.dealer.rebate.statement", "plan_id")
    note = fields.Html()

    _figures_sensible = models.Constraint(
        "CHECK(cap >= 0 AND min_attainment >= 0 AND overdue_days >= 0 AND clawback_months >= 0"
        " AND interim_share > 0 AND interim_share <= 100)",
        "Percentages and days are not below zero, and no more than 100 % is paid on account.",
    )

    @api.constrains("name", "tier_ids")
    def _check_tiers(self):
        for plan in self:
            if not plan.tier_ids or min(plan.tier_ids.mapped("amount_from")) != 0:
                raise ValidationError(
                    self.env._(
                        "“%s” has no rate from 0 on: the first tier begins at 0, each ends where the next begins.",
                        plan.name,
                    )
                )

    @api.constrains("basis", "band_ids")
    def _check_bands(self):
        for plan in self.filtered("band_ids"):
            if plan.basis != "collected":
                raise ValidationError(
                    self.env._(
                        "“%s” pays by collection days, so its basis has to be what was collected.", plan.name
                    )
                )

    @api.constrains("period", "interim")
    def _check_interim(self):
        for plan in self.filtered(lambda one: one.interim != "none"):
            if MONTHS[plan.interim] >= MONTHS[plan.period]:
                raise ValidationError(
                    self.env._("Interim statements of “%s” are not shorter than its period.", plan.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: contracts name their plans, not the other way round."""
        self._refuse_contracts(any(vals.get("contract_ids") for vals in vals_list))
        # Said for each, so that no default of the context says otherwise.
        return super().create([{**vals, "contract_ids": False} for vals in vals_list])

    def write(self, vals):
        """Override of `base`: a plan that statements were checked by stays as it is.

        :raises RebatePlanError: when a frozen plan would change
        """
        if not set(vals) <= FREE | {"contract_ids", "statement_ids"}:
            self._refuse_frozen()
        self._refuse_contracts("contract_ids" in vals)
        return super().write(vals)

    def _refuse_contracts(self, named):
        """:raises RebatePlanError: when contracts are named"""
        if named:
            raise RebatePlanError(self.env._("Which plans a dealer has is said in its contract."))

    def _refuse_frozen(self):
        """:raises RebatePlanError: when a statement of one of these plans was submitted or checked"""
        used = self.env["customer.dealer.rebate.statement"].sudo()
        used = used.search(
            [("plan_id", "in", self.ids), ("approval_state", "in", ("pending", "approved"))], limit=1
        )
        if used:
            raise RebatePlanError(
                self.env._(
                    "“%(plan)s” cannot change: statement %(statement)s was made by it. Make a copy, change that, "
                    "and name it in the next contracts.",
                    plan=used.plan_id.name,
                    statement=used.display_name,
                )
            )

    def copy_data(self, default=None):
        """Override of `base`: a copy says that it is one, and belongs to no contract yet."""
        return [
            {**vals, "name": self.env._("%s (copy)", plan.name), "contract_ids": False}
            for plan, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._refuse_frozen()

    # Reading a plan

    def _rules(self):
        """Return the rules of the plan for the arithmetic."""
        self.ensure_one()
        tiers = self.tier_ids.sorted("amount_from")
        return Rules(
            tiers=tuple((exact(tier.amount_from), exact(tier.rate)) for tier in tiers),
            mode=self.mode,
            measure=self.measure,
            kind=self.kind,
            bands=tuple((band.days, exact(band.percent)) for band in self.band_ids.sorted("days")),
            cap=exact(self.cap) if self.has_cap else None,
            step=Decimal(str(self.currency_id.rounding)),
        )

    def _facts(self):
        """Return what the engine asks of the plan for each statement, once for all of them."""
        self.ensure_one()
        names = ("interim_share", "min_attainment", "no_violation", "no_overdue", "overdue_days")
        names += ("needs_contract", "needs_reports", "catch_up", "clawback_months")
        return {name: self[name] for name in names} | {
            "rules": self._rules(),
            "needs_target": self._needs_target(),
        }

    def _needs_target(self):
        """Return whether the plan cannot be computed without a target."""
        self.ensure_one()
        return bool(self.min_attainment) or self.measure == "attainment" or self.kind == "excess"

    def _first_day(self, day):
        """Return the first day of the plan's period around a day."""
        self.ensure_one()
        return self._period_of(self.period, fields.Date.to_date(day))[0]

    @api.model
    def _period_of(self, length, day):
        """Return the first and the last day of the month, quarter or year around a day."""
        months = MONTHS[length]
        first = day + relativedelta(day=1, month=(day.month - 1) // months * months + 1)
        return first, first + relativedelta(months=months, days=-1)

    # Buttons

    def action_prepare(self):
        """Make the statements of the running periods that are missing, compute them, and open them.

        :raises AccessError: when the user does not manage channels
        """
        self.check_access("write")
        engine = self.env["customer.dealer.rebate.engine"]
        for plan in self:
            engine._compute(engine._prepare(plan, fields.Date.context_today(self)))
        return self.action_open_statements()

    def action_open_statements(self):
        """Open the statements of these plans."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "customer_channels.dealer_rebate_statement_action"
        )
        return {**action, "domain": [("plan_id", "in", self.ids)], "context": {}}
