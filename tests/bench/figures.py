"""What was measured, as text: a table to read and a block for the README. Plain Python."""

import statistics

GOAL = 1.5
# Below so many invoices the fixed cost of a call hides everything else.
ENOUGH = 20000
HEAD = (
    "case",
    "size",
    "rows",
    "suite",
    "statement + insert",
    "ratio",
    "statement",
    "ratio",
    "queries",
    "memory",
)
# The first columns are words, the others figures.
WORDS = 2
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def milliseconds(side):
    if not side:
        return "-"
    least, middle = side["min"] * 1000, side["median"] * 1000
    return f"{middle:.0f} ms (min {least:.0f})" if middle >= 10 else f"{middle:.1f} ms (min {least:.1f})"


def times(suite, other):
    """Return how many times as long the suite takes.

    The two sides of a round ran one right after the other, so that what else the machine did in a
    round does not count: the ratio is the median of the rounds' ratios.
    """
    pairs = zip(suite["seconds"], other["seconds"], strict=True)
    return statistics.median(one / two for one, two in pairs)


def ratio(suite, other):
    return f"{times(suite, other):.2f}" if other else "-"


def memory(side):
    if side["peak"] is None:
        return "-"
    return f"{side['peak']:.0f} MB (+{side['above']:.0f})"


def rows(reports):
    """Return the cells of the table, a row a case and size."""
    found = []
    for report in reports:
        for case in report["cases"]:
            sides = case["sides"]
            suite, items, bare = sides["suite"], sides.get("items"), sides.get("aggregate")
            cells = [case["name"], report["size"], f"{case['rows']:,}", milliseconds(suite)]
            cells += [milliseconds(items), ratio(suite, items), milliseconds(bare), ratio(suite, bare)]
            found.append([*cells, str(suite["queries"]), memory(suite)])
    return sorted(found, key=lambda cells: [row[0] for row in found].index(cells[0]))


def table(reports):
    """Return the table for a terminal."""
    lines = [list(HEAD), *rows(reports)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )


def metrics(reports):
    """Return the table of the metrics, a line a code, or nothing."""
    codes = dict.fromkeys(code for report in reports for code in report.get("metrics", {}))
    lines = []
    for code in codes:
        found = [report["metrics"][code] for report in reports if code in report.get("metrics", {})]
        cells = "".join(
            f"{one['median'] * 1000:9.0f} ms {one['rows']:>7,} rows {one['queries']:>3} q" for one in found
        )
        lines.append(f"{code:28}{cells}")
    if not lines:
        return ""
    sizes = "".join(f"{report['size']:>12} {'':16}" for report in reports)
    return "\n".join([f"{'metric':28}{sizes}", *lines])


def block(reports):
    """Return the text for the README, laid out as Prettier would."""
    machine = f"{reports[0]['cores']} cores and PostgreSQL {reports[0]['postgres']}"
    sizes = "; ".join(
        f"{report['size']}: {report['customers']:,} customers, {report['invoices']:,} invoices"
        for report in reports
    )
    lines = [list(HEAD), *rows(reports)]
    widths = [max(3, *(len(line[column]) for line in lines)) for column in range(len(HEAD))]
    rule = ["-" * width if number < WORDS else "-" * (width - 1) + ":" for number, width in enumerate(widths)]
    text = [
        "| " + " | ".join(pad(*cell) for cell in zip(range(len(HEAD)), line, widths, strict=True)) + " |"
        for line in [lines[0], rule, *lines[1:]]
    ]
    return "\n".join([f"Measured with `./dev bench` on {machine} ({sizes}).", "", *text])


def pad(number, cell, width):
    """Return a cell as wide as its column; figures stand at the right."""
    return cell.ljust(width) if number < WORDS else cell.rjust(width)


def has_place(text):
    """Return whether a README has the two marks between which the figures go."""
    return 0 <= text.find(BEGIN) < text.find(END)


def put(text, reports):
    """Return the README's text with the figures between its marks."""
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    return f"{text[:begin]}\n\n{block(reports)}\n\n{text[end:]}"


def missed(reports):
    """Return a line for each case that is slower than the goal; a ledger of a few rows has none."""
    found = []
    for report in reports:
        for case in report["cases"]:
            suite, items = case["sides"]["suite"], case["sides"].get("items")
            has_goal = case["goal"] and report["invoices"] >= ENOUGH
            if has_goal and items and times(suite, items) > case["goal"]:
                found.append(
                    f"MISSED: {case['name']} at {report['size']} takes {ratio(suite, items)} times "
                    f"the statement with its insert, or the plain call; the goal is {case['goal']}"
                )
    return found


def growing(reports):
    """Return a line for each case whose number of queries depends on the size."""
    counts = {}
    for report in reports:
        for case in report["cases"]:
            sides = case["sides"]
            # Of many documents at a time, the host asks about each: what comes on top must not grow.
            host = sides["items"]["queries"] if case.get("many") else 0
            counts.setdefault(case["name"], {})[report["size"]] = sides["suite"]["queries"] - host
        for code, one in report.get("metrics", {}).items():
            counts.setdefault(f"metric {code}", {})[report["size"]] = one["queries"]
    return [
        f"{name}: the number of queries depends on the size: "
        + ", ".join(f"{count} at {size}" for size, count in sizes.items())
        for name, sizes in counts.items()
        # Of a thousand queries two or three depend on what is in a cache.
        if max(sizes.values()) - min(sizes.values()) > max(sizes.values()) // 300
    ]
