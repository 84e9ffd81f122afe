"""The arithmetic of assessments: from answers to points, score and conclusion. Plain numbers, no database.

A rule is what an assessment keeps of a criterion (``customer.assessment.criterion._snapshot``), a card what it
keeps of the template (``customer.assessment.template._snapshot``). Grading does the same in SQL
(``customer.assessment.template._score_sql``); tests hold the two together.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from .formula import FormulaError, evaluate_formula

HUNDRED = Decimal(100)
MICRO, CENT = Decimal("0.000001"), Decimal("0.01")


def exact(number):
    """Return a float as the number that people see."""
    return Decimal(repr(float(number)))


@dataclass
class Answer:
    """One criterion with its answer.

    :ivar key: under which the caller finds it
    :ivar rule: how the answer earns points
    :ivar weight: what it weighs
    :ivar value: the answer as a number, None when missing: see ``customer.assessment.line.value``
    :ivar share: the part of its points that it earns, 0 to 1; None when missing. Computed.
    """

    key: object
    rule: dict
    weight: Decimal
    value: float | None
    share: Decimal | None = None

    @property
    def points(self):
        """The points earned, out of the most of the criterion; None when missing."""
        return None if self.share is None else float(self.share * exact(self.rule["points_max"]))


@dataclass
class Score:
    """What an assessment comes to.

    :ivar exact: 0 to 100 with six decimals, None when nothing is known
    :ivar uncapped: the same before vetoes
    :ivar coverage: the part of the weights that is known, in percent
    :ivar known: the weights that are known
    :ivar total: all weights
    :ivar vetoes: names of the criteria that cap the score
    :ivar amount: what the amount formula gives, None when missing
    """

    exact: Decimal | None
    uncapped: Decimal | None
    coverage: Decimal
    known: Decimal
    total: Decimal
    vetoes: list = field(default_factory=list)
    amount: float | None = None

    @property
    def value(self):
        """The score with two decimals, as it is shown and as conclusions are read from it."""
        return None if self.exact is None else self.exact.quantize(CENT, ROUND_HALF_UP)


def earned(rule, value):
    """Return the part of the points that a value earns, 0 to 1, or None when it is missing."""
    if value is None or (rule.get("zero_unknown") and not value):
        return None
    scoring = rule["scoring"]
    if scoring == "choice":
        return _of_most(rule, _chosen(rule, value))
    if scoring == "yes_no":
        return Decimal(bool(value) == (rule.get("good", "yes") == "yes"))
    number = exact(value)
    if scoring == "linear":
        floor, ceiling = exact(rule["floor"]), exact(rule["ceiling"])
        return min(max((number - floor) / (ceiling - floor), Decimal(0)), Decimal(1))
    return _of_most(rule, _banded(rule, number))


def _of_most(rule, points):
    return min(exact(points) / exact(rule["points_max"]), Decimal(1))


def _chosen(rule, number):
    """Return the points of the option with this number, the first being 1."""
    options = rule["bands"]
    return options[int(number) - 1]["points"] if 1 <= number <= len(options) else 0


def _banded(rule, number):
    """Return the points of the first band that a number reaches; they are in the order of trying."""
    for band in rule["bands"]:
        limit = exact(band["limit"])
        if band["rest"] or (number >= limit if rule["least"] else number <= limit):
            return band["points"]
    return 0


def score(card, answers, figures):
    """Compute an assessment; fills in the values of formulas and the shares of the answers.

    :param dict card: what holds for all: coverage, sums, conclusions, the amount
    :param list[Answer] answers: in their order: a formula knows those before it
    :param dict figures: numbers by code, None where missing
    :rtype: Score
    """
    names = dict(figures)
    for answer in answers:
        rule = answer.rule
        if rule["source"] == "formula":
            answer.value = _formula(rule["formula"], names)
        answer.share = earned(rule, answer.value)
        if rule.get("code"):
            chosen = rule["scoring"] == "choice"
            names[rule["code"]] = answer.points if chosen else answer.value
            names[f"points_{rule['code']}"] = answer.points
    result = _add_up(card, answers)
    if card.get("amount_formula"):
        amount = _formula(card["amount_formula"], names)
        result.amount = None if amount is None else max(amount, 0.0)
    return result


def _formula(text, names):
    try:
        return evaluate_formula(text, names)
    except FormulaError:
        return None  # it was checked when it was saved; what it was written for is gone


def _add_up(card, answers):
    """Return score and coverage of answers whose shares are known."""
    nothing = Decimal(0)
    total = sum((a.weight for a in answers), nothing)
    known = sum((a.weight for a in answers if a.share is not None), nothing)
    counted = sum((a.weight for a in answers if a.share is not None or a.rule["missing"] == "zero"), nothing)
    gained = sum((a.weight * a.share for a in answers if a.share is not None), nothing)
    value = None
    if card.get("total_rule") == "sum":
        value = min(gained, HUNDRED) if known else None
    elif counted and known:
        value = HUNDRED * gained / counted
    value = None if value is None else value.quantize(MICRO, ROUND_HALF_UP)
    result = Score(value, value, HUNDRED * known / total if total else nothing, known, total)
    if value is not None:
        _cap(result, answers)
    return result


def _cap(result, answers):
    """Hold the score down where an answer vetoes: below so much of its points, whatever the rest says."""
    for answer in answers:
        least, cap = exact(answer.rule.get("veto_below") or 0), exact(answer.rule.get("veto_cap") or 0)
        if answer.share is not None and HUNDRED * answer.share < least and cap < result.uncapped:
            result.vetoes.append(answer.rule["name"])
            result.exact = min(result.exact, cap)


def conclude(card, value):
    """Return the conclusion that a score reaches, or None when the template draws none.

    :param value: the score with two decimals
    """
    conclusions = sorted(card.get("conclusions", []), key=lambda c: c["limit"], reverse=True)
    above = card.get("limit_rule") != "below"
    for conclusion in conclusions:
        limit = exact(conclusion["limit"])
        if value >= limit if above else value > limit:
            return conclusion
    return conclusions[-1] if conclusions else None
