import re

from psycopg2.errors import ExclusionViolation

from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import TerritoryOverlapError

RANGE = "customer_channels_path_range"
# One way to write the lines that stand against each other, for the two constraints and for the friendly check.
# Areas and goods are ranges of paths: "1/5/" up to "1/50" holds 1/5/ and all below it, as "0" follows "/".
# Without goods the range has no bounds: all goods.
PLACE = f"""
    int4range(company_id, company_id, '[]') WITH &&,
    {RANGE}(area_path, rtrim(area_path, '/') || '0', '[)') WITH &&,
    {RANGE}(categ_path, rtrim(categ_path, '/') || '0', '[)') WITH &&,
    daterange(claim_from, claim_to, '[]') WITH &&"""
# Each dealer has its own stretch of numbers. A line that is not exclusive is one number in it; an exclusive one is all
# that comes after it (or before it, for the other constraint): it meets the lines of everybody else, and the exclusive
# ones of its own dealer, but no other line of its own dealer. Two lines that are not exclusive never meet.
LINE = "(dealer_id::bigint << 32) + id"
AFTER = f"""(CASE WHEN is_exclusive THEN int8range((dealer_id::bigint + 1) << 32, NULL)
         ELSE int8range({LINE}, {LINE}, '[]') END) WITH &&"""
BEFORE = f"""(CASE WHEN is_exclusive THEN int8range(NULL, dealer_id::bigint << 32)
         ELSE int8range({LINE}, {LINE}, '[]') END) WITH &&"""
EXCLUDE = "EXCLUDE USING gist (%s, %s) WHERE (claim_from IS NOT NULL) DEFERRABLE INITIALLY IMMEDIATE"
CLAIMS = {"area_path", "categ_path", "claim_from", "claim_to"}
CONSTRAINTS = ("customer_dealer_territory_no_overlap_after", "customer_dealer_territory_no_overlap_before")


def create_path_range(env):
    """Make the type of ranges of words, unless it is there."""
    env.cr.execute("SELECT 1 FROM pg_type WHERE typname = %s", [RANGE])
    if not env.cr.rowcount:
        env.cr.execute(
            SQL('CREATE TYPE %s AS RANGE (subtype = text, collation = "C")', SQL.identifier(RANGE))
        )


def _overlap_message(env, diagnostics):
    """Return in words which line is in the way, from what the database said, on whichever road it came."""
    return env["customer.dealer.territory"]._conflict_words(diagnostics)


