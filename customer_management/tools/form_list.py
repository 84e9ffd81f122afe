"""A list, grouped or not, as the rows of a sheet: read as the user, in batches, in the order of the screen."""

from array import array

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL, html2plaintext
from odoo.tools.safe_eval import safe_eval

from .form_columns import NAMES, list_columns
from .sheet import Band, Money, Unit
from .sheet_totals import Line, Totals

# Records that are read at a time: memory does not grow with their number, only with this one.
BATCH = 1000


class ListTable:
    """The columns and the rows of a list view, for one user and one request.

    :param model: the model, as the user and in the context of the window
    :param arch: the list view as the user gets it
    :param Ask ask: what is to be shown
    """

    def __init__(self, model, arch, ask):
        self.model = model
        self.env = model.env
        self.ask = ask
        self.groups = list(ask.group_by or [])
        self.columns = list_columns(model, arch, ask.columns)
        # Grouped by what has several values, a record stands in several groups.
        self.repeats = any(self._group_field(spec).type == "many2many" for spec in self.groups)
        self.units = {}
        self.selections = {
            column.name: dict(model._fields[column.name]._description_selection(self.env))
            for column in self.columns
            if model._fields[column.name].type == "selection"
        }

    def _group_field(self, spec):
        return self.model._fields[spec.split(":")[0].split(".")[0]]

    def count(self):
        """Return how many records there are."""
        return self.model.search_count(self.ask.domain)

    def rows(self):
        """Yield the records as tuples, and around them the headings and totals of their groups."""
        self.env.flush_all()
        found = self.env.execute_query(self._query())
        if not self.groups:
            found = array("q", (row[0] for row in found))
            yield from self._records(found)
            return
        labels = [self._labels(spec, {row[i] for row in found}) for i, spec in enumerate(self.groups, 1)]
        yield from self._grouped(found, labels, 0, len(found), 0)

    # What is read

    def _query(self):
        """Return the statement that gives each record's id and what its groups are called, in order."""
        model, ask = self.model, self.ask
        query = model._search(Domain(ask.domain))
        table = model._table
        groups = [model._read_group_groupby(table, spec, query) for spec in self.groups]
        terms = self._group_order(groups, query)
        order = ask.order or model._order
        terms.append(model._order_to_sql(f"{order}, id" if " id" not in f" {order}" else order, query))
        query.order = SQL(", ").join(term for term in terms if term)
        return query.select(SQL.identifier(table, "id"), *groups)

    def _group_order(self, groups, query):
        """Return the terms that keep each group together, in the order of the screen."""
        wanted = dict(_order_terms(self.ask.order))
        terms = []
        for depth, (spec, expression) in enumerate(zip(self.groups, groups, strict=True), 1):
            part = SQL(", ").join(groups[:depth])
            terms += [self._sum_order(name, way, part, query) for name, way in wanted.items()]
            name = spec.split(":")[0]
            way = wanted.get(name, "ASC")
            if "." not in spec and self.model._fields[name].type == "many2one":
                terms.append(self.model._order_to_sql(f"{name} {way}", query))
            terms.append(SQL("%s %s", expression, SQL("DESC") if way == "DESC" else SQL("ASC")))
        return terms

    def _sum_order(self, name, way, part, query):
        """Return the order of groups by the figure that the rows are ordered by, as the screen has it."""
        field = self.model._fields[name]
        if field.aggregator not in ("sum", "avg", "max", "min") or not field._description_aggregator(
            self.env
        ):
            return SQL()
        figure = self.model._read_group_select(f"{name}:{field.aggregator}", query)
        return SQL("%s OVER (PARTITION BY %s) %s", figure, part, SQL("DESC") if way == "DESC" else SQL("ASC"))

    def _labels(self, spec, raw_values):
        """Return what the groups of one level are called, by their raw value."""
        return group_labels(self.model, spec, list(raw_values))

    # What is written

    def _grouped(self, found, labels, begin, end, level):
        """Yield the groups of one level between two places of the rows found."""
        at = begin
        while at < end:
            raw, stop = found[at][level + 1], at
            while stop < end and found[stop][level + 1] == raw:
                stop += 1
            label = labels[level][raw]
            blank = (None,) * (len(self.columns) - 1)
            yield Band("group", level, (f"{label} ({stop - at})", *blank))
            totals = Totals(self.columns)
            if level + 1 < len(self.groups):
                lines = self._grouped(found, labels, at, stop, level + 1)
            else:
                lines = self._records([row[0] for row in found[at:stop]])
            for line in lines:
                if not isinstance(line, Band):
                    totals.add(line)
                yield line
            word = self.env._("Total %(group)s", group=label)
            yield from totals.bands(word, level + 1)
            at = stop

    def _records(self, ids):
        """Yield the values of these records, a batch at a time; what was read is dropped again."""
        needed = set().union(*(column.needed for column in self.columns)) if self.columns else set()
        names = [name for name in needed if name in self.model._fields]
        for start in range(0, len(ids), BATCH):
            records = self.model.browse(tuple(ids[start : start + BATCH]))
            records.fetch([name for name in names if self.model._fields[name].store])
            hidden = [self._hidden(column, records) for column in self.columns]
            for i, record in enumerate(records):
                line = Line(
                    None if gone and gone[i] else self._value(column, record)
                    for column, gone in zip(self.columns, hidden, strict=True)
                )
                if self.repeats:
                    line.key = record.id
                yield line
            if len(ids) > BATCH:
                self.env.invalidate_all(flush=False)

    def _hidden(self, column, records):
        """Return for each record whether the view hides this column's value on it, or None if it never does."""
        if not column.invisible:
            return None
        if column.invisible in ("1", "True"):
            return [True] * len(records)
        names = sorted(name for name in column.needed if name in self.model._fields)
        rows = [tuple(_plain(record[name]) for name in names) for record in records]
        # One evaluation for the whole batch: to compile the expression costs more than to use it.
        known = {"rows": rows, "uid": self.env.uid, "context": dict(self.env.context), "parent": None}
        target = f"({', '.join(names)},)" if names else "_row"
        return safe_eval(f"[bool({column.invisible}) for {target} in rows]", known)

    def _value(self, column, record):
        value = record[column.name]
        field = self.model._fields[column.name]
        if field.type in NAMES:
            # The host shows the name of what a record is linked to, whoever may open that.
            return ", ".join(name for name in value.sudo().mapped("display_name") if name)
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type == "selection":
            return self.selections[column.name].get(value, value) if value else None
        if field.type == "datetime" and value:
            value = fields.Datetime.context_timestamp(record, value).replace(tzinfo=None)
            return value.date() if column.kind == "date" else value
        if field.type == "html":
            return html2plaintext(value).strip() if value else None
        if column.currency and value is not False:
            return Money(value, self._unit(record[column.currency]))
        return value

    def _unit(self, currency):
        if currency.id not in self.units:
            self.units[currency.id] = Unit.of(currency)
        return self.units[currency.id]


