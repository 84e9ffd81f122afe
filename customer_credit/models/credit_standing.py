from odoo import api, fields, models

from ..exceptions import StandingWriteError

# What people add to a row; all else is written by the monthly job.
TYPED = frozenset({"cause", "measure"})


class CustomerCreditStanding(models.Model):
    """The credit of a payer at the end of a month: rating, limit, exposure, lateness, sales, and what changed.

    Rows are written by the monthly job, once an account and month, and stay as they are. The figures are in the
    company's currency. (domain 4.1: status analysis)
    """

    _name = "customer.credit.standing"
    _description = "Credit Standing"
    _order = "date desc, partner_id, id"
    _rec_name = "partner_id"

    account_id = fields.Many2one(
        "customer.credit.account",
        string="Credit Account",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Payer", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(related="account_id.user_id")
    date = fields.Date(string="Month End", required=True, readonly=True)
    rating_id = fields.Many2one(
        "customer.credit.rating", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    rating_color = fields.Integer(related="rating_id.color", string="Color of the Rating")
    previous_rating_id = fields.Many2one(
        "customer.credit.rating",
        string="Rating a Month Before",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    rating_steps = fields.Integer(
        readonly=True, aggregator=None, help="By how many ratings it got better; worse is negative."
    )
    limit_state = fields.Selection(
        [("none", "No Limit"), ("cash", "Cash Only"), ("limit", "Limit")], readonly=True, required=True
    )
    limit_amount = fields.Monetary(string="Limit", readonly=True)
    exposure = fields.Monetary(readonly=True, help="Members of a group included.")
    from_ledger = fields.Boolean(
        string="Receivables Only",
        readonly=True,
        help="Written later: the orders of that day are not known any more, the exposure is what was owed then.",
    )
    limit_use = fields.Float(
        string="Use of the Limit",
        readonly=True,
        aggregator="avg",
        help="Exposure by limit; with cash only, everything owed is 100 %. Without a limit there is none.",
    )
    use_change = fields.Float(
        string="Change of the Use",
        readonly=True,
        aggregator=None,
        help="Against the month before; 0.1 = 10 points.",
    )
    overdue = fields.Monetary(readonly=True, help="Past due at the end of the month.")
    has_payments = fields.Boolean(readonly=True, help="Something was settled in the month.")
    days_late = fields.Float(
        readonly=True, aggregator="avg", help="Of what was settled in the month, weighted by amount."
    )
    on_time_rate = fields.Float(string="Paid on Time", readonly=True, aggregator="avg")
    sales = fields.Monetary(readonly=True, help="Net sales of the month.")
    margin = fields.Monetary(readonly=True)
    receipts = fields.Monetary(readonly=True, help="What payments settled in the month.")
    mark = fields.Selection(
        [("up", "↑ Better"), ("down", "↓ Worse"), ("same", "→ Same"), ("new", "New")],
        string="Change",
        required=True,
        readonly=True,
    )
    is_event = fields.Boolean(
        string="Asks for a Review",
        readonly=True,
        help="The rating or the use of the limit changed by more than the settings let pass.",
    )
    change_note = fields.Char(string="What Changed", compute="_compute_change_note")
    cause = fields.Char(help="Why it changed, as far as we know.")
    measure = fields.Char(help="What we do about it.")

    _one_a_month = models.UniqueIndex(
        "(account_id, date)", "The standing of this account at this month end is there already."
    )
    _company_date_idx = models.Index("(company_id, date)")

    @api.depends("partner_id.name", "date")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.partner_id.name or ''} {row.date or ''}".strip()

    @api.depends("rating_id", "previous_rating_id", "limit_use", "use_change", "limit_state", "mark")
    @api.depends_context("lang")
    def _compute_change_note(self):
        none = self.env._("not rated")
        for row in self:
            notes = []
            if row.mark != "new" and row.rating_id != row.previous_rating_id:
                names = {"now": row.rating_id.name or none, "before": row.previous_rating_id.name or none}
                notes.append(self.env._("Rating %(now)s after %(before)s", **names))
            if row.use_change and row.limit_state != "none":
                use = {"now": f"{row.limit_use:.0%}", "before": f"{row.limit_use - row.use_change:.0%}"}
                notes.append(self.env._("use of the limit %(now)s after %(before)s", **use))
            row.change_note = "; ".join(notes) or False

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: only the monthly job makes rows.

        :raises StandingWriteError: by anybody else
        """
        if not self.env.su:
            raise StandingWriteError(
                self.env._("The standing of a month is written by the monthly job, not by hand.")
            )
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: people say why something changed and what they do about it.

        :raises StandingWriteError: naming the figures that only the monthly job writes
        """
        refused = [name for name in vals if name not in TYPED]
        if refused and not self.env.su:
            raise StandingWriteError(
                self.env._(
                    "%(fields)s: the monthly job writes this. Enter a cause and a measure only.",
                    fields=", ".join(
                        self._fields[name]._description_string(self.env) if name in self._fields else name
                        for name in refused
                    ),
                )
            )
        return super().write(vals)
