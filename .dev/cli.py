"""The commands of ./dev."""

import argparse
import os
import sys

import benching
import demo
import linting
import testing
import translating
from cluster import stop
from databases import BASE, PREFIX, House, closure, interactive
from machine import ADDONS, Stop, cache, say

HELP = "Develop and try the customer management suite on a real Odoo 19."


def main(words):
    """Run one command and return its exit code; a stop is one line, not a traceback."""
    try:
        options, rest = parser().parse_known_args(words)
        if rest and not options.passes_on:
            parser().error(f"unknown words: {' '.join(rest)}")
        return options.run(options, rest) or 0
    except Stop as error:
        print(f"dev: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def parser():
    top = argparse.ArgumentParser(prog="./dev", description=HELP)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name, run, text, passes_on=False):
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run, passes_on=passes_on)
        return sub

    one = command("demo", demo.run, "start Odoo with the suite and its demo company")
    one.add_argument("--fresh", action="store_true", help="start over with a new database")
    one.add_argument("--real", metavar="FILE", help="also load a receivables file into a company of its own")
    one.add_argument("--lang", help="also load a language, for instance zh_CN")
    one.add_argument("--port", type=int, help="the port to use (8069 if free)")
    command("test", testing.run, "run the tests; takes pytest's own arguments", passes_on=True)
    one = command("lint", linting.run, "run every linter")
    one.add_argument("--fix", action="store_true", help="first put right what the formatters can")
    command("bench", benching.run, "measure against the best single SQL statement", passes_on=True)
    one = command("i18n", translating.run, "export all terms and merge them into the translations")
    one.add_argument("--check", action="store_true", help="only say what is stale or untranslated")
    one = command("shell", shell, "open an Odoo shell, or run a script given on standard input")
    one.add_argument("database", nargs="?", metavar="DB", help="the database (default: the demo's)")
    one = command("db", database, "make a database, or say that it is there")
    one.add_argument("name", metavar="NAME")
    one.add_argument("--addons", default=",".join(ADDONS), help="which addons, with commas between")
    one.add_argument("--no-demo", action="store_true", help="without demo data")
    one.add_argument("--lang", help="also load a language, for instance zh_CN")
    one = command("clean", clean, "drop the templates and stop PostgreSQL")
    one.add_argument("--all", action="store_true", help="drop the demo and every other database too")
    return top


def shell(options, _rest):
    """Open a shell; a script on standard input that fails gives its failure as exit code."""
    house = House(browser=False)
    name = options.database or demo.DATABASE
    if not house.exists(name):
        raise Stop(f"there is no database {name}: make it with  ./dev db {name}")
    return interactive(house, house.shell(name))


def database(options, _rest):
    """Make a database with some of our addons, or say that it is there."""
    house = House(browser=False)
    if house.exists(options.name):
        print(f"database {options.name} is there")
        return
    addons = [name for name in options.addons.split(",") if name]
    closure(addons)
    template = house.template(addons, not options.no_demo, options.lang)
    house.copy(template, options.name)
    print(f"database {options.name} is made, with {', '.join(addons)}")


def clean(options, _rest):
    """Drop what can be made again."""
    house = House(browser=False)
    for name in sorted(house.server.databases()):
        ours = name.startswith((PREFIX, BASE, "cm_test_", "cm_bench_"))
        kept = name in ("postgres", house.server.role) or os.environ.get("PGHOST")
        if ours or (options.all and not kept):
            house.drop(name)
            say(f"dropped {name}")
    stop()
    say(f"what was downloaded is kept in {cache()}: remove that folder to free it")
