"""The four addons come and go in any allowed order, with and without demo data, and leave nothing."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import TestCase

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / ".dev"))

from databases import House  # noqa: E402  (the path to it is set just above)

# M, C, H and S are customer_management, customer_credit, customer_channels and customer_service; + installs
# and - uninstalls. Each leaf comes and goes first or last, with and without the other; an addon pulls what
# it needs, and takes those away that need it. The demo data tells a long story: it is loaded only once.
ORDERS = {
    True: "+M +C +H +S -H -S -C +S +H -S +S -M",
    False: "+M +C +H +S -H -S -C -M +S +H -S -H -M +HS -C +H -M",
}
STORY = r'''
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

NAMES = {
    "M": "customer_management",
    "C": "customer_credit",
    "H": "customer_channels",
    "S": "customer_service",
}
NEEDS = {"M": "M", "C": "MC", "H": "MCH", "S": "MCS"}
# Everything that a module may bring.
SNAPSHOT = {
    "table": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
    "column": "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'",
    "index": "SELECT indexname FROM pg_indexes WHERE schemaname = 'public'",
    "constraint": "SELECT conrelid::regclass::text, conname FROM pg_constraint",
    "sequence": "SELECT sequencename FROM pg_sequences",
    "function": "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "trigger": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "model": "SELECT model FROM ir_model",
    "field": "SELECT model, name FROM ir_model_fields",
    "selection": "SELECT f.model, f.name, s.value FROM ir_model_fields_selection s"
    " JOIN ir_model_fields f ON f.id = s.field_id",
    # The host forgets such names of its own addons with every addon whose models use mail.thread.
    "name": "SELECT module, name FROM ir_model_data WHERE model != 'ir.model.inherit'",
    "inheritance": "SELECT id FROM ir_model_inherit",
    "access": "SELECT id FROM ir_model_access",
    "rule": "SELECT id FROM ir_rule",
    "group": "SELECT id FROM res_groups",
    "privilege": "SELECT id FROM res_groups_privilege",
    "category": "SELECT id FROM ir_module_category",
    "menu": "SELECT id FROM ir_ui_menu",
    "view": "SELECT id FROM ir_ui_view",
    "action": "SELECT id FROM ir_actions",
    "cron": "SELECT id FROM ir_cron",
    "template": "SELECT id FROM mail_template",
    "subtype": "SELECT id FROM mail_message_subtype",
    "activity": "SELECT id FROM mail_activity_type",
    "parameter": "SELECT key FROM ir_config_parameter",
    "default": "SELECT id FROM ir_default",
    "numbering": "SELECT id FROM ir_sequence",
    "asset": "SELECT id FROM ir_asset",
    "paper": "SELECT id FROM report_paperformat",
    "tour": "SELECT name FROM web_tour_tour",
    "file": "SELECT res_model, res_field FROM ir_attachment WHERE res_model LIKE 'customer.%'",
}


def snapshot(cr):
    found = set()
    for kind, query in SNAPSHOT.items():
        cr.execute(query)
        found.update((kind, *map(str, row)) for row in cr.fetchall())
    return found


def look(cr, step, expected, before):
    """Return what is wrong after a step."""
    wrong = []
    # The views that stay are read, so that none of them names a field or a group that is gone.
    partners = api.Environment(cr, SUPERUSER_ID, {})["res.partner"]
    partners.get_views([(False, kind) for kind in ("form", "list", "kanban", "search")])
    partners.search([], limit=1).read()
    ours = tuple(NAMES.values())
    cr.execute("SELECT name FROM ir_module_module WHERE state = 'installed' AND name IN %s", [ours])
    installed = {name for (name,) in cr.fetchall()}
    if installed != expected:
        wrong.append(f"{step}: installed are {sorted(installed)}, not {sorted(expected)}")
    cr.execute("SELECT name FROM ir_module_module WHERE state LIKE 'to %'")
    wrong += [f"{step}: {name} is left half done" for (name,) in cr.fetchall()]
    gone = tuple(set(ours) - expected)
    if gone:
        cr.execute("SELECT module, name FROM ir_model_data WHERE module IN %s", [gone])
        wrong += [f"{step}: left behind {module}.{name}" for module, name in cr.fetchall()]
    if not expected:
        after = snapshot(cr)
        wrong += [f"{step}: left behind {what}" for what in sorted(after - before)]
        wrong += [f"{step}: took away {what}" for what in sorted(before - after)]
    if "customer_channels" in installed:
        cr.execute("SELECT COUNT(*) FROM res_partner WHERE customer_dealer_type_id IS NOT NULL")
        if bool(cr.fetchone()[0]) != DEMO:
            wrong.append(f"{step}: demo data should be {'there' if DEMO else 'missing'}")
    return wrong


wrong, before, there = [], snapshot(env.cr), set()
for step in ORDER.split():
    modules = env["ir.module.module"].search([("name", "in", [NAMES[letter] for letter in step[1:]])])
    if step[0] == "+":
        there |= {needed for letter in step[1:] for needed in NEEDS[letter]}
        modules.button_immediate_install()
    else:
        there -= {letter for letter in there if set(NEEDS[letter]) & set(step[1:])}
        modules.button_immediate_uninstall()
    with Registry(env.cr.dbname).cursor() as cr:
        wrong += look(cr, step, {NAMES[letter] for letter in there}, before)
    env = api.Environment(env.cr, SUPERUSER_ID, {})
print("\n".join(["FINDINGS", *wrong]))
'''


class TestInstall(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.house = House(browser=False)
        pool = ThreadPoolExecutor(2)
        cls.addClassCleanup(pool.shutdown)
        # Both databases at once: each spends half its time waiting for PostgreSQL.
        cls.stories = {demo: pool.submit(cls.tell, demo) for demo in (True, False)}

    @classmethod
    def tell(cls, demo):
        """Run the story on a copy of Odoo's own addons and return what it printed and logged."""
        name = f"cm_test_install_{os.getpid()}_{'demo' if demo else 'plain'}"
        cls.house.copy(cls.house.base(demo), name)
        try:
            options = ("--no-http", "--log-level=warn")
            script = f"DEMO, ORDER = {demo}, {ORDERS[demo]!r}\n{STORY}"
            return cls.house.odoo(name, *options, command=("shell",), input=script).stdout
        finally:
            cls.house.drop(name)
            cls.house.config(name).unlink()

    def check(self, demo):
        said = self.stories[demo].result().splitlines()
        marks = (" WARNING ", " ERROR ", " CRITICAL ")
        # What the configuration file of ./dev says is no matter of the addons.
        logged = [
            line for line in said if any(mark in line for mark in marks) and "odoo.tools.config" not in line
        ]
        findings = said[said.index("FINDINGS") + 1 :]
        self.assertFalse(logged + findings, "\n" + "\n".join(logged + findings))

    def test_every_order_with_demo_data_leaves_nothing(self):
        self.check(demo=True)

    def test_every_order_without_demo_data_leaves_nothing(self):
        self.check(demo=False)
