"""Whatever is sold, returned and paid, and whenever interims are paid: in the end it is the rebate of the year."""

import os
from contextlib import closing
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .rebate_case import RebateCase

EXAMPLES = os.environ.get("REBATE_EXAMPLES")
DRAWN = settings(
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    max_examples=int(EXAMPLES or 12),
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Sale:
    """An invoice in a month, in cents; what is paid of it in a later month, and whether it comes back in one."""

    month: int
    cents: int
    paid: int
    paid_after: int
    returned: int
    returned_after: int


sales = st.lists(
    st.builds(
        Sale,
        month=st.integers(1, 12),
        cents=st.integers(1, 100_000),
        paid=st.sampled_from((0, 33, 50, 100)),
        paid_after=st.integers(0, 3),
        returned=st.sampled_from((0, 0, 25, 100)),
        returned_after=st.integers(0, 4),
    ),
    min_size=1,
    max_size=5,
)
tiers = st.lists(
    st.tuples(st.integers(1, 2000), st.integers(0, 50)), max_size=3, unique_by=lambda tier: tier[0]
).map(lambda rest: [(0, 3), *sorted(rest)])


def plain(base, rates, mode):
    """Return the rebate of a base, one cent after the other as it were: slowly and plainly."""
    if base <= 0:
        return Decimal(0)
    if mode == "whole":
        rate = [rate for low, rate in rates if low <= base][-1]
        return (base * rate / 100).quantize(CENT, ROUND_HALF_UP)
    total = Decimal(0)
    for number, (low, rate) in enumerate(rates):
        high = rates[number + 1][0] if number + 1 < len(rates) else base
        total += max(min(base, Decimal(high)) - low, Decimal(0)) * rate / 100
    return total.quantize(CENT, ROUND_HALF_UP)


@tagged("post_install", "-at_install")
class TestInterimsAndYear(RebateCase):
    @DRAWN
    @given(
        made=sales,
        rates=tiers,
        mode=st.sampled_from(("marginal", "whole")),
        basis=st.sampled_from(("invoiced", "collected")),
        settled=st.sets(st.integers(1, 4)),
    )
    def test_interims_and_the_rest_are_the_rebate_of_the_year(self, made, rates, mode, basis, settled):
        with closing(self.env.cr.savepoint()):
            plan = self._plan(*rates, mode=mode, basis=basis, interim="quarter", contracts=self.contract)
            steps = sorted(self._steps(made), key=lambda step: step[0])
            paid = Decimal(0)
            for quarter in range(1, 5):
                last = f"2025-{quarter * 3:02d}-28"
                while steps and steps[0][0] <= last:
                    steps.pop(0)[1]()
                if quarter in settled:
                    paid += self._settle(plan, last, "interim")
            for _day, step in steps:
                step()
            base = self._statement(plan).base
            self.assertEqual(paid + self._settle(plan, "2025-12-31"), plain(Decimal(str(base)), rates, mode))
            self.assertEqual(Decimal(str(base)), self._base(made, basis))
        self.env.invalidate_all()

    def _settle(self, plan, day, kind="final"):
        """Settle a statement, and return its amount as it is in the books."""
        statement = self._settled(self._statement(plan, day, kind))
        self.assertExplained(statement)
        move = statement.move_id
        booked = -move.amount_untaxed_signed if move else 0
        self.assertEqual(round(booked, 2), round(statement.amount, 2))
        return Decimal(str(statement.amount))

    def _steps(self, made):
        """Return what happens as ``(day, call)``."""
        for sale in made:
            there = []
            yield (
                f"2025-{sale.month:02d}-10",
                lambda s=sale, t=there: t.append(self._sell(s.cents / 100, f"2025-{s.month:02d}-10")),
            )
            month = sale.month + sale.paid_after
            part = round(sale.cents * sale.paid / 100)
            if part and month <= 12:
                day = f"2025-{month:02d}-20"
                yield day, lambda t=there, p=part, d=day: self._pay(t[0], p / 100, d)
            month = sale.month + sale.returned_after
            back = round(sale.cents * sale.returned / 100)
            if back and month <= 12:
                day = f"2025-{month:02d}-25"
                yield day, lambda t=there, b=back, d=day: self._give_back(t[0], b / 100, d)

    def _give_back(self, invoice, amount, day):
        """Credit a part of an invoice, without applying it to anything."""
        note = invoice._reverse_moves([{"date": day, "invoice_date": day}])
        note.invoice_line_ids.price_unit = amount
        note.action_post()

    def _base(self, made, basis):
        """Return what counts, from what was drawn."""
        total = 0
        for sale in made:
            if basis == "invoiced":
                total += sale.cents
                if sale.month + sale.returned_after <= 12:
                    total -= round(sale.cents * sale.returned / 100)
            else:
                total += self._collected(sale)
        return Decimal(total) / 100

    def _collected(self, sale):
        """Return what was paid of an invoice in the year; what came back before leaves less to be paid."""
        part = round(sale.cents * sale.paid / 100) if sale.month + sale.paid_after <= 12 else 0
        before = sale.returned_after < sale.paid_after
        back = round(sale.cents * sale.returned / 100) if before else 0
        return min(part, sale.cents - back)
