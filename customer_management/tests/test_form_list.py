"""A list as a form: the columns of the screen, its filter, groups and order, and what a cell holds."""

from datetime import date, datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import FormTooLargeError
from .form_case import HOSTILE, FormCase

PARTNERS = """
<list default_order="ref">
    <field name="ref" string="Number"/>
    <field name="name"/>
    <field name="color" sum="Total"/>
    <field name="partner_latitude" avg="Average" optional="show"/>
    <field name="credit"/>
    <field name="email" optional="hide"/>
    <field name="city" column_invisible="context.get('no_city')"/>
    <field name="id" column_invisible="1"/>
    <field name="is_company" column_invisible="True"/>
    <field name="user_id" widget="many2one_avatar_user"/>
    <field name="category_id" widget="many2many_tags"/>
    <field name="active" invisible="color == 3"/>
    <field name="type"/>
</list>
"""


@tagged("post_install", "-at_install")
class TestFormList(FormCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls._make_form("res.partner", PARTNERS, window={"domain": "[('ref', '=like', 'F%')]"})
        tags = cls.env["res.partner.category"].create([{"name": "Gold"}, {"name": "East"}])
        rows = (("F1", "Wei", 1, cls.seller), ("F2", "Anna", 5, cls.manager), ("F3", "Li", 3, cls.seller))
        for ref, name, color, user in rows:
            cls._make_customer(
                name, ref=ref, color=color, user_id=user.id, partner_latitude=color / 4, category_id=tags.ids
            )

    def _names(self, **asked):
        headings, lines = self._lines(self.form, **asked)
        place = headings.index("Name")
        return [line[place] for line in lines if line[place]]

    def test_the_columns_are_those_that_the_user_sees(self):
        headings, _lines = self._lines(self.form, self.seller)
        expected = ["Number", "Name", "Color Index", "Geo Latitude", "City", "Salesperson", "Tags", "Active"]
        self.assertEqual(headings, [*expected, "Address Type"])
        headings, _lines = self._lines(
            self.form,
            self.seller,
            context={"no_city": True},
            columns=["ref", "name", "color", "email", "user_id"],
        )
        self.assertEqual(headings[:4], ["Number", "Name", "Color Index", "Email"])
        self.assertNotIn("City", headings)
        self.assertNotIn("Geo Latitude", headings)

    def test_a_field_of_other_groups_is_left_out_even_when_asked_for(self):
        headings, _lines = self._lines(self.form, self.seller, columns=["ref", "credit"])
        self.assertFalse([text for text in headings if "eceivable" in text or "redit" in text])
        accountant = self._make_user("accountant", "account.group_account_invoice,base.group_partner_manager")
        self.assertEqual(
            len(self._lines(self.form, accountant, columns=["ref", "credit"])[0]), len(headings) + 1
        )
        with self.assertRaises(AccessError):
            self._lines(self.form, self.seller, domain=[("credit", ">", 0)])

    def test_cells_hold_what_they_are(self):
        headings, lines = self._lines(self.form)
        line = dict(zip(headings, lines[0], strict=True))
        self.assertEqual((line["Number"], line["Color Index"], line["Geo Latitude"]), ("F1", 1, 0.25))
        self.assertEqual((line["Salesperson"], line["Tags"]), (self.seller.name, "East, Gold"))
        self.assertEqual((line["City"], line["Address Type"], line["Active"]), (None, "Contact", "Yes"))
        self.assertIsNone(
            dict(zip(headings, lines[2], strict=True))["Active"], "hidden in this row by the view"
        )

    def test_zero_is_zero_and_missing_is_empty(self):
        self._make_customer("Nil", ref="F4", color=0)
        headings, lines = self._lines(self.form)
        line = dict(zip(headings, lines[3], strict=True))
        self.assertEqual((line["Color Index"], line["Geo Latitude"]), (0, 0))
        self.assertEqual((line["Salesperson"], line["City"], line["Tags"]), (None, None, None))

    def test_it_starts_in_the_order_of_the_view_and_takes_that_of_the_user(self):
        self.assertEqual(self._names(), ["Wei", "Anna", "Li"])
        self.assertEqual(self._names(order="name DESC"), ["Wei", "Li", "Anna"])

    def test_the_filter_is_the_users(self):
        self.assertEqual(self._names(domain=[("ref", "in", ["F1", "F3"])], order="ref"), ["Wei", "Li"])
        self.assertEqual(self._names(domain=[("ref", "=", "F9")]), [])

    def test_totals_are_those_of_the_view(self):
        headings, lines = self._lines(self.form)
        total = dict(zip(headings, lines[3], strict=True))
        self.assertEqual((total["Number"], total["Color Index"], total["Geo Latitude"]), ("Total", 9, 0.75))
        self.assertEqual([total["Name"], total["Salesperson"]], [None, None])

    def test_groups_have_their_own_totals_however_deep(self):
        _headings, lines = self._lines(self.form, group_by=["user_id", "type"], order="name")
        names = sorted([self.manager.name, self.seller.name])
        first = [line[0] for line in lines[:6]]
        self.assertEqual(
            first[:4], [f"{names[0]} ({1 if names[0] == self.manager.name else 2})", *first[1:4]]
        )
        self.assertIn("Contact (2)", [line[0] for line in lines])
        totals = {line[0]: line[2] for line in lines if line[0] and "otal" in line[0]}
        self.assertEqual(totals[f"Total {self.seller.name}"], 4)
        self.assertEqual((totals[f"Total {self.manager.name}"], totals["Total"]), (5, 9))

    def test_groups_turn_round_with_the_order_of_their_field(self):
        def groups(order):
            _headings, lines = self._lines(self.form, group_by=["user_id"], order=order)
            return [line[0][:-4] for line in lines if line[0] and line[0][-3:] in ("(1)", "(2)")]

        self.assertEqual(groups("user_id ASC"), list(reversed(groups("user_id DESC"))))
        self.assertEqual(groups("color DESC"), [self.manager.name, self.seller.name])
        self.assertEqual(groups("color ASC"), [self.seller.name, self.manager.name])

    def test_a_record_in_two_groups_counts_once_in_the_total(self):
        _headings, lines = self._lines(self.form, group_by=["category_id"])
        names = [line[0] for line in lines]
        self.assertEqual([names.count("East (3)"), names.count("Gold (3)")], [1, 1])
        self.assertEqual(next(line[2] for line in lines if line[0] == "Total"), 9)

    def test_days_are_days_grouped_as_on_the_screen(self):
        form = self._make_form(
            "account.move",
            '<list default_order="invoice_date"><field name="invoice_date"/><field name="create_date"/>'
            '<field name="create_date" widget="date" string="Day"/></list>',
            code="8.98",
        )
        anna = self._make_customer("Anna")
        for day in ("2024-01-30", "2024-02-01", "2024-02-03"):
            self._invoice(anna, 10, day)
        domain = [("partner_id", "=", anna.id), ("company_id", "=", self.company.id)]
        _headings, lines = self._lines(form, domain=domain)
        self.assertEqual(
            [line[0] for line in lines], [datetime(2024, 1, 30), datetime(2024, 2, 1), datetime(2024, 2, 3)]
        )
        self.assertIsInstance(lines[0][1], datetime)
        _headings, lines = self._lines(form, domain=domain, group_by=["invoice_date:month"])
        names = [line[0] for line in lines if isinstance(line[0], str)]
        self.assertEqual(names, ["January 2024 (1)", "February 2024 (2)"])
        self.assertEqual(date(2024, 2, 1), lines[3][0].date())

    def test_currencies_are_never_added_up(self):
        euro = self._make_currency("EUR", {"2024-01-01": 0.5})
        anna = self._make_customer("Anna")
        self._invoice(anna, 100)
        self._invoice(anna, 70, currency_id=euro.id)
        self._invoice(anna, 30, currency_id=euro.id)
        form = self._make_form(
            "account.move",
            '<list><field name="name"/><field name="currency_id"/><field name="amount_total" sum="Total"/></list>',
            code="8.98",
        )
        domain = [("partner_id", "=", anna.id), ("company_id", "=", self.company.id)]
        _headings, lines = self._lines(form, domain=domain)
        totals = {line[0]: line[2] for line in lines if line[0] and "Total" in line[0]}
        self.assertEqual(totals, {"Total USD": 100, "Total EUR": 100})
        formats = {row[1].value: row[2].number_format for row in self.cells if row[1].value}
        self.assertIn("$", formats["USD"])
        self.assertIn("€", formats["EUR"])
        _headings, lines = self._lines(form, domain=[*domain, ("currency_id", "=", euro.id)])
        self.assertEqual(lines[2][0::2], ["Total", 100])

    def test_what_looks_like_a_formula_is_text_everywhere(self):
        for number, name in enumerate(HOSTILE):
            self._make_customer(name, ref=f"F9{number}", city=name)
        form = self._make_form(
            "res.partner",
            '<list><field name="name" string="=1+2"/><field name="city" string="@SUM(A1)"/></list>',
            code="8.98",
            name="=cmd/[x]:*?",
            note="=1+1",
            signatures="=boss",
            number="=A1",
        )
        asked = {
            "domain": [("ref", "=like", "F9%")],
            "group_by": ["city"],
            "filters": ["=2+2"],
            "title": "=3+3",
        }
        content, name = form._render("xlsx", **asked)
        self.assertNotRegex(name, r"[/\\]")
        self._lines(form, **asked)
        cells = [cell for row in self.cells for cell in row if cell.value is not None]
        self.assertTrue(cells)
        self.assertEqual({cell.data_type for cell in cells}, {"s"})
        self.assertFalse([cell for cell in cells if cell.hyperlink])
        self.assertNotIn(b"<f>", content)

    def test_what_the_user_may_not_see_is_not_in_the_file(self):
        scheme = self._make_scheme(70, 90)
        mine, theirs = self._make_customer("Mine", user_id=self.seller.id), self._make_customer("Theirs")
        theirs.user_id = self.second_manager
        for customer in (mine, theirs):
            self._invoice(customer, 100, date.today())
        run = scheme.action_run()
        domain = [("run_id", "=", run.id), ("partner_id", "in", (mine + theirs).ids)]
        form = self._make_form(
            "customer.grade.result",
            '<list><field name="partner_id"/><field name="value" sum="T"/></list>',
            code="8.98",
        )
        _headings, lines = self._lines(form, self.seller, domain=domain)
        self.assertEqual(lines[:2], [["Mine", 100], ["Total", 100]])
        _headings, lines = self._lines(form, self.manager, domain=domain)
        self.assertEqual({line[0] for line in lines[:2]}, {"Mine", "Theirs"})

    def test_the_company_is_the_users(self):
        other = self._make_company("Other")
        self._make_customer("Here", ref="F7", company_id=self.company.id)
        self._make_customer("There", ref="F8", company_id=other.id)
        form = self.form.with_user(self.seller)
        self.assertNotIn("There", [line[1] for line in self._lines(form)[1]])
        with self.assertRaises(AccessError):
            self._lines(form, context={"allowed_company_ids": other.ids})
        self.assertEqual(self._read(form._render("xlsx")[0])[0][0], self.company.name)

    def test_a_long_print_says_how_long_it_is(self):
        self.form.print_limit = 2
        with self.assertRaisesRegex(
            FormTooLargeError, "has 3 lines; a print takes up to 2. Export it to XLSX"
        ):
            self.form._render("pdf")
        self.form._render("xlsx")

    def test_the_head_says_what_who_and_when(self):
        head = self._head(self.form.with_user(self.seller), filters=["Past Due", "Team: East"], domain=[])
        self.assertEqual(head["Filters"], "Past Due; Team: East")
        self.assertRegex(head["Printed"], r"^\d{4}-\d\d-\d\d \d\d:\d\d by cm_seller ")
        self.assertIn("GL-SE-99  A Form of the Test", head)

    def test_as_it_opens_it_has_the_filters_and_groups_of_its_search(self):
        search = self.env["ir.ui.view"].create(
            {
                "name": "search",
                "model": "res.partner",
                "type": "search",
                "arch": """
                <search>
                    <field name="city"/>
                    <filter name="first" string="First" domain="[('ref', '=', 'F1')]"/>
                    <filter name="second" string="Second" domain="[('ref', '=', 'F2')]"/>
                    <separator/>
                    <filter name="five" string="Five" domain="[('color', '=', 5)]"/>
                    <filter name="by_user" string="Person" context="{'group_by': 'user_id'}"/>
                </search>""",
            }
        )
        window = self.form.window_id
        window.search_view_id = search
        window.context = "{'search_default_first': 1, 'search_default_second': 1}"
        self.assertEqual(self._names(), ["Wei", "Anna"])
        self.assertEqual(self._head(self.form)["Filters"], "First; Second")
        window.context = "{'search_default_first': 1, 'search_default_second': 1, 'search_default_five': 1}"
        self.assertEqual(self._names(), ["Anna"])
        window.context = "{'search_default_by_user': 1}"
        _headings, lines = self._lines(self.form)
        self.assertIn(f"{self.seller.name} (2)", [line[0] for line in lines])

    def test_queries_do_not_grow_with_the_rows(self):
        def queries(most):
            self.env.invalidate_all()
            begin = self.env.cr.sql_log_count
            self.form._render(
                "xlsx", domain=[("ref", "=like", "G%"), ("color", "<", most)], group_by=["user_id"]
            )
            return self.env.cr.sql_log_count - begin

        self.env["res.partner"].create(
            [
                {"name": f"Customer {i}", "ref": f"G{i}", "color": i, "user_id": self.seller.id}
                for i in range(300)
            ]
        )
        queries(3)
        self.assertEqual(queries(300), queries(3))
