"""The arithmetic of rebates: plain Python on exact decimals, every cent with its reason.

Rounding is cumulative: the parts of a sum always add up to the rounded sum.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)


def exact(number):
    """Return a number as the decimal that people read."""
    return number if isinstance(number, Decimal) else Decimal(repr(number) if number else "0")


@dataclass(frozen=True)
class Rules:
    """What a plan says. Tiers are (from, percent), the first from 0; bands (last day, percent), in order.

    ``measure``: tiers count in ``amount`` or in ``attainment`` (percent of the target). ``cap`` is a percentage
    of the base, None for none. ``step`` is the smallest unit of the currency.
    """

    tiers: tuple
    mode: str = "marginal"
    measure: str = "amount"
    kind: str = "regular"
    bands: tuple = ()
    cap: Decimal | None = None
    step: Decimal = Decimal("0.01")


@dataclass(frozen=True)
class Facts:
    """What happened: the base by band (-1 where there are no bands), the target, points lost, failed conditions.

    ``residuals``: (reference, base, percent of the rebate). ``share``: the percentage of an interim payment.
    ``before``: (kind, reference, amount) of the interims of the period so far: paid, and lost for good.
    An interim payment is never below zero, and conditions take that payment only; of a whole period they take all.
    """

    bases: dict
    target: Decimal | None = None
    points: Decimal = Decimal(0)
    failed: tuple = ()
    residuals: tuple = ()
    share: Decimal = HUNDRED
    before: tuple = ()
    is_interim: bool = False


@dataclass(frozen=True)
class Item:
    """One line of the explanation: what, of which base, at which percentage, how much."""

    kind: str
    base: Decimal
    rate: Decimal
    amount: Decimal
    detail: dict = field(default_factory=dict)


def rounded(amount, step):
    return (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step


class Rounding:
    """Rounds the parts of a sum so that they add up to the rounded sum."""

    def __init__(self, step):
        self.step, self.sum = step, Decimal(0)

    def __call__(self, part):
        before = rounded(self.sum, self.step)
        self.sum += part
        return rounded(self.sum, self.step) - before


def steps(base, tiers, mode, step=Decimal("0.01")):
    """Return what each tier gives of a base, as items.

    >>> tiers = ((Decimal(0), Decimal(10)), (Decimal(100), Decimal(20)), (Decimal(300), Decimal(30)))
    >>> [str(item.amount) for item in steps(Decimal(3800), tiers, "marginal")]
    ['10.00', '40.00', '1050.00']
    >>> [str(item.amount) for item in steps(Decimal(300), tiers, "whole")]
    ['90.00']
    """
    if base <= 0:
        return []
    if mode == "whole":
        lower, percent = [tier for tier in tiers if tier[0] <= base][-1]
        amount = rounded(base * percent / HUNDRED, step)
        return [Item("tier", base, percent, amount, {"from": lower})]
    rounding, found = Rounding(step), []
    uppers = [tier[0] for tier in tiers[1:]] + [None]
    for (lower, percent), upper in zip(tiers, uppers, strict=True):
        if base <= lower and lower > 0:
            break
        part = (base if upper is None else min(base, upper)) - lower
        amount = rounding(part * percent / HUNDRED)
        found.append(Item("tier", part, percent, amount, {"from": lower, "to": upper}))
    return found


def _tiers(rules, target):
    """Return the tiers in amounts: those of an attainment are shares of the target."""
    if rules.measure == "amount":
        return rules.tiers
    return tuple((lower * target / HUNDRED, percent) for lower, percent in rules.tiers)


def _rebate(base, rules, target):
    """Return what the tiers give of a base, as items; nothing where a target is needed and missing."""
    if (rules.measure == "attainment" or rules.kind == "excess") and target is None:
        return []
    tiers = _tiers(rules, target)
    base = base - target if rules.kind == "excess" else base
    return steps(base, tiers, rules.mode, rules.step)


def _late(rebate, rules, facts):
    """Return what each band takes away: its share of the rebate, less what the band pays of it."""
    base, rounding = sum(facts.bases.values()), Rounding(rules.step)
    found = []
    if base <= 0 or not rules.bands:
        return found
    limits = [*rules.bands, (None, Decimal(0))]
    for band, amount in sorted(facts.bases.items()):
        last, percent = limits[band]
        if percent == HUNDRED or not amount:
            continue
        taken = rounding(-rebate * amount / base * (HUNDRED - percent) / HUNDRED)
        first = limits[band - 1][0] + 1 if band else 0
        found.append(Item("band", amount, percent, taken, {"first": first, "last": last}))
    return found


class Explanation:
    """The lines so far, and what is added to them in its turn."""

    def __init__(self, rules, facts):
        self.rules, self.facts, self.items = rules, facts, []
        self.base = sum(facts.bases.values(), Decimal(0))

    @property
    def total(self):
        return sum((item.amount for item in self.items), Decimal(0))

    def add(self, kind, base, rate, amount, **detail):
        self.items.append(Item(kind, base, rate, rounded(amount, self.rules.step), detail))

    def former_territories(self):
        for reference, base, percent in self.facts.residuals:
            whole = sum((item.amount for item in _rebate(base, self.rules, self.facts.target)), Decimal(0))
            self.add("residual", whole, percent, whole * percent / HUNDRED, reference=reference)

    def quality(self):
        if self.facts.points and self.base > 0:
            self.add("points", self.base, -self.facts.points, -self.base * self.facts.points / HUNDRED)

    def limits(self):
        self.not_below_zero()
        if self.rules.cap is not None:
            limit = rounded(max(self.base, Decimal(0)) * self.rules.cap / HUNDRED, self.rules.step)
            if self.total > limit:
                self.add("cap", self.base, self.rules.cap, limit - self.total)

    def not_below_zero(self):
        if self.total < 0:
            self.add("floor", self.total, Decimal(0), -self.total)

    def conditions(self):
        for reason in self.facts.failed:
            self.add("condition", self.total, -HUNDRED, -self.total, reason=reason)

    def on_account(self):
        if self.facts.share != HUNDRED and self.total:
            self.add(
                "share", self.total, self.facts.share, self.total * self.facts.share / HUNDRED - self.total
            )

    def interims(self):
        for kind, reference, amount in self.facts.before:
            self.add(kind, amount, -HUNDRED, -amount, reference=reference)


def explain(rules, facts):
    """Return (items, what was earned): all lines up to the amount of a statement, which is their sum.

    What was earned is without what interims paid.
    """
    text = Explanation(rules, facts)
    text.items += _rebate(text.base, rules, facts.target)
    text.items += _late(text.total, rules, facts)
    text.former_territories()
    text.quality()
    text.limits()
    if not facts.is_interim:
        text.conditions()
        earned = text.total
        text.interims()
        return text.items, earned
    text.on_account()
    earned = text.total
    text.interims()
    text.not_below_zero()
    text.conditions()
    return text.items, earned
