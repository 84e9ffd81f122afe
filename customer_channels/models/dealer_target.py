import re

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_date

from ..exceptions import TargetSplitError
from .dealer_territory_claim import RANGE, create_path_range

MONTHS = {"month": 1, "quarter": 3}
# All goods are number 0: of one dealer, basis, kind of period and goods there is one target on each day.
EXCLUDE = f"""EXCLUDE USING gist (
    int4range(dealer_id, dealer_id, '[]') WITH &&,
    int4range(COALESCE(categ_id, 0), COALESCE(categ_id, 0), '[]') WITH &&,
    {RANGE}(basis || '/' || period, basis || '/' || period, '[]') WITH &&,
    daterange(date_from, date_to, '[]') WITH &&)"""


def _overlap_message(env, diagnostics):
    """Return in words which target is in the way, from what the database said, on whichever road it came."""
    existing = ((diagnostics.message_detail if diagnostics else "") or "").rpartition("=(")[2]
    days = re.findall(r"\[(\d{4}-\d\d-\d\d),(\d{4}-\d\d-\d\d)\)", existing)
    if not days:
        return env._("The dealer has a target for some of these days and the same goods already.")
    first, after = (fields.Date.to_date(day) for day in days[-1])
    return _overlap_words(env, first, after + relativedelta(days=-1))


def _overlap_words(env, first, last):
    return env._(
        "The dealer has a target for the same goods from %(date_from)s to %(date_to)s already. Change the days, "
        "or that target.",
        date_from=format_date(env, first),
        date_to=format_date(env, last),
    )


