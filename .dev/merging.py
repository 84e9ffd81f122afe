"""Keep the translations of the addons in step with their terms; ./dev i18n runs it with Odoo's Python.

In each addon ``i18n`` has a template with the terms as exported, and a translation per language.
``i18n_extra`` has what Odoo counts to another addon, but loads from there as well: the names under which
the list of apps shows the addon (they belong to ``base``), and the options that its models have by a mixin of
another addon of ours, whose own translations are loaded before these models exist.
"""

import argparse
import ast
import sys
from pathlib import Path

import polib

LANGUAGES = ("zh_CN", "zh_TW")
# What changes with every export and says nothing.
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def main():
    """Merge, or with --check only look; say how each file is, and return the exit code."""
    words = argparse.ArgumentParser()
    words.add_argument("root", type=Path)
    words.add_argument("exported", type=Path)
    words.add_argument("addons", nargs="+")
    words.add_argument("--check", action="store_true")
    options = words.parse_args()
    wrong = False
    for path, fresh in papers(options.root, options.exported, options.addons):
        stored = polib.pofile(str(path)) if path.exists() else None
        stale = stored is None or content(stored) != content(fresh)
        if stale and not options.check:
            path.parent.mkdir(exist_ok=True)
            fresh.save(str(path))
        left = [] if path.suffix == ".pot" else [entry.msgid for entry in fresh if not entry.msgstr]
        report(path.relative_to(options.root), len(fresh), stale, left, options.check)
        wrong = wrong or stale or bool(left)
    return 1 if options.check and wrong else 0


def papers(root, exported, addons):
    """Yield each file that an addon should have, with what should be in it."""
    for addon in addons:
        terms = polib.pofile(str(exported / f"{addon}.pot"))
        folder = root / addon / "i18n"
        yield folder / f"{addon}.pot", terms
        for language in LANGUAGES:
            yield from translation(folder, terms, language)
        names = app_names(ast.literal_eval((root / addon / "__manifest__.py").read_text("utf-8")), addon)
        for entry in inherited_options(exported, addons, addon, terms):
            names.append(entry)
        for language in LANGUAGES:
            yield from translation(root / addon / "i18n_extra", names, language)


def translation(folder, terms, language):
    """Yield a translation's path and its content: all the terms, with the translations that are known."""
    path = folder / f"{language}.po"
    known = {}
    if path.exists():
        known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)).translated_entries()}
    paper = polib.POFile()
    paper.header = terms.header
    paper.metadata = {**terms.metadata, "Language": language, "Plural-Forms": "nplurals=1; plural=0;"}
    for term in terms:
        parts = {"comment": term.comment, "occurrences": term.occurrences}
        paper.append(polib.POEntry(msgid=term.msgid, msgstr=known.get(term.msgid, ""), **parts))
    yield path, paper


def app_names(manifest, addon):
    """Return the terms by which the list of apps shows an addon."""
    paper = polib.POFile()
    paper.header = f"The names of {addon} in the list of apps."
    paper.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    group = manifest["category"].lower().replace("/", "_").replace(" ", "_")
    places = {}
    for term, place in (
        (manifest["name"], f"ir.module.module,shortdesc:base.module_{addon}"),
        (manifest["summary"], f"ir.module.module,summary:base.module_{addon}"),
        (manifest["category"].split("/")[-1], f"ir.module.category,name:base.module_category_{group}"),
    ):
        places.setdefault(term, []).append((f"model:{place}", ""))
    for term, occurrences in sorted(places.items()):
        paper.append(polib.POEntry(msgid=term, comment="module: base", occurrences=occurrences))
    return paper


def inherited_options(exported, addons, addon, terms):
    """Yield the options of selections that the models of an addon have by mixins of the other addons."""
    mark = f"ir.model,name:{addon}.model_"
    models = {place.split(mark)[1] for term in terms for place, _line in term.occurrences if mark in place}
    for other in addons:
        if other == addon:
            continue
        paper = polib.pofile(str(exported / f"{other}.pot"))
        places = {place for term in paper for place, _line in term.occurrences}
        own = {one for one in models if f"model:ir.model,name:{other}.model_{one}" not in places}
        for term in paper:
            found = [
                (place, line)
                for place, line in term.occurrences
                if f",name:{other}.selection__" in place
                and place.split(".selection__")[1].split("__")[0] in own
            ]
            if found:
                yield polib.POEntry(msgid=term.msgid, comment=f"module: {other}", occurrences=found)


def content(paper):
    """Return what counts of a file: all but the dates."""
    metadata = {key: text for key, text in paper.metadata.items() if key not in DATES}
    entries = [
        (entry.msgid, entry.msgstr, entry.comment, entry.occurrences, entry.fuzzy, entry.obsolete)
        for entry in paper
    ]
    return paper.header.strip(), metadata, entries


def report(place, number, stale, left, check):
    """Say how a file is, and which terms it still lacks."""
    state = "" if not stale else ", stale" if check else ", brought up to date"
    missing = f", {len(left)} not translated" if left else ""
    print(f"{place}: {number} terms{state}{missing}")
    for term in left:
        print(f"    {term!r}")


if __name__ == "__main__":
    sys.exit(main())
