from odoo import api, fields, models
from odoo.tools import format_amount

from ..exceptions import CreditWriteError

# What reviews and requests grant; nobody writes it by hand.
GRANTED = {"rating_id", "payment_term_id", "next_review", "review_asked_for"}


class CustomerCreditAccount(models.Model):
    """The rating of an account, and what only an approved review or request changes."""

    _inherit = "customer.credit.account"

    review_ids = fields.One2many("customer.credit.review", "account_id")
    request_ids = fields.One2many("customer.credit.limit.request", "account_id")
    change_ids = fields.One2many("customer.credit.rating.change", "account_id")
    review_count = fields.Integer(string="Reviews", compute="_compute_work_counts")
    request_count = fields.Integer(string="Limit Requests", compute="_compute_work_counts")
    change_count = fields.Integer(string="Rating Changes", compute="_compute_work_counts")
    expiry_share = fields.Float(
        string="Left of the Limit",
        compute="_compute_expiry_share",
        help="The part that an expired review leaves of the limit.",
    )
    review_asked_for = fields.Date(
        readonly=True, copy=False, help="The day of the review that somebody has been asked to do."
    )

    def _compute_work_counts(self):
        for name, comodel in (
            ("review_count", "customer.credit.review"),
            ("request_count", "customer.credit.limit.request"),
            ("change_count", "customer.credit.rating.change"),
        ):
            groups = self.env[comodel]._read_group(
                [("account_id", "in", self.ids)], ["account_id"], ["__count"]
            )
            counts = dict(groups)
            for account in self:
                account[name] = counts.get(account._origin, 0)

    @api.depends("next_review")
    def _compute_expiry_share(self):
        shares = self._origin._limit_share(fields.Date.context_today(self))
        for account in self:
            account.expiry_share = shares.get(account._origin, 1.0)

    # Guards

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: an account begins without rating, terms and review, except by the server."""
        if not self.env.su:
            for vals in vals_list:
                self._refuse_granted(name for name in vals if vals[name])
            # Said for each field, so that no default of the context is put in.
            vals_list = [{**vals, **dict.fromkeys(GRANTED, False)} for vals in vals_list]
        accounts = super().create(vals_list)
        accounts.filtered("rating_id")._log_ratings({}, {})
        return accounts

    def write(self, vals):
        """Override of `base`: what is granted is not written by hand, and each new rating has its history.

        :raises CreditWriteError: when somebody writes a rating, terms or a review past the review or request
        """
        self._refuse_granted(vals)
        if "next_review" in vals and "review_asked_for" not in vals:
            vals = {**vals, "review_asked_for": False}
        if "rating_id" not in vals:
            return super().write(vals)
        before = {account: account.rating_id for account in self}
        limits = self._limits()
        done = super().write(vals)
        self._log_ratings(before, limits)
        return done

    def _refuse_granted(self, names):
        """:raises CreditWriteError: when one of these fields is granted only, and it is a person who writes"""
        held = sorted(GRANTED.intersection(names))
        if held and not self.env.su:
            raise CreditWriteError(
                self.env._(
                    "%(fields)s: given by an approved review or request only. Use “Start a Review” or “Request a "
                    "Change” on the credit account.",
                    fields=", ".join(self._fields[name]._description_string(self.env) for name in held),
                )
            )

    # Granting: by the server, for many accounts at once

    def _grant(self, values, ratings=None, log=None, limits=None):
        """Write what a review or request grants, with one row of history for each rating that changes.

        :param dict values: ``{account: {field: value}}`` to write besides the rating
        :param dict ratings: ``{account: rating}``, an empty record to take it away
        :param dict log: ``{account: values of its row of history}``
        :param dict limits: the limits before, as ``_limits`` returns them (default: those of now)
        """
        accounts, ratings = self.sudo(), ratings or {}
        before = {account: account.rating_id for account in accounts}
        limits = accounts._limits() if limits is None else limits
        for account in accounts:
            vals = dict(values.get(account, {}))
            if "next_review" in vals:
                vals["review_asked_for"] = False
            if account in ratings:
                vals["rating_id"] = ratings[account].id
            if vals:
                # Past the override above, which would add a row of history of its own.
                account._write_granted(vals)
        accounts._log_ratings(before, limits, log)

    def _write_granted(self, vals):
        """Write past the guard and without a row of history, for the server only."""
        host = super()
        return host.write(vals)

    def _log_ratings(self, before, limits, log=None):
        """Add a row of history for each of these accounts whose rating is another than before.

        :param dict before: ``{account: rating}``; absent: there was none
        :param dict limits: ``{account: limit}`` before the change
        :param dict log: ``{account: values}`` of the rows
        """
        changes = self.env["customer.credit.rating.change"].sudo()
        none = self.env["customer.credit.rating"]
        changed = self.filtered(lambda account: account.rating_id != before.get(account, none))
        if not changed:
            return
        after = changed._limits()
        vals_list = []
        for account in changed:
            old, new, was = before.get(account, none), account.rating_id, limits.get(account)
            vals_list.append(
                {
                    "account_id": account.id,
                    "old_rating_id": old.id,
                    "new_rating_id": new.id,
                    "direction": changes._direction(old, new),
                    "approved_by_id": self.env.uid,
                    "old_state": account._state_of(was),
                    "old_limit": was or 0.0,
                    "new_state": account._state_of(after[account]),
                    "new_limit": after[account] or 0.0,
                    **(log or {}).get(account, {}),
                }
            )
        changes.create(vals_list)

    @api.model
    def _state_of(self, limit):
        """Return which of the three things a limit is: none, cash only, or a number."""
        return "none" if limit is None else "limit" if limit else "cash"

    def _limit_words(self, limit):
        """Return a limit of the account in words: no limit, cash only, or the amount."""
        if limit is None:
            return self.env._("No limit")
        return format_amount(self.env, limit, self.currency_id) if limit else self.env._("Cash only")
