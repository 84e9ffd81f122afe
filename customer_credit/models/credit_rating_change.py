from odoo import api, fields, models

from ..exceptions import CreditWriteError

STATES = [("none", "No Limit"), ("cash", "Cash Only"), ("limit", "Credit Limit")]


class CustomerCreditRatingChange(models.Model):
    """Each change of a payer's rating: when, from what, to what, why, and what it did to the limit. (4.20)

    Rows are written by the server only, and nobody changes or deletes them.
    """

    _name = "customer.credit.rating.change"
    _description = "Credit Rating Change"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    account_id = fields.Many2one(
        "customer.credit.account",
        string="Credit Account",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(related="account_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="account_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    old_rating_id = fields.Many2one(
        "customer.credit.rating",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: not rated.",
    )
    new_rating_id = fields.Many2one(
        "customer.credit.rating",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: not rated.",
    )
    old_color = fields.Integer(related="old_rating_id.color", string="Color of the Old Rating")
    new_color = fields.Integer(related="new_rating_id.color", string="Color of the New Rating")
    direction = fields.Selection(
        [("first", "First Rating"), ("up", "Up"), ("down", "Down"), ("ended", "No Longer Rated")],
        readonly=True,
    )
    trigger = fields.Selection(
        [
            ("review", "Review"),
            ("expired", "End of an Override"),
            ("correction", "Correction"),
        ],
        required=True,
        readonly=True,
        default="correction",
    )
    reason = fields.Char(readonly=True)
    review_id = fields.Many2one(
        "customer.credit.review", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    old_state = fields.Selection(STATES, string="Limit Before", readonly=True)
    new_state = fields.Selection(STATES, string="Limit After", readonly=True)
    old_limit = fields.Monetary(readonly=True)
    new_limit = fields.Monetary(readonly=True)
    limit_change = fields.Monetary(
        compute="_compute_limit_change", store=True, help="Only between two limits: no limit is no amount."
    )
    notified = fields.Char(readonly=True, help="Who was told.")
    approved_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    _account_date_idx = models.Index("(account_id, date DESC)")

    @api.depends("old_limit", "new_limit", "old_state", "new_state")
    def _compute_limit_change(self):
        for change in self:
            bound = "none" not in (change.old_state, change.new_state)
            change.limit_change = change.new_limit - change.old_limit if bound else 0.0

    @api.model
    def _direction(self, old, new):
        """Return whether a change is up or down: the scale has the best rating first."""
        if not old or not new:
            return "first" if new else "ended"
        return "up" if (new.sequence, new.id) < (old.sequence, old.id) else "down"

    def write(self, vals):
        """Override of `base`: what happened is not rewritten, by the system neither."""
        if vals:
            raise CreditWriteError(
                self.env._("The history of ratings is not changed: make a review, which adds a row to it.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise CreditWriteError(self.env._("The history of ratings is kept: its rows are not deleted."))