class CustomerDealerTerritory(models.Model):
    """Exclusive territories: no two dealers get the same area, goods and days; the database refuses it."""

    _name = "customer.dealer.territory"
    _inherit = ["customer.dealer.territory", "customer.dealer.overlap.mixin"]
    _overlap_constraints = CONSTRAINTS

    area_path = fields.Char(related="area_id.parent_path", string="Path of the Area", store=True)
    categ_path = fields.Char(related="categ_id.parent_path", string="Path of the Goods", store=True)
    claim_from = fields.Date(
        string="Held From",
        compute="_compute_claim",
        store=True,
        help="The first day on which nobody else may get it; empty while the contract is not approved.",
    )
    claim_to = fields.Date(string="Held Until", compute="_compute_claim", store=True)

    _no_overlap_after = models.Constraint(EXCLUDE % (PLACE, AFTER), _overlap_message)
    _no_overlap_before = models.Constraint(EXCLUDE % (PLACE, BEFORE), _overlap_message)

    def _auto_init(self):
        """Override of `base` to have the type that the constraints compare paths with; no extension is needed."""
        create_path_range(self.env)
        return super()._auto_init()

    @api.depends(
        "contract_id.state",
        "contract_id.date_from",
        "contract_id.date_to",
        "contract_id.amendment_ids.state",
        "contract_id.amendment_ids.date_from",
        "dealer_id.parent_id",
    )
    def _compute_claim(self):
        """Say from when to when a line is held: while its contract is agreed on, for dealers of our own.

        Sub-dealers and shops work inside the territory of the dealer above them.
        """
        for line in self:
            first, last = line.contract_id._binding_period()
            held = first and not line.dealer_id.parent_id
            line.claim_from, line.claim_to = (first, last) if held else (False, False)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: from when to when a line is held follows from its contract."""
        self._refuse_claims(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: from when to when a line is held follows from its contract."""
        self._refuse_claims([vals])
        return super().write(vals)

    def _refuse_claims(self, vals_list):
        if any(not CLAIMS.isdisjoint(vals) for vals in vals_list):
            raise TerritoryOverlapError(
                self.env._(
                    "A territory is held by the approval of its contract, not by editing or importing it."
                )
            )

    # Who is in the way

    @api.constrains("area_path", "categ_path", "claim_from", "claim_to", "is_exclusive", "dealer_id")
    def _check_claims(self):
        """Refuse what the database would refuse, where an update had to leave its constraints out.

        :raises TerritoryOverlapError: naming the other dealer, contract, area, goods and days
        """
        if self._overlaps_left_out():
            self._refuse(self._overlaps(self))

    @api.model
    def _overlaps(self, records=None):
        """Override: of lines that are held now."""
        days = SQL("mine.claim_from IS NOT NULL AND daterange(mine.claim_from, mine.claim_to, '[]')")
        which = SQL("mine.id < other.id") if records is None else SQL("mine.id = ANY(%s)", records.ids)
        return self._standing_against(
            SQL(
                "%s && daterange(other.claim_from, other.claim_to, '[]') AND other.claim_from IS NOT NULL",
                days,
            ),
            which,
        )

    def _overlap_line(self, other):
        """Override: by area, dealer and contract."""
        return " / ".join(
            f"{line.area_id.display_name}, {line.dealer_id.partner_id.name}, {line.contract_id.name}"
            for line in (self, other)
        )

    def _conflicts(self):
        """Return the lines that stand against these ones: ``[(line, other line)]``, in one query.

        As if the contracts of these lines were agreed on. Others count as the database counts them.
        """
        if not self.ids:
            return []
        days = SQL(
            """
            (other.contract_id = mine.contract_id
             OR daterange(other.claim_from, other.claim_to, '[]')
                && daterange(contract.date_from, contract.date_to, '[]')
             AND other.claim_from IS NOT NULL
             AND other.contract_id IS DISTINCT FROM contract.amends_id)
            """
        )
        return self._standing_against(days, SQL("mine.id = ANY(%s)", self.ids))

    @api.model
    def _standing_against(self, days, which):
        """Return lines that cannot be held beside each other: ``[(line, other line)]``.

        :param SQL days: when ``mine`` and ``other`` meet
        :param SQL which: the lines that are asked about
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT mine.id, other.id
                  FROM customer_dealer_territory mine
                  JOIN customer_dealer_contract contract ON contract.id = mine.contract_id
                  JOIN customer_dealer dealer ON dealer.id = mine.dealer_id AND dealer.parent_id IS NULL
                  JOIN customer_dealer_territory other
                    ON other.id != mine.id AND other.company_id = mine.company_id
                   AND (other.area_path LIKE mine.area_path || '%%' OR mine.area_path LIKE other.area_path || '%%')
                   AND (mine.categ_path IS NULL OR other.categ_path IS NULL
                        OR other.categ_path LIKE mine.categ_path || '%%'
                        OR mine.categ_path LIKE other.categ_path || '%%')
                   AND CASE WHEN other.dealer_id = mine.dealer_id THEN other.is_exclusive AND mine.is_exclusive
                            ELSE other.is_exclusive OR mine.is_exclusive END
                   AND %s
                 WHERE %s
              ORDER BY mine.id, other.id
                """,
                days,
                which,
            )
        )
        return [(self.browse(mine), self.sudo().browse(other)) for mine, other in rows]

    def _ensure_free(self):
        """Refuse lines that cannot be held.

        :raises TerritoryOverlapError: naming the other dealer, contract, area, goods and days
        """
        self._refuse(self._conflicts())

    def _refuse(self, pairs):
        words = [line._words_against(other) for line, other in pairs[:3]]
        if words:
            raise TerritoryOverlapError("\n".join(words))

    def _words_against(self, other):
        """Return in words why this line cannot be held beside another one."""
        facts = {
            "area": self.area_id.display_name,
            "goods": self._goods_words(),
            "other_area": other.area_id.display_name,
            "other_goods": other._goods_words(),
            "other": other.dealer_id.partner_id.name,
            "contract": other.contract_id.name,
            "day_from": other.contract_id.date_from,
            "day_to": other.contract_id._last_day(),
        }
        if self.dealer_id == other.dealer_id:
            return self.env._(
                "%(area)s (%(goods)s) overlaps %(other_area)s (%(other_goods)s), which this dealer has exclusively "
                "already by contract %(contract)s, from %(day_from)s to %(day_to)s. Leave one of the two lines out.",
                **facts,
            )
        return self.env._(
            "%(area)s (%(goods)s) cannot be given to this dealer: %(other)s has %(other_area)s (%(other_goods)s) by "
            "contract %(contract)s, from %(day_from)s to %(day_to)s, and one of the two is exclusive. Choose another "
            "area, other goods or other days, or end that contract first.",
            **facts,
        )

    def _goods_words(self):
        return self.categ_id.display_name or self.env._("all goods")

    @api.model
    def _refusing_overlaps(self, change):
        """Call what makes contracts binding; the database decides at its end whether their territories are free.

        :param change: a function that writes
        :raises TerritoryOverlapError: when the database refuses, though nobody was in the way a moment ago
        """
        self.env.flush_all()
        try:
            with self.env.cr.savepoint(flush=False):
                self._set_constraints(SQL("DEFERRED"))
                result = change()
                self.env.flush_all()
                self._set_constraints(SQL("IMMEDIATE"))
        except ExclusionViolation as error:
            self.env.invalidate_all(flush=False)
            raise TerritoryOverlapError(self._conflict_words(error.diag)) from error
        return result

    @api.model
    def _set_constraints(self, when):
        """Have the database look now, or later; constraints that it does not have cannot be set."""
        there = [name for name in CONSTRAINTS if name not in self._overlaps_left_out()]
        if there:
            names = SQL(", ").join(SQL.identifier(name) for name in there)
            self.env.cr.execute(SQL("SET CONSTRAINTS %s %s", names, when))

    @api.model
    def _conflict_words(self, diagnostics):
        """Return in words which line the database met: its transaction may not be visible to this one.

        The detail names the keys: company, paths of area and goods, days, numbers of the dealer.
        """
        existing = ((diagnostics.message_detail if diagnostics else "") or "").rpartition("=(")[2]
        ranges = re.findall(r"[\[(]([^,\[\]()]*),([^,\[\]()]*)[\])]", existing)
        if len(ranges) != 5:
            return self.env._("This territory is held by another dealer for some of these days and goods.")
        area, goods, days, numbers = ranges[1:]
        known = self.sudo().env
        dealer = known["customer.dealer"].browse(_dealer_id(*numbers)).exists()
        return self.env._(
            "The territory overlaps one of %(dealer)s: %(area)s, %(goods)s, from %(day_from)s until before "
            "%(day_to)s, and one of the two is exclusive. Choose another area, other goods or other days, or end "
            "that contract first.",
            dealer=dealer.partner_id.name or self.env._("another dealer"),
            area=known["customer.area"].browse(_last_id(area[0])).exists().display_name or area[0],
            goods=known["product.category"].browse(_last_id(goods[0])).exists().display_name
            or self.env._("all goods"),
            day_from=days[0],
            day_to=days[1],
        )


def _last_id(path):
    """Return the record that a path ends in; none for a range without bounds."""
    return int(path.strip("/").rpartition("/")[2] or 0)


def _dealer_id(first, last):
    """Return whose numbers a range holds: see ``AFTER`` and ``BEFORE``."""
    if not first:
        return int(last or 0) >> 32
    return (int(first) >> 32) - (0 if last else 1)