def group_labels(model, spec, raw_values):
    """Return what groups are called, {raw value: label}, as the host calls them on the screen.

    :param str spec: what is grouped by: a field, with the granularity of a date
    :param list raw_values: as the database gives them
    """
    env = model.env
    values = list(model._read_group_postprocess_groupby(spec, raw_values))
    label_of = model._web_read_group_groupby_formatter(spec, values)
    name = spec.split(":")[0]
    field = model._fields[name.split(".")[0]]
    for step in name.split(".")[1:]:
        field = env[field.comodel_name]._fields[step] if field.relational else field
    selection = dict(field._description_selection(env)) if field.type == "selection" else {}
    labels = {}
    for raw, value in zip(raw_values, values, strict=True):
        labels[raw] = value_label(env, label_of(value)[0], field, selection)
    return labels


def value_label(env, value, field, selection):
    """Return the label of one group from what the host gives for it."""
    if isinstance(value, tuple | list):
        return str(value[1])
    if field.type == "boolean":
        return env._("Yes") if value else env._("No")
    if value is None or value is False or value == "":
        return env._("None")
    return str(selection.get(value, value))


def _order_terms(order):
    """Yield (field, ASC or DESC) of an order."""
    for text in (order or "").split(","):
        words = text.split()
        if words:
            yield words[0], "DESC" if "DESC" in text.upper().split() else "ASC"


def _plain(value):
    """Return a field's value as the expressions of views know it: ids in the place of records."""
    if hasattr(value, "_ids"):
        return value.id if len(value) < 2 else value.ids
    return value
