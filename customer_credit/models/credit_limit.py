from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class CustomerCreditLimit(models.Model):
    """How much credit a payer has from one day to another: the base limit, or more for a while.

    An amount of zero means cash only. An account without a base limit in force has no limit: nothing and zero
    are two things.
    """

    _name = "customer.credit.limit"
    _description = "Credit Limit"
    _order = "account_id, kind, date_from desc, id desc"

    account_id = fields.Many2one(
        "customer.credit.account",
        string="Credit Account",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="account_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="account_id.partner_id", store=True, index=True)
    kind = fields.Selection(
        [("base", "Limit"), ("temporary", "Temporary Increase")], required=True, default="base"
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    amount = fields.Monetary(required=True, help="Zero: cash only.")
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="To", help="The last day, included; empty: until another one follows.")
    reason = fields.Char(required=True)
    is_lifted = fields.Boolean(
        string="Lifted",
        readonly=True,
        copy=False,
        help="It ends because from then on there is no limit; otherwise a limit that has ended holds orders.",
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_in_force = fields.Boolean(compute="_compute_is_in_force")

    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A credit limit cannot be negative.")
    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)", "A limit cannot end before it begins."
    )

    @api.constrains("kind", "date_to")
    def _check_temporary(self):
        for limit in self:
            if limit.kind == "temporary" and not limit.date_to:
                raise ValidationError(
                    self.env._("A temporary increase needs the day on which it ends. Give the last day.")
                )

    @api.depends("date_from", "date_to", "kind", "account_id.limit_ids.date_from")
    def _compute_is_in_force(self):
        today = fields.Date.context_today(self)
        current = self.browse(
            row[0] for row in self.env.execute_query(self._in_force_sql(today, self.account_id.ids))
        )
        for limit in self:
            limit.is_in_force = limit in current

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a decision that is being taken with the old limits is taken anew."""
        limits = super().create(vals_list)
        limits.account_id._changed()
        return limits

    def write(self, vals):
        """Override of `base`: as with a new limit."""
        accounts = self.account_id
        result = super().write(vals)
        (accounts | self.account_id)._changed()
        return result

    def unlink(self):
        """Override of `base`: as with a new limit."""
        self.account_id._changed()
        return super().unlink()

    @api.model
    def _in_force_sql(self, day, account_ids=None):
        """Return the limits in force on a day: rows of (id, account_id, kind, currency_id, amount).

        Of the base limits that have begun and not ended, the latest one counts; temporary ones add up.

        :param account_ids: accounts to restrict to (default: all)
        """
        accounts = SQL("TRUE") if account_ids is None else SQL("account_id = ANY(%s)", list(account_ids))
        return SQL(
            """
            SELECT id, account_id, kind, currency_id, amount
              FROM (SELECT *, ROW_NUMBER() OVER (
                                PARTITION BY account_id, kind ORDER BY date_from DESC, id DESC) AS place
                      FROM customer_credit_limit
                     WHERE date_from <= %(day)s AND (date_to IS NULL OR date_to >= %(day)s) AND %(accounts)s) l
             WHERE kind = 'temporary' OR place = 1
            """,
            day=day,
            accounts=accounts,
        )

    @api.model
    def _last_day(self, account_id):
        """Return the last day of the latest base limit of an account, or None when it never had one."""
        limit = self.sudo().search(
            [
                ("account_id", "=", account_id),
                ("kind", "=", "base"),
                ("date_to", "!=", False),
                ("is_lifted", "=", False),
            ],
            order="date_to desc",
            limit=1,
        )
        return limit.date_to or None
