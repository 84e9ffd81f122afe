"""What a credit decision is about, as plain values: nothing here reads the database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

HELD = ("ask", "hold", "block")


@dataclass(frozen=True)
class ActiveRule:
    """A credit rule as the checks use it; kept in the registry's cache.

    :ivar threshold: what is still in order, in the unit of the kind
    :ivar action: warn, ask, hold or block
    """

    id: int
    kind: str
    threshold: float
    action: str
    stages: frozenset
    rating_ids: frozenset
    grade_ids: frozenset
    team_ids: frozenset
    excluded_ids: frozenset


@dataclass
class Standing:
    """A credit account on the day of a decision.

    :ivar path: the ids of the accounts from the root of its group down to itself
    :ivar tolerance: by how many percent the limit may be exceeded
    :ivar gives_credit: whether its rating gives credit; None when it is not rated
    :ivar term_days: the longest agreed payment term in days; None when none was agreed
    :ivar has_holds: whether something of its payer is held
    :ivar limit: company currency; None: no limit
    :ivar taken: what its payer and the members of its group have taken up, company currency
    """

    id: int
    partner_id: int
    path: tuple
    has_members: bool
    rating_id: int | None
    tolerance: float
    gives_credit: bool | None
    term_days: int | None
    next_review: date | None
    is_stopped: bool
    has_holds: bool
    limit: float | None = None
    taken: float = 0.0


@dataclass
class CreditCase:
    """One order, delivery or invoice that is to be decided, and what came of it.

    :ivar record: what is decided
    :ivar order: the order behind it, if any
    :ivar amount: what it adds to the exposure, company currency
    :ivar counted: the part of it that the exposure has counted already
    :ivar facts: the components of the payer's exposure, ``total``, ``overdue`` and ``overdue_since``
    :ivar standing: the payer's account, or None
    :ivar chain: the accounts from the payer's up to the root of its group
    :ivar exposure: what is taken up without this, company currency: by the payer, or by the group whose limit
        leaves the least room
    :ivar failed: a dict for each rule that is not met: rule, kind, action, value, bound, account
    """

    record: Any
    stage: str
    company: Any
    payer: Any
    order: Any
    today: date
    amount: float = 0.0
    counted: float = 0.0
    facts: dict = field(default_factory=dict)
    standing: Standing | None = None
    chain: list = field(default_factory=list)
    exposure: float = 0.0
    failed: list = field(default_factory=list)
    result: str = "passed"
    release_id: int | None = None
    decision_id: int | None = None

    @property
    def action(self):
        """The hardest consequence of the rules that are not met, or None."""
        found = {fail["action"] for fail in self.failed}
        return next((action for action in ("block", "hold", "ask", "warn") if action in found), None)

    @property
    def binding(self):
        """The account of the chain that leaves the least room; None when none has a limit."""
        limits = [standing for standing in self.chain if standing.limit is not None]
        return min(limits, key=lambda standing: standing.limit - standing.taken, default=None)
