"""What every addon of the suite owes to its users, whatever it does: checked for all four at once."""

import ast
import io
import re
from pathlib import Path

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools import config
from odoo.tools.translate import trans_export

ROOT = Path(__file__).resolve().parent.parent
ADDONS = sorted(path.parent.name for path in ROOT.glob("*/__manifest__.py"))
LANGUAGES = ("zh_CN", "zh_TW")
# Rows of these models are many: a key to them is looked up whenever one of them goes.
LARGE = {
    "account.move",
    "account.move.line",
    "crm.lead",
    "res.partner",
    "sale.order",
    "sale.order.line",
    "stock.picking",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|<[^>\s]+")


def manifest(addon):
    return ast.literal_eval((ROOT / addon / "__manifest__.py").read_text(encoding="utf-8"))


def closure(addon):
    """Return the addons of the suite that one needs, itself included."""
    needed = {addon}
    for name in manifest(addon)["depends"]:
        if name in ADDONS:
            needed |= closure(name)
    return needed


class HouseCase(TransactionCase):
    def assertNothing(self, findings, message):
        """Fail with all findings at once, so that one run shows the whole work."""
        findings = sorted(set(findings))
        if findings:
            self.fail(f"{message}:\n  " + "\n  ".join(findings))

    def models(self, stored=False):
        """Return the models that our addons define: all of them, or those whose rows stay."""
        found = [self.env[name] for name in self.registry if self.registry[name]._original_module in ADDONS]
        if stored:
            found = [model for model in found if model._auto and not model.is_transient()]
        return [model for model in found if not model._abstract]


@tagged("post_install", "-at_install")
class TestWorkers(HouseCase):
    def test_every_worker_has_attachments_of_its_own(self):
        # Odoo collects garbage after each class of tests: shared, one worker would delete another's files.
        self.assertEqual(Path(config.filestore(self.env.cr.dbname)).name, self.env.cr.dbname)


@tagged("post_install", "-at_install")
class TestManifests(HouseCase):
    def test_the_suite_is_these_four(self):
        expected = ["customer_channels", "customer_credit", "customer_management", "customer_service"]
        self.assertEqual(ADDONS, expected)

    def test_manifests_are_complete(self):
        for addon in ADDONS:
            with self.subTest(addon=addon):
                found = manifest(addon)
                self.assertEqual(found["license"], "LGPL-3")
                self.assertRegex(found["version"], r"^19\.0\.\d+\.\d+\.\d+$")
                self.assertTrue(found["application"])
                self.assertTrue(found["summary"])
                self.assertTrue(found["author"])

    def test_icons_are_drawn_at_the_size_of_the_host(self):
        for addon in ADDONS:
            with self.subTest(addon=addon):
                icon = (ROOT / addon / "static/description/icon.png").read_bytes()
                self.assertEqual(icon[:8], b"\x89PNG\r\n\x1a\n")
                width, height = (int.from_bytes(icon[at : at + 4], "big") for at in (16, 20))
                self.assertEqual(width, height)
                self.assertGreaterEqual(width, 100)

    def test_every_data_file_is_loaded(self):
        findings = []
        for addon in ADDONS:
            listed = set(manifest(addon).get("data", [])) | set(manifest(addon).get("demo", []))
            for folder in ("data", "demo", "reports", "security", "views", "wizards"):
                paths = (ROOT / addon / folder).rglob("*")
                files = {
                    str(path.relative_to(ROOT / addon)) for path in paths if path.suffix in (".xml", ".csv")
                }
                findings += [f"{addon}/{name}" for name in files - listed]
        self.assertNothing(findings, "Files that no manifest loads")

    def test_no_addon_names_one_that_it_does_not_depend_on(self):
        findings = []
        for addon in ADDONS:
            for other in set(ADDONS) - closure(addon):
                for path in (ROOT / addon).rglob("*"):
                    if path.suffix in (".py", ".xml", ".csv", ".js") and f"{other}." in path.read_text(
                        "utf-8"
                    ):
                        findings.append(f"{path.relative_to(ROOT)} names {other}")
        self.assertNothing(findings, "Addons named without a dependency on them")


@tagged("post_install", "-at_install")
class TestModels(HouseCase):
    def test_every_model_says_what_it_is(self):
        wrong = [model._name for model in self.models() if model._description in (None, "", model._name)]
        self.assertNothing(wrong, "Models without a description")

    def test_every_model_has_access_rights_of_groups_of_employees(self):
        employees = self.env.ref("base.group_user")
        rights = (
            self.env["ir.model.access"]
            .search([("active", "=", True)])
            .grouped(lambda row: row.model_id.model)
        )
        findings = []
        for model in self.models():
            rows = rights.get(model._name)
            if not rows:
                findings.append(f"{model._name}: nobody has access")
                continue
            for row in rows:
                if employees not in row.group_id.all_implied_ids:
                    findings.append(f"{model._name}: {row.name} is open to more than employees")
        self.assertNothing(findings, "Access rights")

    def test_every_model_with_a_company_keeps_companies_apart(self):
        findings = []
        for model in self.models():
            if "company_id" in model._fields and not model.is_transient():
                if not any("company_id" in rule.domain_force for rule in self.global_rules(model)):
                    findings.append(model._name)
        self.assertNothing(findings, "Models without a rule for companies")

    def test_every_wizard_belongs_to_who_opened_it(self):
        findings = []
        for model in self.models():
            if model.is_transient():
                if not any("create_uid" in rule.domain_force for rule in self.global_rules(model)):
                    findings.append(model._name)
        self.assertNothing(findings, "Wizards that others can read")

    def global_rules(self, model):
        """Return the rules that bind everybody; those of groups only widen what one group sees."""
        rules = self.env["ir.rule"].search([("model_id.model", "=", model._name)])
        return rules.filtered(lambda rule: rule["global"] and rule.domain_force)

    def test_foreign_keys_that_matter_are_indexed(self):
        """Without an index each row that goes from the other table costs a scan of this one."""
        findings = []
        ours = {model._table for model in self.models(stored=True)}
        large = {self.env[name]._table for name in LARGE}
        for table in ours:
            leading = self.leading_columns(table)
            for column, other, cascades in self.foreign_keys(table):
                if column not in leading and (other in large or (cascades and other in ours)):
                    findings.append(f"{table}.{column} to {other}")
        self.assertNothing(findings, "Foreign keys without an index")

    def test_inverses_of_one2many_fields_are_indexed(self):
        findings = []
        for model in map(self.env.__getitem__, self.registry):
            for field in model._fields.values():
                if (
                    field.type != "one2many"
                    or not field.inverse_name
                    or not set(field._modules) & set(ADDONS)
                ):
                    continue
                comodel = self.env[field.comodel_name]
                inverse = comodel._fields[field.inverse_name]
                if (
                    inverse.store
                    and comodel._auto
                    and inverse.name not in self.leading_columns(comodel._table)
                ):
                    findings.append(f"{inverse}, inverse of {field}")
        self.assertNothing(findings, "Inverses without an index")

    def foreign_keys(self, table):
        """Return (column, table it points to, whether rows go along) for the keys of a table."""
        self.env.cr.execute(
            """
            SELECT a.attname, c.confrelid::regclass::text, c.confdeltype = 'c'
              FROM pg_constraint AS c
              JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f' AND c.conrelid = to_regclass(%s)
            """,
            [table],
        )
        return self.env.cr.fetchall()

    def leading_columns(self, table):
        """Return the columns that some index of a table starts with."""
        self.env.cr.execute(
            """
            SELECT a.attname
              FROM pg_index AS i
              JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
             WHERE i.indrelid = to_regclass(%s)
            """,
            [table],
        )
        return {name for (name,) in self.env.cr.fetchall()}


@tagged("post_install", "-at_install")
class TestTranslations(HouseCase):
    def papers(self):
        """Yield the addons that have a template of terms, with the template."""
        for addon in ADDONS:
            path = ROOT / addon / "i18n" / f"{addon}.pot"
            if path.exists():
                yield addon, polib.pofile(str(path))

    def test_templates_hold_the_terms_of_today(self):
        for addon, pot in self.papers():
            with self.subTest(addon=addon):
                buffer = io.BytesIO()
                trans_export(None, [addon], buffer, "po", self.env)
                today = {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}
                stored = {entry.msgid for entry in pot}
                self.assertNothing(map(repr, today - stored), f"Terms missing in {addon}.pot")
                self.assertNothing(map(repr, stored - today), f"Terms of {addon}.pot that are gone")

    def test_every_term_is_translated(self):
        for addon, pot in self.papers():
            for language in LANGUAGES:
                with self.subTest(addon=addon, language=language):
                    done = {
                        entry.msgid: entry.msgstr
                        for entry in polib.pofile(str(ROOT / addon / "i18n" / f"{language}.po"))
                        if not entry.fuzzy and not entry.obsolete
                    }
                    terms = {entry.msgid for entry in pot}
                    self.assertNothing((repr(term) for term in terms if not done.get(term)), "Not translated")
                    self.assertNothing(map(repr, done.keys() - terms), "Not in the template")

    def test_translations_keep_placeholders_and_tags(self):
        findings = []
        for addon, _pot in self.papers():
            for language in LANGUAGES:
                for entry in polib.pofile(str(ROOT / addon / "i18n" / f"{language}.po")):
                    there, here = (sorted(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgstr))
                    if there != here:
                        findings.append(f"{addon} {language}: {entry.msgid!r} -> {entry.msgstr!r}")
        self.assertNothing(findings, "Translations that lost or gained a placeholder or a tag")
