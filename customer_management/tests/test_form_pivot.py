"""A pivot as a form: rows, columns and measures of the screen, with its totals and what is unfolded."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .form_case import FormCase

PIVOT = """
<pivot>
    <field name="type" type="row"/>
    <field name="is_company" type="col"/>
    <field name="color" type="measure"/>
</pivot>
"""


@tagged("post_install", "-at_install")
class TestFormPivot(FormCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        window = {"domain": "[('ref', '=', 'P')]"}
        cls.form = cls._make_form("res.partner", PIVOT, kind="pivot", window=window)
        rows = (
            ("contact", True, 1, cls.seller),
            ("contact", False, 2, cls.manager),
            ("other", True, 0, cls.seller),
        )
        cls.env["res.partner"].create(
            [
                {
                    "name": "Any",
                    "ref": "P",
                    "type": kind,
                    "is_company": company,
                    "color": color,
                    "user_id": user.id,
                }
                for kind, company, color, user in rows
            ]
        )

    def test_it_has_the_rows_columns_and_totals_of_the_view(self):
        headings, lines = self._lines(self.form)
        self.assertEqual(headings, ["Address Type", "No", "Yes", "Total"])
        self.assertEqual(lines, [["Contact", 2, 1, 3], ["Other", None, 0, 0], ["Total", 2, 1, 3]])

    def test_it_takes_the_groups_and_measures_of_the_user(self):
        headings, lines = self._lines(
            self.form,
            domain=[("ref", "=", "P")],
            view_type="pivot",
            group_by=["type", "is_company"],
            column_groups=[],
            measures=["color", "__count"],
        )
        self.assertEqual(headings, ["Address Type / Is a Company", "Color Index", "Count"])
        self.assertEqual(
            lines,
            [["Contact", 3, 2], ["No", 2, 1], ["Yes", 1, 1], ["Other", 0, 1], ["Yes", 0, 1], ["Total", 3, 3]],
        )

    def test_only_what_is_unfolded_is_printed(self):
        asked = {"domain": [("ref", "=", "P")], "group_by": ["type", "is_company"], "column_groups": []}
        _headings, lines = self._lines(self.form, open_rows=[[], ["other"]], **asked)
        self.assertEqual([line[0] for line in lines], ["Contact", "Other", "Yes", "Total"])
        _headings, lines = self._lines(self.form, open_rows=[], **asked)
        self.assertEqual(lines, [["Total", 3]])
        headings, _lines = self._lines(self.form, domain=[("ref", "=", "P")], open_columns=[])
        self.assertEqual(headings, ["Address Type", "Color Index"])

    def test_rows_stand_in_the_order_of_the_column_that_is_sorted(self):
        asked = {"domain": [("ref", "=", "P")], "sort": {"measure": "color", "order": "asc", "column": []}}
        _headings, lines = self._lines(self.form, **asked)
        self.assertEqual([line[0] for line in lines], ["Other", "Contact", "Total"])

    def test_several_measures_stand_below_their_group(self):
        content, _name = self.form._render(
            "xlsx", domain=[("ref", "=", "P")], group_by=["type"], measures=["color", "__count"]
        )
        lines = self._read(content)
        place = lines.index(["Address Type", *["Color Index", "Count"] * 3])
        self.assertEqual(lines[place - 1], [None, "No", None, "Yes", None, "Total", None])

    def test_currencies_are_not_added_up(self):
        euro = self._make_currency("EUR", {"2024-01-01": 0.5})
        anna, boris = self._make_customer("Anna"), self._make_customer("Boris")
        self._invoice(anna, 100)
        self._invoice(anna, 70, currency_id=euro.id)
        self._invoice(boris, 30, currency_id=euro.id)
        form = self._make_form(
            "account.move",
            '<pivot><field name="partner_id" type="row"/><field name="amount_total" type="measure"/></pivot>',
            code="8.98",
            kind="pivot",
        )
        _headings, lines = self._lines(form, domain=[("partner_id", "in", (anna + boris).ids)])
        self.assertEqual(lines, [["Anna", None], ["Boris", 30], ["Total", None]])

    def test_days_are_grouped_by_the_part_that_the_user_chose(self):
        anna = self._make_customer("Anna")
        for day in ("2023-11-05", "2024-01-30", "2024-02-01"):
            self._invoice(anna, 10, day)
        form = self._make_form(
            "account.move",
            '<pivot><field name="invoice_date" interval="year" type="row"/></pivot>',
            code="8.98",
            kind="pivot",
        )
        domain = [("partner_id", "=", anna.id)]
        self.assertEqual(self._lines(form, domain=domain)[1], [["2023", 1], ["2024", 2], ["Total", 3]])
        _headings, lines = self._lines(form, domain=domain, group_by=["invoice_date:quarter"])
        self.assertEqual([line[0] for line in lines], ["Q4 2023", "Q1 2024", "Total"])

    def test_a_measure_of_other_groups_is_refused(self):
        with self.assertRaises(AccessError):
            self._lines(self.form, self.seller, domain=[], measures=["credit"])

    def test_an_empty_pivot_has_no_line(self):
        self.assertEqual(self._lines(self.form, domain=[("ref", "=", "nobody")])[1], [])
