"""Rules of the house that no linter knows: sizes of files and functions, and plain tidiness of text."""

import ast
import os
import re
from pathlib import Path
from xml.etree import ElementTree

from machine import ROOT

MOST_FILE_LINES = 300
MOST_FUNCTION_LINES = 50
SIZED = {".py", ".js", ".cjs", ".xml"}
# Files without a suffix are scripts and settings: text too.
TEXTS = SIZED | {"", ".cfg", ".css", ".csv", ".html", ".json", ".md", ".scss", ".toml", ".txt", ".yml"}
# Written by programs, or by somebody else.
FOREIGN = ("/i18n/", "/i18n_extra/", "/static/lib/", "/static/description/index.html")
PRUNED = {"__pycache__", "node_modules", "htmlcov"}
SEEN_THOUGH_HIDDEN = {".ci", ".dev"}
CONFLICT = (b"<" * 7, b"|" * 7, b">" * 7)
# The parts of an entry in a .po file, and what stands for a value in a text of the code.
PART = re.compile(r'^(msgid|msgstr) ((?:".*"\n?)+)', re.MULTILINE)
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+#0]*\d*(?:\.\d+)?[sdf]")


def ours(suffixes):
    """Yield the checkout's own files of these kinds, in a fixed order."""
    for folder, names, files in os.walk(ROOT):
        names[:] = sorted(n for n in names if n not in PRUNED and (n[0] != "." or n in SEEN_THOUGH_HIDDEN))
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix in suffixes and not any(part in str(path) for part in FOREIGN):
                yield path


def sizes():
    """Yield a line for each file and each function that is too long to be read at one go."""
    for path in ours(SIZED):
        text = path.read_text(encoding="utf-8", errors="replace")
        place = path.relative_to(ROOT)
        lines = text.count("\n")
        if lines > MOST_FILE_LINES:
            yield f"{place}: {lines} lines: split it by subject, {MOST_FILE_LINES} is the most"
        if path.suffix == ".py":
            for node, length in long_functions(text):
                where = f"{place}:{node.lineno}: {node.name}"
                yield f"{where} has {length} lines: {MOST_FUNCTION_LINES} is the most"


def long_functions(text):
    """Yield the functions that are too long, with their lengths; ruff tells of a file that is no Python."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > MOST_FUNCTION_LINES:
                yield node, length


def tidiness():
    """Yield a line for each untidy spot: blanks at the end, a conflict left over, a wrong end of file."""
    for path in ours(TEXTS):
        place = path.relative_to(ROOT)
        if path.suffix == ".csv" and "tests" in place.parts:
            # Samples of what users bring along are as untidy as theirs are.
            continue
        data = path.read_bytes()
        yield from (f"{place}{flaw}" for flaw in flaws(data))


def flaws(data):
    """Yield the place and the name of each flaw in a text."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield f": byte {error.start} is not UTF-8"
    if b"\r" in data:
        yield ": carriage returns"
    if data and (data[-1:] != b"\n" or data[-2:] == b"\n\n"):
        yield ": must end with one newline"
    for number, line in enumerate(data.splitlines(), 1):
        if line != line.rstrip():
            yield f":{number}: blanks at the end of the line"
        if line.startswith(CONFLICT):
            yield f":{number}: a merge conflict left over"


def wellformed():
    """Yield a line for each XML file that a strict parser refuses."""
    for path in ours({".xml", ".svg"}):
        try:
            ElementTree.parse(path)
        except ElementTree.ParseError as error:
            yield f"{path.relative_to(ROOT)}: {error}"


def placeholders():
    """Yield a line for each translation that lost or renamed a placeholder.

    oca-checks-po looks at entries with the flag python-format only, and Odoo exports none with it.
    """
    for path in sorted(ROOT.glob("*/i18n*/*.po")):
        for entry in path.read_text(encoding="utf-8").split("\n\n"):
            parts = {name: words(text) for name, text in PART.findall(entry)}
            if not parts.get("msgstr") or not re.search("^#. odoo-(python|javascript)", entry, re.MULTILINE):
                continue
            wanted, given = (holders(parts[name]) for name in ("msgid", "msgstr"))
            if wanted != given:
                yield f"{path.relative_to(ROOT)}: {parts['msgid']!r} has {wanted}, its translation {given}"


def holders(text):
    """Return the placeholders that a translation must have too: names once, nameless ones in order."""
    found = PLACEHOLDER.findall(text)
    return sorted({name for name in found if "(" in name}) + [name for name in found if "(" not in name]


def words(quoted):
    """Return the text of the quoted lines of a .po file."""
    return "".join(ast.literal_eval(line) for line in quoted.splitlines())


RULES = {
    "placeholders": placeholders,
    "sizes": sizes,
    "tidiness": tidiness,
    "well-formed XML": wellformed,
}
