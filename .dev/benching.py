"""./dev bench: the suite's figures against the best single SQL statement, on large ledgers."""

import argparse
import ast
import datetime as dt
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from databases import House, errors
from machine import ADDONS, ROOT, Stop, code_state, digest, say

TESTS = ROOT / "tests"
FILLER = TESTS / "bench" / "ledger"
README = ROOT / "README.md"
PREFIX = "cm_bench_"
# Customers, and invoices with credit notes.
SIZES = {"S": (2000, 40000), "L": (20000, 400000)}
TINY = {"T1": (100, 1500), "T2": (200, 3000)}
CHOICES = {"S": ("S",), "L": ("L",), "both": ("S", "L"), "tiny": ("T1", "T2")}


def run(_options, rest):
    """Measure, show the figures, and fail when they differ or when a query count grows with the size."""
    options = arguments(rest)
    figures = load_figures()
    if options.readme:
        check_readme(figures, options)
    house = House(browser=False)
    reports = [measure(house, size, options) for size in CHOICES[options.size]]
    if options.json:
        options.json.write_text(json.dumps(reports, indent=1))
    print("\n".join(text for text in (figures.table(reports), figures.metrics(reports)) if text))
    if options.readme:
        text = figures.put(README.read_text(encoding="utf-8"), reports)
        README.write_text(text, encoding="utf-8")
    for line in figures.missed(reports):
        print(line)
    wrong = figures.growing(reports)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def load_figures():
    """Return the module that writes tables; it lies with the tests that use it too."""
    sys.path.insert(0, str(TESTS))
    return importlib.import_module("bench.figures")


def arguments(words):
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument(
        "--size", choices=CHOICES, default="both", help="how large a ledger (default: both S and L)"
    )
    parser.add_argument("--fresh", action="store_true", help="fill the databases again")
    parser.add_argument("--keep", action="store_true", help="keep the databases that an earlier filler left")
    parser.add_argument("--metrics", action="store_true", help="also time every metric over all customers")
    parser.add_argument("--readme", action="store_true", help="write the figures into README.md")
    parser.add_argument(
        "--today", type=dt.date.fromisoformat, help="the day the ledger ends (default: a fixed one)"
    )
    parser.add_argument(
        "--only", metavar="KIND", help="only aging, grading, rebates, confirming, jobs or intake"
    )
    parser.add_argument("--rounds", type=int, default=7, help="how often each side is measured (default: 7)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything that was measured")
    return parser.parse_args(words)


def check_readme(figures, options):
    """Stop now, and not after minutes of measuring, when the README cannot take the figures."""
    if options.size == "tiny" or options.only:
        raise Stop("the figures of tiny ledgers or of one kind are not the whole table: leave --readme out")
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    if not figures.has_place(text):
        raise Stop(f"README.md has no place for the figures: add the lines {figures.BEGIN} and {figures.END}")


# Databases


def name_of(house, size, options):
    """Return the name of a filled database: the same filler, size and host give the same name."""
    # The parsed code: how it is formatted makes no other ledger.
    sources = [ast.dump(ast.parse(path.read_text("utf-8"))) for path in sorted(FILLER.glob("*.py"))]
    state = digest(house.source.version, size, (SIZES | TINY)[size], options.today, *sources)
    name = f"{PREFIX}{size.lower()}_{state}"
    # Tiny ones are made for one run only, so two runs at a time must not share them.
    return f"{name}_{os.getpid()}" if size in TINY else name


def prepared(house, size, options):
    """Return a filled database with the addons as they are in this checkout."""
    name = name_of(house, size, options)
    if options.fresh:
        house.drop(name)
    if not options.keep and size not in TINY:
        forget(house, size, name)
    state = code_state()
    if not house.exists(name):
        fill(house, size, name, options)
    elif stamp(house, name) != state:
        say(f"bringing {name} up to this checkout")
        upgrade(house, name)
    house.server.sql(f"COMMENT ON DATABASE \"{name}\" IS '{state}'")
    return name


def fill(house, size, name, options):
    """Fill a new database under another name, until it is whole."""
    customers, invoices = (SIZES | TINY)[size]
    draft = f"{name}_new"
    house.copy(house.template(demo=False), draft)
    say(f"filling {name}: {customers:,} customers, {invoices:,} invoices")
    words = ["--customers", customers, "--invoices", invoices]
    python(house, "bench.ledger", draft, *words, *today(options))
    house.finish(draft, name, "")


def forget(house, size, name):
    """Drop databases of this size that an earlier filler left."""
    for other in house.server.databases():
        if other.startswith(f"{PREFIX}{size.lower()}_") and other not in (name, f"{name}_new"):
            say(f"dropping {other}: its filler has changed")
            house.drop(other)


def upgrade(house, name):
    """Upgrade our addons in a filled database, and install what came new."""
    words = ["-u", ADDONS[0], "-i", ",".join(ADDONS), "--stop-after-init", "--log-level=warn"]
    log = house.odoo(name, *words, check=False).stdout
    if bad := errors(log):
        raise Stop(f"{name} cannot be upgraded: fill it again with --fresh\n" + "\n".join(bad[-5:]))


def stamp(house, name):
    """Return the state of the addons that a database was left with."""
    rows = house.server.sql("SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database")
    return dict(rows).get(name)


# Measuring


def measure(house, size, options):
    """Measure one size in a process of its own and return its report."""
    name = prepared(house, size, options)
    say(f"measuring {name}")
    try:
        with TemporaryDirectory() as folder:
            out = Path(folder) / "report.json"
            words = ["--size", size, "--rounds", options.rounds, "--out", out, *today(options)]
            words += ["--metrics"] if options.metrics else []
            words += ["--only", options.only] if options.only else []
            python(house, "bench", name, *words)
            return json.loads(out.read_text())
    finally:
        if size in TINY:
            house.drop(name)


def today(options):
    return ["--today", options.today.isoformat()] if options.today else []


def python(house, module, database, *words):
    """Run a module of the benchmarks in Odoo's Python; it says itself what is wrong."""
    config = house.config(database, name="bench")
    path = f"{house.env['PYTHONPATH']}:{TESTS}"
    command = [house.python, "-m", module, "--config", config, "--database", database, *words]
    try:
        done = subprocess.run(
            [str(word) for word in command], env={**house.env, "PYTHONPATH": path}, check=False
        )
    finally:
        config.unlink()
    if done.returncode:
        raise Stop(f"{module} failed in {database}: see above")
