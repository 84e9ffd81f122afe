"""Texts that read the settings: placeholders, filling them, and what changed between two texts."""

import re
from difflib import SequenceMatcher

from lxml import html
from markupsafe import Markup, escape

# [[visit_days]] in a text stands for what the setting of that code says today.
PLACEHOLDER = re.compile(r"\[\[\s*([a-z][a-z0-9_]*)\s*\]\]")
BLOCKS = ("p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "blockquote")


def placeholders(text):
    """Return the codes that a text reads, in order, each once."""
    return list(dict.fromkeys(PLACEHOLDER.findall(text or "")))


def fill(text, values):
    """Put values in the places of their codes.

    :param str text: HTML
    :param dict values: text, or Markup that is put in as it is, by code
    :rtype: Markup
    """
    return Markup(PLACEHOLDER.sub(lambda found: str(escape(values[found.group(1)])), text or ""))


def blocks(text):
    """Return the paragraphs, list items and table rows of HTML as plain texts."""
    if not (text or "").strip():
        return []
    tree = html.fragment_fromstring(str(text), create_parent="div")
    found = []
    for node in tree.iter(*BLOCKS):
        if any(child.tag in BLOCKS for child in node.iterdescendants()):
            continue
        cells = [cell.text_content() for cell in node] if node.tag == "tr" else [node.text_content()]
        words = " | ".join(" ".join(cell.split()) for cell in cells)
        if words:
            found.append(words)
    return found


def difference(before, after, unchanged):
    """Return what changed between two texts, paragraph by paragraph, as HTML.

    :param unchanged: returns the words for so many paragraphs that did not change
    """
    old, new = blocks(before), blocks(after)
    rows = []
    for kind, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            rows.append(Markup('<p class="o_customer_same text-muted">%s</p>') % unchanged(j - i))
            continue
        rows += [Markup('<p class="o_customer_gone"><del>%s</del></p>') % text for text in old[i:j]]
        rows += [Markup('<p class="o_customer_new"><ins>%s</ins></p>') % text for text in new[k:m]]
    return Markup("").join(rows)


def table(head, rows):
    """Return an HTML table, its cells escaped.

    :param head: the headings
    :param rows: a list of cells for each row
    """
    cells = Markup("").join(Markup("<th>%s</th>") % cell for cell in head)
    body = Markup("").join(
        Markup("<tr>%s</tr>") % Markup("").join(Markup("<td>%s</td>") % cell for cell in row) for row in rows
    )
    return Markup(
        '<table class="table table-sm table-bordered"><thead><tr>%s</tr></thead><tbody>%s</tbody></table>'
    ) % (cells, body)
