"""The benchmark itself: on two tiny ledgers, and how it reports."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
sys.path.insert(0, str(TESTS))

from bench import figures  # noqa: E402  (the path to it is set just above)

CASES = {
    "aging, today",
    "aging, six months ago",
    "aging, one customer of 10 invoices, six months ago",
    "grading run, 12 months",
    "grading run, application",
    "yearly rebates of dealers",
    *(
        f"confirming {what}, customer of {invoices} invoices"
        for what in ("services", "goods")
        for invoices in ("10", "1,000", "20,000")
    ),
    "confirming many orders at a time",
    "credit: nightly check",
    "credit: standing of a month",
    "credit: page of the register",
    "complaints by mail",
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Measure ledgers of 1,500 and of 3,000 invoices."""
    out = tmp_path_factory.mktemp("bench") / "reports.json"
    dev = os.environ.get("CM_DEV") or TESTS.parent / "dev"
    command = [dev, "bench", "--size", "tiny", "--rounds", "2", "--json", out]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(out.read_text())


def side(seconds=0.01, queries=7):
    times = {"median": seconds, "min": seconds, "seconds": [seconds]}
    return {**times, "queries": queries, "peak": 150.4, "above": 0.2}


def report(size, seconds, queries=7, invoices=40000):
    """Return a report of one case that takes 10 ms by its statement."""
    sides = {"suite": side(seconds, queries), "items": side()}
    case = {"name": "aging", "rows": 1234, "goal": 1.5, "sides": sides}
    return {
        "size": size,
        "customers": 2000,
        "invoices": invoices,
        "cores": 2,
        "postgres": "15",
        "cases": [case],
    }


def test_the_ledgers_pass_every_check(reports):
    for one in reports:
        assert len(one["checks"]) == 9
        assert not any(one["checks"].values()), one["checks"]


def test_the_ledgers_have_the_size_that_was_asked_for(reports):
    assert [(one["customers"], one["invoices"]) for one in reports] == [(100, 1500), (200, 3000)]


def test_every_case_is_measured_on_rows(reports):
    for one in reports:
        assert {case["name"] for case in one["cases"]} == CASES
        assert all(case["rows"] > 0 for case in one["cases"])


def test_the_suite_gives_the_figures_of_the_statements(reports):
    for one in reports:
        for case in one["cases"]:
            suite, *statements = case["figures"].values()
            for statement in statements:
                assert statement.items() <= suite.items(), case["name"]


def test_the_items_add_up_to_the_ledger(reports):
    for one in reports:
        for case in one["cases"]:
            if case["name"].startswith("aging"):
                suite = case["figures"]["suite"]
                assert suite["total"] == suite["ledger balance"]


def test_the_number_of_queries_does_not_depend_on_the_size(reports):
    assert figures.growing(reports) == []


def test_a_growing_number_of_queries_is_reported():
    (line,) = figures.growing([report("S", 0.01, 7), report("L", 0.1, 8)])
    assert line == "aging: the number of queries depends on the size: 7 at S, 8 at L"


def test_only_a_ratio_above_the_goal_is_missed():
    assert figures.missed([report("S", 0.015)]) == []
    (line,) = figures.missed([report("S", 0.016)])
    assert line.startswith("MISSED: aging at S takes 1.60 times the statement")
    assert figures.missed([report("T1", 0.016, invoices=1500)]) == []


def test_the_readme_gets_the_figures_between_its_marks():
    text = f"before\n{figures.BEGIN}\nold\n{figures.END}\nafter\n"
    found = figures.put(text, [report("S", 0.015)])
    assert found.startswith(f"before\n{figures.BEGIN}\n")
    assert found.endswith(f"\n{figures.END}\nafter\n")
    assert "old" not in found
    cells = ["aging", "S", "1,234", "15 ms (min 15)", "10 ms (min 10)", "1.50", "-", "-", "7", "150 MB (+0)"]
    assert cells in [[cell.strip() for cell in line.split("|")[1:-1]] for line in found.splitlines()]


def test_a_readme_without_marks_has_no_place_for_figures():
    assert figures.has_place(f"{figures.BEGIN}\n{figures.END}")
    assert not figures.has_place("no marks")
    assert not figures.has_place(f"{figures.END}\n{figures.BEGIN}")
