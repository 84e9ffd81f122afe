"""What a window shows when it opens: its view, and the filters and groups that its search starts with."""

from lxml import etree

from odoo.fields import Domain

from .form_columns import evaluate


def search_start(model, search_id):
    """Return what a search view starts with in the model's context.

    :param search_id: the search view, or False for the model's own
    :return: (domain, group by, the filters in words)
    """
    starts = {
        key.removeprefix("search_default_"): value
        for key, value in model.env.context.items()
        if key.startswith("search_default_") and value
    }
    domain, groups, words = Domain.TRUE, [], []
    if not starts:
        return domain, groups, words
    arch = etree.fromstring(model.get_view(search_id or None, "search")["arch"])
    block = []
    for node in arch.iter("field", "filter", "separator"):
        value = starts.get(node.get("name"))
        if node.tag == "separator":
            domain, block = domain & _any(block), []
        elif value and node.tag == "field":
            domain &= _field_domain(model, node, value)
        elif value and node.get("context") and "group_by" in node.get("context"):
            groups += _listed(evaluate(model.env, node.get("context"))["group_by"])
        elif value:
            block.append(Domain(evaluate(model.env, node.get("domain") or "[]")))
            words.append(node.get("string") or node.get("name"))
    return domain & _any(block), groups, words


def _any(block):
    """Return the filters of one block, of which a record has to fit one."""
    return Domain.OR(block) if block else Domain.TRUE


def _listed(value):
    return [value] if isinstance(value, str) else list(value)


def _field_domain(model, node, value):
    """Return the filter of a field that the search starts with."""
    if node.get("filter_domain"):
        return Domain(evaluate(model.env, node.get("filter_domain"), self=value))
    operator = node.get("operator") or ("ilike" if isinstance(value, str) else "=")
    if isinstance(value, list | tuple):
        operator = "in"
    return Domain([(node.get("name"), operator, value)])


def view_settings(arch, view_type):
    """Return what a view itself says of its order and its groups: (order, group by)."""
    node = etree.fromstring(arch)
    groups = node.get("default_group_by") if view_type == "list" else None
    return node.get("default_order"), [one.strip() for one in groups.split(",")] if groups else []
