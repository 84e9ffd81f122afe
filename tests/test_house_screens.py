"""Every screen of the suite opens for the manager of its area: menus, actions, filters, buttons."""

import re
from datetime import datetime
from pathlib import Path

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.service.model import get_public_method
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

ROOT = Path(__file__).resolve().parent.parent
MANAGERS = {
    "customer_management": "customer_management.group_customer_manager",
    "customer_credit": "customer_credit.group_credit_manager",
    "customer_channels": "customer_channels.group_channel_manager",
    "customer_service": "customer_service.group_service_manager",
}
SHOWN = ("list", "kanban", "form", "activity")
GROUPED = ("graph", "pivot")
# In these places a field is only where something is put, not what holds it.
BESIDE = ("after", "before", "replace", "attributes")


class ScreenCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        multi = "base.group_multi_company"
        cls.managers = {
            addon: new_test_user(cls.env, f"house_{addon}", groups=f"{group},{multi}")
            for addon, group in MANAGERS.items()
        }

    def ours(self, model):
        """Yield the records of a model that our addons brought, each with its addon and its name."""
        names = self.env["ir.model.data"].search([("module", "in", list(MANAGERS)), ("model", "=", model)])
        for name in names.sorted("complete_name"):
            yield name.module, name.complete_name, self.env[model].browse(name.res_id)

    def assertNothing(self, findings, message):
        findings = sorted(set(findings))
        if findings:
            self.fail(f"{message}:\n  " + "\n  ".join(findings))

    def evaluate(self, expression, user, action):
        """Return the value of a domain or context as the web client computes it."""
        record = self.env[action["res_model"]].with_user(user).search([], limit=1)
        return safe_eval(
            expression or "{}",
            {
                "uid": user.id,
                "active_id": record.id,
                "active_ids": record.ids,
                "active_model": action["res_model"],
                "allowed_company_ids": user.company_ids.ids,
                "context": {},
                "context_today": lambda: fields.Date.context_today(user),
                "datetime": datetime,
                "relativedelta": relativedelta,
            },
        )

    def open(self, action, user):
        """Open a window action as the web client does; return its model, its domain and its views."""
        context = action["context"]
        context = self.evaluate(context, user, action) if isinstance(context, str) else context
        domain = action["domain"] or []
        domain = self.evaluate(domain, user, action) if isinstance(domain, str) else domain
        search = (action["search_view_id"] or [False])[0] if action.get("search_view_id") else False
        model = self.env[action["res_model"]].with_user(user).with_context(**context)
        views = model.get_views([*action["views"], (search, "search")], {"toolbar": True})["views"]
        return model, domain, {kind: etree.fromstring(view["arch"]) for kind, view in views.items()}

    def show(self, model, domain, archs):
        """Read what each view of an action shows."""
        for kind, arch in archs.items():
            if kind in SHOWN:
                model.web_search_read(domain, specification(model, arch), limit=80)
            elif kind in GROUPED:
                groupby, measures = grouping(model, arch)
                model.formatted_read_group(domain, groupby, measures)

    def filter(self, model, domain, arch):
        """Use every filter and every grouping of a search view on its own."""
        for node in arch.iter("filter"):
            wanted = node.get("domain") or "[]"
            extra = self.evaluate(wanted, model.env.user, {"res_model": model._name})
            by = safe_eval(node.get("context") or "{}", {"uid": model.env.uid}).get("group_by")
            if node.get("date"):
                by = f"{node.get('date')}:month"
            groups = [by] if isinstance(by, str) else by or []
            if any(model._fields[group.split(":")[0]].type == "properties" for group in groups):
                continue  # the web client puts the properties of the records in its place
            if groups:
                model.formatted_read_group([*domain, *extra], groups, ["__count"])
            else:
                model.search_count([*domain, *extra])


def top_fields(arch):
    """Yield the fields of a view itself, not those of the lists and cards inside its fields."""
    for node in arch.iter("field"):
        if not any(above.tag == "field" for above in node.iterancestors()):
            yield node


def specification(model, arch):
    """Return what a view reads of each record."""
    spec = {}
    for node in top_fields(arch):
        field = model._fields[node.get("name")]
        spec[field.name] = {"fields": {"display_name": {}}} if field.relational else {}
    return spec


def grouping(model, arch):
    """Return the fields that a chart or a pivot groups by, and the figures that it shows."""
    groupby, measures = [], ["__count"]
    for node in top_fields(arch):
        name = node.get("name")
        if node.get("type") in ("row", "col") or (arch.tag == "graph" and node.get("type") != "measure"):
            groupby.append(f"{name}:{node.get('interval')}" if node.get("interval") else name)
        elif model._fields[name].aggregator:
            measures.append(f"{name}:{model._fields[name].aggregator}")
    return groupby, measures


@tagged("post_install", "-at_install")
class TestScreens(ScreenCase):
    def test_every_window_opens_for_the_manager_of_its_area(self):
        for addon, name, _action in self.ours("ir.actions.act_window"):
            user = self.managers[addon]
            with self.subTest(action=name):
                values = self.env["ir.actions.act_window"].with_user(user)._for_xml_id(name)
                model, domain, archs = self.open(values, user)
                self.show(model, domain, archs)
                self.filter(model, domain, archs["search"])

    def test_every_menu_leads_somewhere(self):
        findings = []
        for addon, name, menu in self.ours("ir.ui.menu"):
            if menu.web_icon:
                self.assertTrue((ROOT / menu.web_icon.replace(",", "/")).is_file(), name)
            if menu.action:
                findings += [f"{name}: {what}" for what in self.emptiness(menu.action, self.managers[addon])]
            elif not menu.child_id:
                findings.append(f"{name}: has neither an action nor menus below")
        self.assertNothing(findings, "Menus that lead nowhere")

    def emptiness(self, action, user):
        """Say what is wrong with the page that a menu opens: no rows, and no help on what to do next."""
        # A server action is run: it returns the window that it opens.
        values = action._get_action_dict()
        if action._name == "ir.actions.server":
            values = action.with_user(user).run()
            if not isinstance(values, dict):
                return ["opens nothing"]
        if values.get("type") != "ir.actions.act_window":
            return []
        values = {"context": {}, "domain": [], **values}
        model, domain, _archs = self.open(values, user)
        if values.get("res_id") or model.search_count(domain, limit=1):
            return []
        words = re.sub(r"<[^>]*>|\s", "", values.get("help") or "")
        return [] if words else ["is empty and does not say what to do"]

    def test_every_button_calls_a_public_method(self):
        findings, seen = [], set()
        for _addon, _name, view in self.ours("ir.ui.view"):
            while view.mode == "extension":
                view = view.inherit_id
            if view.type == "qweb" or view in seen:
                continue
            seen.add(view)
            for node in view._get_combined_arch().iter("button", "a"):
                if node.get("type") == "object":
                    findings += self.missing(node, self.env[view.model], view.xml_id)
        self.assertNothing(findings, "Buttons without a public method")

    def missing(self, button, model, view):
        """Say that the method of a button is missing, private, or not of the model it stands in."""
        for node in reversed(list(button.iterancestors("field"))):
            field = model._fields.get(node.get("name"))
            if field is not None and field.comodel_name and node.get("position") not in BESIDE:
                model = self.env[field.comodel_name]
        try:
            get_public_method(model, button.get("name"))
        except Exception as error:  # whatever is wrong with it, the user's click would fail
            return [f"{view}: {error}"]
        return []
