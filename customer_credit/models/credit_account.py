from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_amount

from odoo.addons.customer_management.tools.living_text import table

# What decides about holds besides the limits.
CHANGES = {"is_stopped", "rating_id", "parent_id", "payment_term_id", "next_review"}


class CustomerCreditAccount(models.Model):
    """The credit of one payer in one company: its limits, what it has taken up, and whose group it belongs to."""

    _name = "customer.credit.account"
    _description = "Credit Account"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _parent_store = True
    _order = "partner_id, id"
    _rec_name = "partner_id"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Payer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('parent_id', '=', False)]",
    )
    user_id = fields.Many2one(related="partner_id.user_id", store=True, index=True)
    parent_id = fields.Many2one(
        "customer.credit.account",
        string="Group",
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="The account whose limit also covers what this payer takes up.",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("customer.credit.account", "parent_id", string="Members")
    version = fields.Integer(
        readonly=True, copy=False, help="Counts the decisions, so that two at a time cannot both pass."
    )
    rating_id = fields.Many2one(
        "customer.credit.rating",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        tracking=True,
        help="Given by a review. Empty: not rated, which is not the lowest rating.",
    )
    rating_color = fields.Integer(related="rating_id.color", string="Color of the Rating")
    payment_term_id = fields.Many2one(
        "account.payment.term",
        string="Agreed Terms",
        check_company=True,
        tracking=True,
        help="The longest payment terms that were agreed. Empty: none were.",
    )
    next_review = fields.Date(tracking=True, help="The day by which the credit is looked at again.")
    is_stopped = fields.Boolean(
        string="Stopped", tracking=True, help="No new business on credit, whatever the limit says."
    )
    stop_reason = fields.Char(tracking=True)
    limit_ids = fields.One2many("customer.credit.limit", "account_id")
    limit_state = fields.Selection(
        [("none", "No Limit"), ("cash", "Cash Only"), ("limit", "Limit")],
        compute="_compute_figures",
        help="No limit is not zero: without a limit nothing is checked against it; with zero everything is paid first.",
    )
    limit = fields.Monetary(string="Limit in Force", compute="_compute_figures")
    exposure = fields.Monetary(
        compute="_compute_figures", help="What is owed and about to be owed, members included."
    )
    available = fields.Monetary(compute="_compute_figures")
    limit_use = fields.Float(string="Use of the Limit", compute="_compute_figures")
    limit_percent = fields.Float(compute="_compute_limit_percent")
    component_table = fields.Html(compute="_compute_component_table")

    _partner_unique = models.UniqueIndex(
        "(company_id, partner_id)", "There is already a credit account of this payer in this company."
    )

    @api.constrains("partner_id")
    def _check_partner(self):
        for account in self:
            payer = account.partner_id.commercial_partner_id
            if payer != account.partner_id:
                raise ValidationError(
                    self.env._(
                        "“%(contact)s” is a contact of “%(payer)s”, who pays. Open the account for “%(payer)s”.",
                        contact=account.partner_id.name,
                        payer=payer.name,
                    )
                )

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("A credit account cannot belong to itself or to one of its members.")
            )

    def _limits(self, day=None):
        """Return the limit of each account on a day, without that of its group.

        :return: ``{account: amount in company currency, or None without a limit}``
        """
        day = day or fields.Date.context_today(self)
        share = self._limit_share(day)
        found = {}
        for account, parts in self._limit_parts(day).items():
            base = parts.pop("base")
            more = sum(parts.values())
            found[account] = (
                None if base is None else account.currency_id.round(base * share.get(account, 1.0) + more)
            )
        return found

    def _limit_parts(self, day):
        """Return what makes up the limit of each account on a day, in one statement.

        :return: ``{account: {"base": amount or None, kind: amount}}`` in company currency; of the kinds besides
            ``base`` only those that there are, see ``_limit_rows_sql``
        """
        found = {account: {"base": None} for account in self}
        currencies = self.env["res.currency"]
        for account_id, kind, currency_id, amount in self.env.execute_query(self._limit_rows_sql(day)):
            account = self.browse(account_id)
            currency = currencies.browse(currency_id) or account.currency_id
            value = currency._convert(amount, account.currency_id, account.company_id, day)
            found[account][kind] = (found[account].get(kind) or 0.0) + value
        return found

    def _limit_rows_sql(self, day):
        """Return what makes up the limits on a day: rows of (account_id, kind, currency_id, amount).

        ``base`` is the limit itself, everything else is added to it. An account without a base limit has no
        limit, whatever is added. An addon adds rows by overriding this.
        """
        self.env["customer.credit.limit"].flush_model()
        return SQL(
            "SELECT account_id, kind, currency_id, amount FROM (%s) given",
            self.env["customer.credit.limit"]._in_force_sql(day, self.ids),
        )

    def _limit_share(self, day):
        """Hook: return the part of the base limit that is in force on a day: ``{account: 0..1}``; absent is 1."""
        return {}

    def _exposure(self):
        """Return what the payer has taken up of its credit, its group's members included.

        :return: ``{component: amount, "total": amount}`` in company currency, what takes up the limit positive
        """
        self.ensure_one()
        return self._exposures()[self]

    def _exposures(self):
        """Return the exposure of each account with its members, in one statement a company."""
        engine = self.env["customer.credit.exposure"].sudo()
        members = self.sudo().search([("id", "child_of", self.ids)])
        found = {}
        for company, accounts in self.grouped("company_id").items():
            here = members.filtered(lambda member, company=company: member.company_id == company)
            own = engine._exposure_of(company, here.partner_id)
            parts = {account.id: [] for account in accounts}
            for member in here:
                for step in member.parent_path.strip("/").split("/"):
                    if int(step) in parts:
                        parts[int(step)].append(own[member.partner_id.id])
            for account in accounts:
                below = parts[account.id]
                found[account] = {
                    code: company.currency_id.round(sum(part[code] for part in below)) for code in below[0]
                }
        return found

    @api.depends("limit_ids.amount", "limit_ids.date_from", "limit_ids.date_to", "child_ids")
    def _compute_figures(self):
        limits, exposures = self._origin._limits(), self._origin._exposures()
        for account in self:
            limit, parts = limits.get(account._origin), exposures.get(account._origin, {})
            account.exposure = parts.get("total", 0.0)
            account.limit = limit or 0.0
            account.limit_state = "none" if limit is None else "limit" if limit else "cash"
            account.available = 0.0 if limit is None else limit - account.exposure
            account.limit_use = account.exposure / limit if limit else 0.0

    @api.depends("limit_use")
    def _compute_limit_percent(self):
        for account in self:
            account.limit_percent = account.limit_use * 100

    @api.depends("limit_ids", "child_ids")
    @api.depends_context("lang")
    def _compute_component_table(self):
        labels = self.env["customer.credit.exposure"]._exposure_labels()
        exposures = self._origin._exposures()
        head = [self.env._("What"), self.env._("Amount")]
        for account in self:
            parts = exposures.get(account._origin, {})
            rows = [
                [name, format_amount(self.env, parts.get(code, 0.0), account.currency_id)]
                for code, name in labels.items()
            ]
            rows.append(
                [self.env._("Exposure"), format_amount(self.env, account.exposure, account.currency_id)]
            )
            account.component_table = table(head, rows)

    @api.model
    def _of(self, partners, company):
        """Return the accounts of these payers in a company: ``{partner id: account}``."""
        accounts = self.sudo().search(
            [("company_id", "=", company.id), ("partner_id", "in", partners.commercial_partner_id.ids)]
        )
        return {account.partner_id.id: account for account in accounts}

    def _bump(self):
        """Take part in every other decision on these accounts: of two at a time, the second has to wait and retry.

        The whole chain up to the root of each group is bumped.
        """
        self.flush_model()
        self.env.cr.execute(self._bump_sql(self._chain_sql(SQL("o.id = ANY(%s)", self.ids))))
        self.invalidate_model(["version"])

    @api.model
    def _chain_sql(self, condition):
        """Return the ids of the accounts ``o`` that meet a condition, and of those above them in their groups."""
        return SQL(
            "SELECT UNNEST(STRING_TO_ARRAY(TRIM(TRAILING '/' FROM o.parent_path), '/')::int[])"
            " FROM customer_credit_account o WHERE %s",
            condition,
        )

    @api.model
    def _bump_sql(self, ids):
        """Return the statement that bumps accounts ``a``, always in the same order, so that none wait in a circle."""
        return SQL(
            "UPDATE customer_credit_account a SET version = COALESCE(a.version, 0) + 1"
            " FROM (SELECT id FROM customer_credit_account WHERE id IN (%s) ORDER BY id FOR UPDATE) chain"
            " WHERE a.id = chain.id",
            ids,
        )

    def _changed(self):
        """What the accounts allow has changed: decisions of this moment are taken anew, holds are checked again."""
        if self:
            self._bump()
            members = self.sudo().search([("id", "child_of", self.ids)])
            self.env["customer.credit.hold"]._wake(members.partner_id)

    def write(self, vals):
        """Override of `base`: holds are checked again when more may be allowed than before."""
        result = super().write(vals)
        if not CHANGES.isdisjoint(vals):
            self._changed()
        return result
