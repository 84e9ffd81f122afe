"""The columns of a list view as the user gets it: what stands there on the screen is what is printed."""

from dataclasses import dataclass

from lxml import etree

from odoo import fields
from odoo.tools import str2bool
from odoo.tools.safe_eval import datetime, dateutil, safe_eval, time
from odoo.tools.view_validation import get_expression_field_names

from .sheet import Column

WAYS = ("sum", "avg", "max", "min")
# What no sheet can show.
UNPRINTABLE = {"binary", "image", "json", "properties", "properties_definition"}
KIND_OF_TYPE = {
    "integer": "integer",
    "float": "number",
    "monetary": "money",
    "date": "date",
    "datetime": "datetime",
    "text": "long",
    "html": "long",
}
KIND_OF_WIDGET = {
    "percentage": "percent",
    "float_time": "hours",
    "monetary": "money",
    "date": "date",
    "remaining_days": "date",
}
NAMES = ("many2one", "reference", "many2many", "one2many")


@dataclass(frozen=True)
class FieldColumn(Column):
    """A column that shows a field.

    :ivar name: of the field
    :ivar currency: the field that names the currency, or empty
    :ivar invisible: an expression on the record: where it holds, the cell stays empty
    """

    name: str = ""
    currency: str = ""
    invisible: str = ""

    @property
    def needed(self):
        """The names of the fields that a value of this column needs."""
        names = {self.name, *([self.currency] if self.currency else [])}
        return names | (get_expression_field_names(self.invisible) if self.invisible else set())


def evaluate(env, expression, **names):
    """Return the value of an expression of a view or an action, with what the web client knows."""
    today = fields.Date.context_today(env.user)
    known = {
        "uid": env.uid,
        "context": dict(env.context),
        "allowed_company_ids": env.companies.ids,
        "current_company_id": env.company.id,
        "context_today": lambda: today,
        "today": str(today),
        "current_date": str(today),
        "relativedelta": dateutil.relativedelta.relativedelta,
        "datetime": datetime,
        "time": time,
        "active_id": env.context.get("active_id", False),
        "active_ids": env.context.get("active_ids", []),
        "active_model": env.context.get("active_model", False),
    }
    return safe_eval(expression, {**known, **names})


def list_columns(model, arch, wanted=None):
    """Return the columns of a list that are to be seen.

    :param model: the records' model, as the user
    :param arch: the view, as ``get_view`` gives it to the user
    :param wanted: the names of those that the user sees, or None for what the view shows at first
    :rtype: list[FieldColumn]
    """
    columns = []
    labels = model.fields_get(attributes=["string"])
    for node in etree.fromstring(arch).iterchildren("field"):
        name = node.get("name")
        field = model._fields.get(name)
        if name not in labels or field.type in UNPRINTABLE or node.get("widget") == "handle":
            continue
        if _is_hidden(model.env, node, wanted):
            continue
        columns.append(_column(model, node, field, labels[name]["string"]))
    return columns


def _is_hidden(env, node, wanted):
    """Return whether a column is not shown: never, or not by this user."""
    expression = node.get("column_invisible")
    if expression:
        if expression.strip().lower() in ("1", "0", "true", "false"):
            hidden = str2bool(expression)
        elif "parent" in get_expression_field_names(expression) or "parent." in expression:
            hidden = False
        else:
            hidden = bool(evaluate(env, expression))
        if hidden:
            return True
    optional = node.get("optional")
    if wanted is not None:
        return bool(optional) and node.get("name") not in wanted
    return optional == "hide"


def _column(model, node, field, label):
    widget = node.get("widget")
    kind = field_kind(field, widget)
    options = evaluate(model.env, node.get("options") or "{}")
    digits = field.get_digits(model.env) if field.type == "float" else None
    currency = ""
    if kind == "money":
        currency = options.get("currency_field") or (
            field.get_currency_field(model) if field.type == "monetary" else "currency_id"
        )
        found = model._fields.get(currency or "")
        currency = currency if found is not None and model._has_field_access(found, "read") else ""
    invisible = node.get("invisible") or ""
    return FieldColumn(
        node.get("string") or label or field.name,
        kind,
        26 if field.type in NAMES else 9 if field.type == "boolean" else None,
        next((way for way in WAYS if node.get(way)), False),
        digits[1] if digits else 2,
        name=field.name,
        currency=currency or "",
        invisible="" if invisible in ("0", "False") else invisible,
    )


def field_kind(field, widget=None):
    """Return the kind of a field's values on a sheet."""
    if widget in KIND_OF_WIDGET and (widget != "date" or field.type == "datetime"):
        return KIND_OF_WIDGET[widget]
    return KIND_OF_TYPE.get(field.type, "text")
