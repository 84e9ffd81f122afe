"""A pivot as the rows of a sheet: its groups, measures and unfolded parts as the screen has them."""

from lxml import etree

from odoo.tools import str2bool

from ..exceptions import FormTooLargeError
from .form_ask import month_of
from .form_columns import field_kind
from .form_list import value_label
from .sheet import Band, Column, Money, Unit

# More columns than Excel takes, and far more than anybody reads.
MOST_COLUMNS = 500


class PivotTable:
    """The columns and rows of a pivot view, for one user and one request.

    :param model: the model, as the user and in the context of the window
    :param arch: the pivot view as the user gets it
    :param Ask ask: what is to be shown; what it leaves open is as the view has it
    """

    def __init__(self, model, arch, ask):
        self.model = model
        self.env = model.env
        self.ask = ask
        self._read_arch(etree.fromstring(arch))
        self.figures = {}
        self.labels = {}
        self.trees = {"row": {}, "col": {}}
        self._read_figures()
        self.leaves = list(self._leaves(()))
        self.columns = self._columns()

    def _read_arch(self, arch):
        """Take the groups and measures that were asked for, or else those of the view."""
        rows, columns, measures = [], [], []
        for node in arch.iterchildren("field"):
            name, kind = node.get("name"), node.get("type")
            if kind in ("row", "col"):
                spec = (
                    f"{name}:{node.get('interval')}" if node.get("interval") else month_of(self.model, name)
                )
                (rows if kind == "row" else columns).append(spec)
            elif kind == "measure":
                measures.append(name)
        if not measures or str2bool(arch.get("display_quantity") or "0"):
            measures.append("__count")
        ask = self.ask
        self.rows_by = rows if ask.group_by is None else ask.group_by
        self.columns_by = columns if ask.column_groups is None else ask.column_groups
        self.measures = measures if ask.measures is None else ask.measures
        self.strings = {node.get("name"): node.get("string") for node in arch.iterchildren("field")}

    # What is read

    def _read_figures(self):
        """Read all totals at once: one statement, whatever the number of groups."""
        rows, columns = self.rows_by, self.columns_by
        sets = [(*rows[:i], *columns[:j]) for i in range(len(rows) + 1) for j in range(len(columns) + 1)]
        specs = [self._measure_spec(name) for name in self.measures]
        currencies = {name: self._currency(name) for name in self.measures}
        extra = sorted({f"{name}:array_agg_distinct" for name in currencies.values() if name})
        answer = self.model.formatted_read_grouping_sets(
            self.ask.domain, sets, list(dict.fromkeys([*specs, *extra, "__count"]))
        )
        found = [line for groups in answer for line in groups]
        self._read_units(found, extra)
        places = [(i, j) for i in range(len(rows) + 1) for j in range(len(columns) + 1)]
        for (i, j), groups in zip(places, answer, strict=True):
            for line in groups:
                path, across = self._path(line, rows[:i]), self._path(line, columns[:j])
                if line["__count"]:
                    self.figures[path, across] = [
                        self._figure(line, spec, currencies[name])
                        for name, spec in zip(self.measures, specs, strict=True)
                    ]
                if path and not across:
                    self.trees["row"].setdefault(path[:-1], []).append(path)
                if across and not path:
                    self.trees["col"].setdefault(across[:-1], []).append(across)

    def _measure_spec(self, name):
        if name == "__count":
            return name
        field = self.model._fields[name]
        return f"{name}:{'count_distinct' if field.type == 'many2one' else field.aggregator or 'sum'}"

    def _currency(self, name):
        """Return the field that names the currency of a measure, if it can be grouped by."""
        field = self.model._fields.get(name)
        currency = (
            field.get_currency_field(self.model) if field is not None and field.type == "monetary" else None
        )
        return (
            currency if currency and self.model._fields[currency]._description_groupable(self.env) else None
        )

    def _read_units(self, found, extra):
        ids = {one for line in found for spec in extra for one in line[spec] or [] if one}
        self.units = {one.id: Unit.of(one) for one in self.env["res.currency"].browse(ids)}

    def _figure(self, line, spec, currency):
        """Return a figure of a group: nothing where it would mix currencies."""
        value = line[spec]
        if not currency or value is None or value is False:
            return value
        units = {self.units.get(one) for one in line[f"{currency}:array_agg_distinct"] or []}
        return Money(value, units.pop()) if len(units) == 1 else None

    def _path(self, line, specs):
        """Return the values of a group, and remember what they are called."""
        path = ()
        for spec in specs:
            value = line[spec]
            raw = value[0] if isinstance(value, tuple | list) else value
            path = (*path, raw)
            if (spec, raw) not in self.labels:
                field = self._field(spec)
                names = dict(field._description_selection(self.env)) if field.type == "selection" else {}
                self.labels[spec, raw] = value_label(self.env, value, field, names)
        return path

    def _field(self, spec):
        steps = spec.split(":")[0].split(".")
        field = self.model._fields[steps[0]]
        for step in steps[1:]:
            field = self.env[field.comodel_name]._fields[step] if field.comodel_name else field
        return field

    # What is shown

    def _children(self, kind, path):
        """Return the groups below one, as far as it is unfolded, in the order that was asked for."""
        opened = self.ask.open_rows if kind == "row" else self.ask.open_columns
        if opened is not None and list(path) not in [list(one) for one in opened]:
            return []
        children = self.trees[kind].get(path, [])
        sort = self.ask.sort or {}
        if kind == "row" and sort.get("measure") in self.measures:
            place, across = self.measures.index(sort["measure"]), tuple(sort.get("column") or ())
            known = [child for child in children if self._plain(child, across, place) is not None]
            known.sort(
                key=lambda child: self._plain(child, across, place), reverse=sort.get("order") == "desc"
            )
            children = known + [child for child in children if child not in known]
        return children

    def _plain(self, path, across, place):
        figures = self.figures.get((path, across))
        value = figures[place] if figures else None
        value = value.amount if isinstance(value, Money) else value
        return None if value is False else value

    def _leaves(self, path):
        children = self._children("col", path)
        if not children and path:
            yield path
        for child in children:
            yield from self._leaves(child)

    def _columns(self):
        word = " / ".join(self.label_of(spec) for spec in self.rows_by) or self.env._("Total")
        columns = [Column(word, width=30)]
        for path in self.leaves:
            names = tuple(self.labels[spec, raw] for spec, raw in zip(self.columns_by, path, strict=False))
            columns += self._measure_columns(names)
        columns += self._measure_columns((self.env._("Total"),) if self.leaves else ())
        if len(columns) > MOST_COLUMNS:
            raise FormTooLargeError(
                self.env._(
                    "The table has %(count)s columns; up to %(most)s can be printed. Fold some groups, or filter.",
                    count=len(columns),
                    most=MOST_COLUMNS,
                )
            )
        return columns

    def _measure_columns(self, names):
        """Return a column for each measure below these headings; a lone measure needs no heading of its own."""
        alone = len(self.measures) == 1 and names
        return [
            Column(
                names[-1] if alone else self.measure_label(name),
                self._kind(name),
                digits=self._digits(name),
                over=names[:-1] if alone else names,
            )
            for name in self.measures
        ]

    def _kind(self, name):
        field = self.model._fields.get(name)
        if name == "__count" or field.type == "many2one":
            return "integer"
        return field_kind(field)

    def _digits(self, name):
        field = self.model._fields.get(name)
        digits = field.get_digits(self.env) if field is not None and field.type == "float" else None
        return digits[1] if digits else 2

    def measure_label(self, name):
        """Return what a measure is called."""
        if name == "__count":
            return self.env._("Count")
        return self.strings.get(name) or self.label_of(name)

    def label_of(self, spec):
        """Return what a field that is grouped by is called."""
        name = spec.split(":")[0].split(".")[0]
        return self.model.fields_get([name], ["string"])[name]["string"]

    def count(self):
        """Return how many lines there are."""
        return sum(1 for _line in self.rows())

    def rows(self):
        """Yield the lines: each group with its figures, those below it behind it, at last the total."""
        yield from self._below(())
        if ((), ()) in self.figures:
            yield Band("total", 0, (self.env._("Total"), *self._cells(())))

    def _below(self, path):
        for child in self._children("row", path):
            label = self.labels[self.rows_by[len(child) - 1], child[-1]]
            kind = "group" if self._children("row", child) else "row"
            yield Band(kind, len(child) - 1, (label, *self._cells(child)))
            yield from self._below(child)

    def _cells(self, path):
        nothing = [None] * len(self.measures)
        across = [*self.leaves, ()]
        return [value for leaf in across for value in self.figures.get((path, leaf), nothing)]