class CustomerDealerTarget(models.Model):
    """What a dealer has to buy, or to pay, in a period: in all or of one kind of goods.

    A year is split into quarters or months; what is asked of a part of a period is counted from the smallest
    parts, day by day.
    """

    _name = "customer.dealer.target"
    _description = "Dealer Target"
    _inherit = ["mail.thread", "customer.dealer.overlap.mixin"]
    _order = "date_from desc, dealer_id, period desc, id"
    _check_company_auto = True
    _overlap_constraints = ("customer_dealer_target_no_overlap",)

    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", tracking=True
    )
    contract_id = fields.Many2one(
        "customer.dealer.contract",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('dealer_id', '=', dealer_id)]",
        help="In which it was agreed.",
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    user_id = fields.Many2one(related="dealer_id.user_id", string="Salesperson")
    currency_id = fields.Many2one(related="company_id.currency_id")
    period = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year"), ("other", "Other Period")],
        required=True,
        default="year",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.start_of(fields.Date.context_today(self), "year"),
        tracking=True,
    )
    date_to = fields.Date(
        string="To",
        required=True,
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
        help="The last day, included.",
        tracking=True,
    )
    basis = fields.Selection(
        [("invoiced", "Invoiced"), ("collected", "Collected")],
        required=True,
        default="invoiced",
        help="Invoiced: untaxed, less credit notes. Collected: what was paid into our bank and cash accounts.",
        tracking=True,
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Goods",
        index="btree_not_null",
        ondelete="restrict",
        help="The category with all below it; empty: all goods.",
        tracking=True,
    )
    amount = fields.Monetary(string="Target", required=True, tracking=True)
    parent_id = fields.Many2one(
        "customer.dealer.target",
        string="Part Of",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
        copy=False,
    )
    child_ids = fields.One2many("customer.dealer.target", "parent_id", string="Parts")
    attained = fields.Monetary(compute="_compute_attained", compute_sudo=True)
    expected = fields.Monetary(
        string="Expected by Today",
        compute="_compute_attained",
        compute_sudo=True,
        help="The part of the target for the days that have passed.",
    )
    attainment = fields.Float(
        compute="_compute_attained", compute_sudo=True, help="What was attained as part of the target."
    )
    pace = fields.Float(
        compute="_compute_attained",
        compute_sudo=True,
        help="What was attained as part of what is expected by today.",
    )

    _amount_positive = models.Constraint("CHECK(amount > 0)", "A target is more than 0.")
    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A target cannot end before it begins."
    )
    _no_overlap = models.Constraint(EXCLUDE, _overlap_message)

    def _auto_init(self):
        """Override of `base` to have the type that the constraint compares words with; no extension is needed."""
        create_path_range(self.env)
        return super()._auto_init()

    @api.depends("dealer_id", "period", "date_from", "categ_id")
    def _compute_display_name(self):
        periods = dict(self._fields["period"]._description_selection(self.env))
        for target in self:
            words = [
                target.dealer_id.partner_id.name,
                periods.get(target.period),
                target.date_from and str(target.date_from),
                target.categ_id.name,
            ]
            target.display_name = ", ".join(word for word in words if word)

    @api.depends("period", "date_from")
    def _compute_date_to(self):
        for target in self:
            months = {**MONTHS, "year": 12}.get(target.period)
            if months and target.date_from:
                target.date_to = target.date_from + relativedelta(months=months, days=-1)
            else:
                target.date_to = target.date_to or target.date_from

    @api.depends("amount", "date_from", "date_to", "basis", "categ_id", "dealer_id")
    def _compute_attained(self):
        today = fields.Date.context_today(self)
        found = self._origin._attained()
        for target in self:
            days = (target.date_to - target.date_from).days + 1 if target.date_to and target.date_from else 0
            gone = min(max((today - target.date_from).days + 1, 0), days) if days else 0
            target.attained = found.get(target._origin.id, 0.0)
            target.expected = target.amount * gone / days if days else 0.0
            target.attainment = target.attained / target.amount if target.amount else 0.0
            target.pace = target.attained / target.expected if target.expected else 0.0

    @api.constrains("basis", "categ_id")
    def _check_goods(self):
        for target in self:
            if target.basis == "collected" and target.categ_id:
                raise ValidationError(
                    self.env._(
                        "%s: nobody pays for one kind of goods only. A target of what is collected is for all goods.",
                        target.display_name,
                    )
                )

    # Overlaps

    @api.constrains("dealer_id", "categ_id", "basis", "period", "date_from", "date_to")
    def _check_overlap(self):
        """Refuse what the database would refuse, where an update had to leave its constraint out."""
        if not self._overlaps_left_out():
            return
        for _target, other in self._overlaps(self):
            raise ValidationError(_overlap_words(self.env, other.date_from, other.date_to))

    @api.model
    def _overlaps(self, records=None):
        """Override: of one dealer, basis, kind of period and goods, with a day in common."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT mine.id, other.id
                  FROM customer_dealer_target mine
                  JOIN customer_dealer_target other
                    ON other.dealer_id = mine.dealer_id AND other.basis = mine.basis
                   AND other.period = mine.period
                   AND COALESCE(other.categ_id, 0) = COALESCE(mine.categ_id, 0)
                   AND other.date_from <= mine.date_to AND other.date_to >= mine.date_from
                 WHERE %s ORDER BY mine.id, other.id
                """,
                SQL("other.id > mine.id")
                if records is None
                else SQL("other.id != mine.id AND mine.id = ANY(%s)", records.ids),
            )
        )
        return [(self.browse(mine), self.sudo().browse(other)) for mine, other in rows]

    # Parts

    def action_split_quarters(self):
        """Make the quarters of these targets, of the same amount each."""
        return self._split("quarter")

    def action_split_months(self):
        """Make the months of these targets, of the same amount each."""
        return self._split("month")

    def _split(self, period):
        """Make targets for the parts of these, which add up to them to the last cent.

        :param str period: month or quarter
        :raises TargetSplitError: when one has parts already, or is no longer than a part
        """
        vals_list = []
        for target in self:
            if target.child_ids:
                raise TargetSplitError(
                    self.env._("%s has parts already. Delete them first.", target.display_name)
                )
            parts = target._parts(MONTHS[period])
            if len(parts) < 2:
                raise TargetSplitError(self.env._("%s is too short to be split.", target.display_name))
            currency, left = target.currency_id, target.amount
            for i, (date_from, date_to) in enumerate(parts):
                amount = currency.round(left / (len(parts) - i))
                left -= amount
                vals_list.append(target._part_values(period, date_from, date_to, amount))
        self.create(vals_list)
        return True

    def _parts(self, months):
        """Return the first and last day of each part of so many months; the last one ends with the target."""
        parts, begin = [], self.date_from
        while begin <= self.date_to:
            after = self.date_from + relativedelta(months=months * (len(parts) + 1))
            parts.append((begin, min(after + relativedelta(days=-1), self.date_to)))
            begin = after
        return parts

    def _part_values(self, period, date_from, date_to, amount):
        return {
            "parent_id": self.id,
            "dealer_id": self.dealer_id.id,
            "contract_id": self.contract_id.id,
            "period": period,
            "date_from": date_from,
            "date_to": date_to,
            "basis": self.basis,
            "categ_id": self.categ_id.id,
            "amount": amount,
        }
