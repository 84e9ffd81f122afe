"""What somebody asks a form to show: checked before anything is read, as it comes from the browser."""

from dataclasses import dataclass, field

from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..exceptions import FormFilterError

VIEWS = ("list", "pivot")


@dataclass
class Ask:
    """What is to be printed: as the person who prints sees it on the screen.

    :ivar domain: the filter
    :ivar context: of the window: companies, language and what its computed fields need
    :ivar group_by: fields with the granularity of dates, the outermost first; in a pivot its rows
    :ivar order: of the rows, as in a search
    :ivar view_type: list or pivot
    :ivar columns: of a list, those that are shown, or None for those of the view
    :ivar column_groups: of a pivot, what its columns are grouped by
    :ivar measures: of a pivot, names of fields or ``__count``
    :ivar open_rows: of a pivot, the paths of values that are unfolded, or None for all
    :ivar open_columns: the same of its columns
    :ivar sort: of a pivot, {measure, order, column: path of values}
    :ivar filters: the filters in words
    :ivar title: what the window is called
    """

    domain: list = field(default_factory=list)
    context: dict = field(default_factory=dict)
    group_by: list | None = None
    order: str | None = None
    view_type: str | None = None
    columns: list | None = None
    column_groups: list | None = None
    measures: list | None = None
    open_rows: list | None = None
    open_columns: list | None = None
    sort: dict | None = None
    filters: list = field(default_factory=list)
    title: str = ""

    @classmethod
    def parse(cls, env, values):
        """Return what was asked for, from a dict that came from anywhere.

        :raises FormFilterError: when a part of it is not of the kind that it has to be
        """
        kinds = {
            **dict.fromkeys(("domain", "group_by", "columns", "column_groups", "measures", "filters"), list),
            **dict.fromkeys(("open_rows", "open_columns"), list),
            **dict.fromkeys(("context", "sort"), dict),
            **dict.fromkeys(("order", "view_type", "title"), str),
        }
        found = {}
        for name, value in values.items():
            if value is None:
                continue
            if isinstance(value, tuple | Domain):
                value = list(value)
            if name not in kinds or not isinstance(value, kinds[name]):
                raise FormFilterError(
                    env._("“%(name)s” is not what a form can be asked for.", name=str(name)[:40])
                )
            found[name] = value
        for name in ("group_by", "columns", "column_groups", "measures", "filters"):
            if not all(isinstance(text, str) for text in found.get(name, [])):
                raise FormFilterError(env._("“%(name)s” has to be a list of texts.", name=name))
        if found.get("view_type", "list") not in VIEWS:
            raise FormFilterError(env._("Lists and pivots can be printed, not “%s”.", found["view_type"]))
        return cls(**found)

    def check(self, model):
        """:raises FormFilterError: when the filter, the groups or the order name what the model does not have"""
        env = model.env
        try:
            Domain(self.domain).validate(model)
        except AccessError:
            raise
        except Exception as error:  # whatever is wrong with a filter, it is the filter that is wrong
            raise FormFilterError(
                env._("The filter does not fit “%(model)s”: %(error)s", model=model._description, error=error)
            ) from error
        self._check_access(model)
        named = [*(self.group_by or []), *(self.column_groups or [])]
        named += [text.split()[0] for text in (self.order or "").split(",") if text.strip()]
        named += [name for name in self.measures or [] if name != "__count"]
        for text in named:
            name = text.split(":")[0].split(".")[0]
            if name in model._fields:
                model._check_field_access(model._fields[name], "read")
            else:
                raise FormFilterError(
                    env._("“%(model)s” has no field “%(name)s”.", model=model._description, name=name[:60])
                )
        self.group_by = self._grouped(model, self.group_by)
        self.column_groups = self._grouped(model, self.column_groups)

    @staticmethod
    def _grouped(model, specs):
        """Return what is grouped by, days by month where nothing else is said, as on the screen.

        :raises FormFilterError: when the model cannot be grouped so
        """
        if specs is None:
            return None
        specs = [month_of(model, spec) for spec in specs]
        for spec in specs:
            try:
                model._read_group_groupby(model._table, spec, model._search(Domain.FALSE))
            except ValueError as error:
                raise FormFilterError(
                    model.env._(
                        "“%(model)s” cannot be grouped by “%(name)s”.",
                        model=model._description,
                        name=spec[:60],
                    )
                ) from error
        return specs

    def _check_access(self, model):
        """Refuse filters on fields that the user may not read: by what they find, they would tell.

        :raises AccessError: as for reading the field
        """
        pending = [(model, condition) for condition in Domain(self.domain).iter_conditions()]
        while pending:
            records, condition = pending.pop()
            for name in condition.field_expr.split("."):
                field = records._fields.get(name)
                if field is None:
                    break
                records._check_field_access(field, "read")
                if field.comodel_name:
                    records = records.env[field.comodel_name]
            if condition.operator in ("any", "not any"):
                pending += [(records, below) for below in Domain(condition.value).iter_conditions()]


def month_of(model, spec):
    """Return what is grouped by, with the month where it is a day without a part of it."""
    is_plain = ":" not in spec and "." not in spec
    return f"{spec}:month" if is_plain and model._fields[spec].type in ("date", "datetime") else spec
