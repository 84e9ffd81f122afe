from math import isfinite

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools import find_doubts

# What may be given; those that can be negative are not in the constraint below.
ITEMS = (
    "current_assets",
    "inventory",
    "receivables",
    "fixed_assets",
    "total_assets",
    "current_liabilities",
    "total_liabilities",
    "equity",
    "retained_earnings",
    "sales",
    "cost_of_sales",
    "ebit",
    "pretax_profit",
    "net_profit",
    "market_value",
)
# Larger amounts are typing errors, and would lose their cents.
MOST = 1e15


class CustomerCreditStatement(models.Model):
    """A financial statement of a customer: its balance sheet and its results of a period.

    ``known`` lists the items that were given. An item that is not in it is missing, whatever its value is:
    missing is not zero. A value that is written is known, unless the same values say otherwise; writing
    False makes an item missing. (domain 4.1)
    """

    _name = "customer.credit.statement"
    _description = "Financial Statement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company, help="Empty: for all companies."
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    kind = fields.Selection([("annual", "Annual"), ("interim", "Interim")], required=True, default="annual")
    date = fields.Date(string="Balance Sheet Date", required=True, help="The last day of the period.")
    year = fields.Char(compute="_compute_year", store=True, index=True)
    source = fields.Selection(
        [
            ("customer", "Customer"),
            ("registry", "Public Register"),
            ("agency", "Credit Agency"),
            ("estimate", "Own Estimate"),
        ],
        string="Source of the Figures",
        required=True,
        default="customer",
    )
    is_audited = fields.Boolean(string="Audited")
    known = fields.Json(string="Given Items", default=list, help="The items that are known.")
    current_assets = fields.Monetary()
    inventory = fields.Monetary()
    receivables = fields.Monetary()
    fixed_assets = fields.Monetary()
    total_assets = fields.Monetary()
    current_liabilities = fields.Monetary()
    total_liabilities = fields.Monetary()
    equity = fields.Monetary()
    retained_earnings = fields.Monetary()
    sales = fields.Monetary()
    cost_of_sales = fields.Monetary(string="Cost of Sales")
    ebit = fields.Monetary(string="Earnings Before Interest and Tax")
    pretax_profit = fields.Monetary(string="Profit Before Tax")
    net_profit = fields.Monetary()
    market_value = fields.Monetary(
        string="Market Value of the Equity", help="Of a listed customer: all shares at their price."
    )
    note = fields.Text()
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "customer_credit_statement_attachment_rel",
        "statement_id",
        "attachment_id",
        string="Documents",
    )
    ratio_ids = fields.One2many("customer.credit.ratio", "statement_id", readonly=True, copy=False)
    doubts = fields.Text(compute="_compute_doubts", help="What does not fit together.")
    is_latest = fields.Boolean(
        string="Latest", compute="_compute_is_latest", search="_search_is_latest", help="Of this customer."
    )

    _one_a_period = models.UniqueIndex(
        "(partner_id, COALESCE(company_id, 0), kind, date)",
        "There is already a statement of this customer for this period: correct that one.",
    )
    _not_negative = models.Constraint(
        "CHECK(LEAST(current_assets, inventory, receivables, fixed_assets, total_assets, current_liabilities,"
        " total_liabilities, sales, cost_of_sales, market_value) >= 0)",
        "Assets, debts, sales, costs and market value cannot be negative; equity and profits can.",
    )

    @api.depends("date")
    def _compute_year(self):
        for statement in self:
            statement.year = statement.date and str(statement.date.year)

    @api.depends("partner_id.name", "year", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for statement in self:
            parts = [statement.partner_id.name, statement.year]
            if statement.kind == "interim":
                parts.append(kinds["interim"])
            statement.display_name = " · ".join(part for part in parts if part)

    @api.depends("known", *ITEMS)
    @api.depends_context("lang")
    def _compute_doubts(self):
        words = {
            "balance": self.env._("The assets are not the liabilities and the equity together."),
            "assets": self.env._("The current assets are more than all assets."),
            "liabilities": self.env._("The current liabilities are more than all liabilities."),
            "stock": self.env._("The inventory is more than the current assets."),
            "claims": self.env._("The receivables are more than the current assets."),
        }
        for statement in self:
            currency = statement.currency_id
            close = lambda one, other, currency=currency: (  # noqa: E731
                not currency or currency.compare_amounts(one, other) == 0
            )
            found = find_doubts(statement._figures(), close)
            statement.doubts = "\n".join(words[code] for code in found) or False

    def _compute_is_latest(self):
        latest = set(self.filtered_domain([("id", "in", self._latest_query())]).ids) if self.ids else set()
        for statement in self:
            statement.is_latest = statement.id in latest

    def _search_is_latest(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("id", "in", self._latest_query())]

    @api.model
    def _latest_query(self):
        """Return the statement that selects the last statement of each customer and company."""
        return SQL(
            "(SELECT DISTINCT ON (partner_id, company_id) id FROM customer_credit_statement"
            " ORDER BY partner_id, company_id, date DESC, id DESC)"
        )

    def _figures(self):
        """Return the amounts by item, in the currency of the statement; a missing one is None."""
        self.ensure_one()
        known = set(self.known or ())
        return {name: self[name] if name in known else None for name in ITEMS}

    @api.constrains("known")
    def _check_known(self):
        for statement in self:
            known = statement.known or []
            if not isinstance(known, list) or not set(ITEMS).issuperset(map(str, known)):
                raise ValidationError(
                    self.env._("“%s” is no list of items of a statement.", str(statement.known)[:80])
                )

    @api.model
    def _check_amounts(self, vals):
        """:raises ValidationError: on an amount that is too large to be one, before it is rounded"""
        for name in ITEMS:
            value = vals.get(name)
            if isinstance(value, (int, float)) and not (isfinite(value) and abs(value) < MOST):
                raise ValidationError(
                    self.env._(
                        "“%(item)s”: %(value)s is no amount that a statement can have. Enter less than %(most)s.",
                        item=self._fields[name]._description_string(self.env),
                        value=value,
                        most=f"{MOST:,.0f}",
                    )
                )

    # Writing

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: values that are given are known; ratios follow."""
        vals_list = [self._with_payer(vals) for vals in vals_list]
        for vals in vals_list:
            if "known" not in vals:
                vals["known"] = [name for name in ITEMS if self._is_given(vals.get(name))]
        statements = super().create(vals_list)
        statements._refresh_ratios()
        return statements

    def write(self, vals):
        """Override of `base`: an item that is written is known, one that is emptied is not; ratios follow."""
        vals = self._with_payer(vals)
        given = {name: self._is_given(vals[name]) for name in ITEMS if name in vals}
        if given and "known" not in vals:
            for known, statements in self.grouped(lambda statement: tuple(statement.known or ())).items():
                names = [name for name in ITEMS if given.get(name, name in known)]
                super(CustomerCreditStatement, statements).write({**vals, "known": names})
        else:
            super().write(vals)
        if given or "known" in vals:
            self._refresh_ratios()
        return True

    @api.model
    def _is_given(self, value):
        """Return whether a value is an amount: 0 is one."""
        return value is not None and value is not False

    def _with_payer(self, vals):
        """Return values with the customer that a contact belongs to, their amounts checked."""
        vals = dict(vals)
        self._check_amounts(vals)
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            vals["partner_id"] = partner.sudo().commercial_partner_id.id
        return vals

    def _refresh_ratios(self):
        """Write the ratios anew; one that cannot be computed has no row."""
        ratios = self.env["customer.credit.ratio"].sudo()
        self.sudo().ratio_ids.unlink()
        ratios.create([values for statement in self for values in ratios._values_of(statement)])
