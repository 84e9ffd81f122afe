"""What the tests of forms have in common: a form of their own on any list, and files read back."""

import io

from openpyxl import load_workbook

from .common import CustomerCase

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://evil.example")',
)


class FormCase(CustomerCase):
    """Forms that show what the tests make, and words to print and read them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()

    @classmethod
    def _make_form(cls, model, arch, code="8.99", kind="list", **values):
        """Return a form on a view of its own; what it opens with is in ``window``."""
        view = cls.env["ir.ui.view"].create(
            {"name": f"{code} {kind}", "model": model, "type": kind, "arch": arch}
        )
        window = {"name": "Window", "res_model": model, "view_mode": kind, **values.pop("window", {})}
        views = [(0, 0, {"view_mode": kind, "view_id": view.id})]
        action = cls.env["ir.actions.act_window"].create({**window, "view_ids": views})
        form = {"code": code, "name": "A Form of the Test", "action_id": action.id, "group_ids": False}
        return cls.env["customer.form"].create({**form, **values})

    @staticmethod
    def _read(content):
        """Return the one page of a workbook as a list of lines of values."""
        page = load_workbook(io.BytesIO(content)).worksheets[0]
        return [list(line) for line in page.iter_rows(values_only=True)]

    def _lines(self, form, user=None, **asked):
        """Return (headings, lines of the table) of a form as XLSX, as somebody prints it."""
        form = form.with_user(user) if user else form
        content, _name = form._render("xlsx", **asked)
        page = load_workbook(io.BytesIO(content)).worksheets[0]
        lines = [list(line) for line in page.iter_rows(values_only=True)]
        start = int(page.freeze_panes[1:]) - 2
        self.cells = list(page.iter_rows(min_row=start + 2))
        return lines[start], lines[start + 1 :]

    def _head(self, form, **asked):
        """Return the lines above the table, {label: value}."""
        content, _name = form._render("xlsx", **asked)
        lines = self._read(content)
        return {line[0]: next((value for value in line[1:] if value), None) for line in lines[:10] if line[0]}
