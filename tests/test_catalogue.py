"""Every form of the catalogue opens and prints for the people of its area, in three languages, with rows."""

import csv
import io
import re
import unicodedata
from pathlib import Path

from openpyxl import load_workbook

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.pdf import PdfReader

ROOT = Path(__file__).resolve().parent.parent
CARDS = 4
LANGUAGES = ("en_US", "zh_CN", "zh_TW")
GROUPS = {
    "customer_management": ("group_customer_user", "group_customer_manager"),
    "customer_credit": ("group_credit_user", "group_credit_manager"),
    "customer_channels": ("group_channel_user", "group_channel_manager"),
    "customer_service": ("group_service_user", "group_service_manager"),
}
WORD = re.compile(r"[A-Za-z]{2}")


def catalogue():
    """Return the rows of the catalogue by their code."""
    with (ROOT / "tests/data/catalogue.csv").open(encoding="utf-8") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def plain(text):
    """Return a text without blanks and with each sign in its usual form: fonts mix up a few that look alike."""
    usual = unicodedata.normalize("NFKC", text).translate({ord("户"): "戶", ord("⻔"): "门"})
    return "".join(usual.split())


class CatalogueCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for language in LANGUAGES:
            cls.env["res.lang"]._activate_lang(language)
        modules = cls.env["ir.module.module"].search([("name", "in", list(GROUPS))])
        modules._update_translations(LANGUAGES)
        # What a print waits for scripts: there are none on a sheet.
        cls.env["ir.config_parameter"].set_param("report.print_delay", "0")
        cls.people = {
            addon: [new_test_user(cls.env, f"{addon}_{name}", f"{addon}.{name}") for name in names]
            for addon, names in GROUPS.items()
        }
        cls.teams = cls.env["crm.team"].search([("member_ids", "!=", False)])

    def forms(self):
        """Yield the forms that our addons brought, each as the plainest person of its area who sees it."""
        for form in self.env["customer.form"].search([]):
            if form.addon in GROUPS:
                people = self.people[form.addon]
                seen = (
                    one
                    for one in people
                    if self.env["customer.form"].with_user(one).search([("id", "=", form.id)])
                )
                person = next(seen, people[-1])
                # Salespeople see the customers of the team that they lead: those of the story.
                self.teams.user_id = person
                yield form, person


@tagged("post_install", "-at_install")
class TestCatalogue(CatalogueCase):
    def test_every_form_is_a_row_of_the_catalogue_with_its_names(self):
        rows = catalogue()
        for form, _user in self.forms():
            with self.subTest(form=form.code):
                row = rows[form.code]
                names = [form.with_context(lang=language).name for language in LANGUAGES]
                self.assertEqual(names, [row["name"], row["zh_CN"], row["zh_TW"]])
                self.assertEqual((form.addon, form.kind), (row["addon"], row["kind"]))

    def test_every_form_opens(self):
        for form, user in self.forms():
            with self.subTest(form=form.display_name):
                action = form.with_user(user).action_open()
                if action["type"] == "ir.actions.act_window":
                    model = self.env[action["res_model"]].with_user(user).with_context(**action["context"])
                    model.get_views(action["views"])
                    self.assertTrue(
                        action.get("res_id") or model.search_count(action["domain"], limit=1), "no rows"
                    )
                if form.partner_field and action["type"] == "ir.actions.act_window":
                    form.with_user(user).action_open(self.env["res.partner"].search([], limit=1))

    def test_every_form_prints_in_three_languages(self):
        for form, user in self.forms():
            for language in LANGUAGES:
                with self.subTest(form=form.display_name, language=language):
                    there = form.with_user(user).with_context(lang=language, force_report_rendering=True)
                    if there.can_export:
                        self.check_sheet(there)
                    if there.can_print:
                        self.check_print(there)

    def check_sheet(self, form):
        """Read a workbook back: title, number, headings without a gap, at least one line."""
        content, name = form._render("xlsx")
        self.assertTrue(name.startswith(form.number), name)
        page = load_workbook(io.BytesIO(content)).worksheets[0]
        lines = [list(line) for line in page.iter_rows(values_only=True)]
        start = int(page.freeze_panes[1:]) - 2
        self.assertIn(f"{form.number}  {form.name}", [line[0] for line in lines[:start]])
        self.assertTrue(lines[start] and all(lines[start]), f"headings with a gap: {lines[start]}")
        rows = [line for line in lines[start + 1 :] if any(value is not None for value in line[1:])]
        self.assertTrue(rows, "no rows")

    def check_print(self, form):
        """Read a print back: a PDF with number and name on it."""
        cards = form.report_id and form._card_records(form._opened_domain())
        # Some wkhtmltopdf print one card at a time, a second each: of many cards the first few are printed.
        many = cards and len(cards) > CARDS
        content = form._print_cards(cards[:CARDS]) if many else form._render("pdf")[0]
        self.assertEqual(content[:4], b"%PDF")
        if form.report_id:
            return
        text = plain("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))
        self.assertIn(plain(form.number), text)
        self.assertIn(plain(form.name), text)

    def test_every_heading_is_translated(self):
        findings = []
        for form, user in self.forms():
            if not form.can_export:
                continue
            titles = {
                language: self.titles(form.with_user(user).with_context(lang=language))
                for language in LANGUAGES
            }
            for language in LANGUAGES[1:]:
                pairs = zip(titles["en_US"], titles[language], strict=True)
                findings += [
                    f"{form.code} {language}: {there}"
                    for here, there in pairs
                    if here == there and WORD.search(here)
                ]
        self.assertFalse(findings, "Headings that nobody translated")

    def titles(self, form):
        """Return the headings that are words of ours: neither labels of the host nor names of records."""
        sheet = form._sheet(form._ask(), True, "xlsx")
        model = self.env[form.res_model]
        titles = []
        for column in sheet.columns:
            field = model._fields.get(getattr(column, "name", ""))
            if field is not None and (set(field._modules) & set(GROUPS)):
                titles.append(column.title)
        return titles or [sheet.columns[0].title]
