"""Forms as files: pages of a print, downloads by the browser, and memory that does not grow."""

import io
import json
import tracemalloc
from urllib.parse import unquote

from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import SQL
from odoo.tools.pdf import PdfReader

from ..tools.sheet import Column, Sheet
from ..tools.sheet_pages import Layout
from ..tools.sheet_text import print_lines
from .common import MANAGER, USER
from .form_case import FormCase

EXPORT = "base.group_allow_export"
CODES = '<list><field name="name"/></list>'


@tagged("post_install", "-at_install")
class TestFormPages(FormCase):
    def _sheet(self, rows, **values):
        columns = [
            Column("Rank", "integer"),
            Column("Customer", width=30),
            Column("Value", "number", total=True),
        ]
        return Sheet("Name", "Title", columns, rows, [("Filters", "All")], number="GL-GR-09", **values)

    def test_every_line_is_on_one_page_and_each_page_has_headings(self):
        sheet = self._sheet(
            [(i, f"客户 {i} " * (i % 9), i) for i in range(200)], signatures=["Boss"], note="Note"
        )
        content = self.env["customer.form"].with_context(force_report_rendering=True)._print_sheet(sheet)
        pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
        self.assertGreater(len(pages), 3)
        for number, text in enumerate(pages, 1):
            self.assertIn("Customer", text)
            self.assertIn(f"{number} / {len(pages)}", text)
        self.assertEqual(["Boss" in text for text in pages], [False] * (len(pages) - 1) + [True])

    def test_pages_hold_all_lines_in_order(self):
        for rows in (0, 1, 47, 500):
            lines = list(print_lines(self.env, self._sheet([(i, "x", 1) for i in range(rows)])))
            pages = Layout(self._sheet([]), lines).pages
            self.assertEqual([line for page in pages for line in page.lines], lines)
            self.assertEqual([page.is_last for page in pages], [False] * (len(pages) - 1) + [True])

    def test_wide_tables_lie_across_unless_told_otherwise(self):
        wide = self._sheet([])
        wide.columns = [Column(f"Column {i}") for i in range(9)]
        self.assertTrue(wide.is_wide)
        self.assertFalse(self._sheet([]).is_wide)
        wide.landscape = False
        self.assertFalse(wide.is_wide)

    def test_text_of_the_print_is_text(self):
        form = self._make_form("res.partner", '<list><field name="name"/></list>')
        self._make_customer("<script>alert(1)</script>", ref="X9")
        content, _name = form._render("pdf", domain=[("ref", "=", "X9")], filters=["<b>bold</b>"])
        self.assertIn(b"&lt;script&gt;", content)
        self.assertIn(b"&lt;b&gt;bold", content)
        self.assertNotIn(b"<script>alert", content)


@tagged("post_install", "-at_install")
class TestFormMemory(FormCase):
    def test_memory_does_not_grow_with_the_rows(self):
        """A sheet of 100,000 rows takes about the memory of one of 10,000."""
        form = self._make_form("res.partner.industry", CODES)
        self.env.cr.execute(
            SQL(
                "INSERT INTO res_partner_industry (name, full_name, active) SELECT jsonb_build_object('en_US',"
                " 'Industry ' || i), jsonb_build_object('en_US', 'Memory'), TRUE FROM generate_series(1, 100000) i"
            )
        )
        first = (
            self.env["res.partner.industry"].search([("full_name", "=", "Memory")], order="id", limit=1).id
        )
        few = self._peak(form, [("full_name", "=", "Memory"), ("id", "<", first + 10000)])
        many = self._peak(form, [("full_name", "=", "Memory")])
        self.assertLess(many - few, 20, "MB more for 90,000 rows more")

    def _peak(self, form, domain):
        """Return the most memory, in MB, that Python takes while a sheet is made."""
        self.env.invalidate_all()
        tracemalloc.start()
        try:
            content, _name = form._render("xlsx", domain=domain)
            return tracemalloc.get_traced_memory()[1] / 1e6 - len(content) / 1e6
        finally:
            tracemalloc.stop()


@tagged("post_install", "-at_install")
class TestFormDownload(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(cls.env, "form_manager", f"{MANAGER},{EXPORT}")
        cls.seller = new_test_user(cls.env, "form_seller", USER)
        window = {"name": "Partners", "res_model": "res.partner", "view_mode": "list"}
        cls.form = cls.env["customer.form"].create(
            {
                "code": "8.99",
                "name": "Download",
                "action_id": cls.env["ir.actions.act_window"].create(window).id,
                "group_ids": False,
            }
        )
        cls.env["res.partner"].create({"name": "Downloaded", "ref": "D1"})

    def _post(self, data, login="form_manager", file_format="xlsx", form=None, **more):
        self.authenticate(login, login)
        body = {"data": json.dumps(data), "csrf_token": Request.csrf_token(self), **more}
        return self.url_open(f"/customer_management/form/{(form or self.form).id}/{file_format}", body)

    def test_the_browser_gets_the_file(self):
        answer = self._post({"domain": [["ref", "=", "D1"]], "filters": ["Ref D1"]})
        self.assertEqual(answer.status_code, 200)
        self.assertIn(b"PK", answer.content[:4])
        self.assertIn("GL-SE-99 Download", unquote(answer.headers["Content-Disposition"]))

    def test_a_wrong_filter_is_answered_with_words(self):
        answer = self._post({"domain": [["nothing", "=", 1]]})
        self.assertEqual(answer.status_code, 500)
        self.assertIn("The filter does not fit", answer.text)

    def test_what_is_no_request_of_ours_is_refused(self):
        for data in ([], "x", 3):
            self.assertEqual(self._post(data).status_code, 400)
        self.assertEqual(self._post({}, file_format="docx").status_code, 400)
        self.assertEqual(self._post({"context": "x"}).status_code, 400)
        self.assertEqual(self._post({}, csrf_token="x").status_code, 400)
        url = f"/customer_management/form/{self.form.id}/xlsx"
        self.assertIn(self.url_open(url).status_code, (404, 405))

    def test_only_who_may_export_gets_a_sheet_and_everybody_gets_a_print(self):
        self.assertEqual(self._post({}, "form_seller").status_code, 403)
        self.assertEqual(self._post({"domain": [["ref", "=", "D1"]]}, "form_seller", "pdf").status_code, 200)

    def test_a_form_of_other_groups_is_refused(self):
        self.form.group_ids = self.env.ref("base.group_system")
        self.assertIn(self._post({}, "form_seller", "pdf").status_code, (403, 404))

    def test_the_web_client_knows_which_windows_are_forms(self):
        self.authenticate("form_seller", "form_seller")
        answer = self.url_open(
            "/web/session/get_session_info", data="{}", headers={"Content-Type": "application/json"}
        )
        known = answer.json()["result"]["customer_forms"]
        self.assertEqual(known[str(self.form.window_id.id)], [self.form.id])
