"""The catalogue of forms: what follows from a few lines, who sees a form, and what opens."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import FormFilterError, FormOpenError
from .form_case import FormCase

PARTNERS = '<list><field name="name"/></list>'


@tagged("post_install", "-at_install")
class TestForm(FormCase):
    def test_chapter_place_and_number_follow_from_the_code(self):
        for code, chapter, number in (
            ("2.9", "2", "GL-GR-09"),
            ("6.31", "6", "GL-CO-31"),
            ("A11", "supplement", "GL-SU-A11"),
        ):
            with self.subTest(code=code):
                self.env["customer.form"].search([("code", "=", code)]).unlink()
                form = self.env["customer.form"].create({"code": code, "name": "Any"})
                self.assertEqual((form.chapter, form.number), (chapter, number))

    def test_forms_stand_in_the_order_of_the_handbook(self):
        codes = ("1.98", "1.100", "8.97", "8.98", "A98", "B7")
        self.env["customer.form"].search([("code", "in", codes)]).unlink()
        for code in reversed(codes):
            self.env["customer.form"].create({"code": code, "name": "Any"})
        self.assertEqual(
            tuple(self.env["customer.form"].search([("code", "in", codes)]).mapped("code")), codes
        )

    def test_a_number_of_the_company_stays(self):
        form = self.env["customer.form"].create({"code": "1.98", "name": "Any", "number": "QP-7"})
        form.name = "Other"
        self.assertEqual(form.number, "QP-7")

    def test_a_code_is_of_the_handbook_and_there_once(self):
        for code in ("9.1", "2", "2.9.1", "x", "=1"):
            with self.subTest(code=code), self.assertRaisesRegex(ValidationError, "not the code of a form"):
                self.env["customer.form"].create({"code": code, "name": "Any"})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.env["customer.form"].create([{"code": "1.98", "name": "Any"}] * 2)

    def test_it_is_found_by_number_and_by_its_name_in_any_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        form = self.env["customer.form"].create({"code": "1.98", "name": "Roster of 100% customers"})
        form.with_context(lang="zh_CN").name = "客户花名册"
        for text in ("1.98", "GL-IN-98", "roster", "花名册", "100%"):
            for lang in ("en_US", "zh_CN"):
                with self.subTest(text=text, lang=lang):
                    found = self.env["customer.form"].with_context(lang=lang).name_search(text)
                    self.assertIn(form.id, [one[0] for one in found])
        self.assertFalse(self.env["customer.form"].search([("any_name", "ilike", "100_ customers")]))

    def test_the_path_to_the_customer_has_to_lead_there(self):
        for path in ("name", "company_id", "nothing", "parent_id.country_id"):
            with self.subTest(path=path), self.assertRaises(ValidationError):
                self._make_form("res.partner", PARTNERS, partner_field=path)
        form = self._make_form("res.partner", PARTNERS, partner_field="parent_id.commercial_partner_id")
        form.partner_field = "id"

    def test_it_is_seen_at_first_by_those_who_read_its_records(self):
        form = self._make_form("customer.grade.result", '<list><field name="partner_id"/></list>')
        form.group_ids = False
        form._compute_group_ids()
        self.assertIn(self.env.ref("customer_management.group_customer_user"), form.group_ids)
        forms = self.env["customer.form"]
        self.assertIn(form, forms.with_user(self.seller).search([]))
        self.assertNotIn(form, forms.with_user(self.outsider).search([]))
        for act in (
            form.with_user(self.outsider).action_open,
            lambda: form.with_user(self.outsider)._render("xlsx"),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_open_to_all_it_still_opens_only_for_who_reads_its_records(self):
        form = self._make_form("customer.grade.result", '<list><field name="partner_id"/></list>')
        self.assertFalse(form.group_ids)
        for act in (
            form.with_user(self.outsider).action_open,
            lambda: form.with_user(self.outsider)._render("xlsx"),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_a_window_of_other_groups_stays_closed(self):
        groups = [(4, self.env.ref("base.group_system").id)]
        form = self._make_form("res.partner", PARTNERS, window={"group_ids": groups})
        with self.assertRaisesRegex(FormOpenError, "people of other groups"):
            form.with_user(self.seller).action_open()

    def test_salespeople_do_not_change_the_catalogue(self):
        form = self._make_form("res.partner", PARTNERS)
        with self.assertRaises(AccessError):
            form.with_user(self.seller).number = "X"
        with self.assertRaises(AccessError):
            form.with_user(self.seller).unlink()
        form.with_user(self.manager).write({"number": "QP-1", "signatures": "Boss"})

    def test_it_opens_with_what_the_window_says_of_the_user(self):
        window = {"domain": "[('user_id', '=', uid)]", "context": "{'default_is_company': True}"}
        form = self._make_form("res.partner", PARTNERS, window=window)
        action = form.with_user(self.seller).action_open()
        self.assertEqual(action["domain"], [("user_id", "=", self.seller.id)])
        self.assertEqual(action["context"], {"default_is_company": True, "customer_form_id": form.id})
        self.assertEqual(action["id"], form.window_id.id)

    def test_from_a_customer_it_shows_that_customer_only(self):
        form = self._make_form("res.partner", PARTNERS, partner_field="id")
        anna, boris = self._make_customer("Anna"), self._make_customer("Boris")
        buyer = self.env["res.partner"].create({"name": "Buyer", "parent_id": anna.id})
        for opened in (
            form.with_user(self.seller).action_open(buyer),
            form.with_user(self.seller).with_context(customer_form_partner_id=anna.id).action_open(),
        ):
            found = self.env["res.partner"].search(opened["domain"])
            self.assertEqual(found, anna + buyer)
        _headings, lines = self._lines(form.with_context(customer_form_partner_id=boris.id), self.seller)
        self.assertEqual([line[0] for line in lines], ["Boris"])
        form.partner_field = False
        with self.assertRaisesRegex(FormOpenError, "not about single customers"):
            form.action_open(anna)

    def test_a_form_with_nothing_behind_it_says_so(self):
        form = self.env["customer.form"].create({"code": "1.98", "name": "Any"})
        with self.assertRaisesRegex(FormOpenError, "nothing to open yet"):
            form.action_open()
        with self.assertRaisesRegex(FormOpenError, "is no table"):
            form._render("xlsx")
        with self.assertRaisesRegex(FormOpenError, "not as “docx”"):
            form._render("docx")

    def test_windows_know_their_forms(self):
        first = self._make_form("res.partner", PARTNERS)
        second = self.env["customer.form"].create(
            {"code": "8.998", "name": "Second", "action_id": first.action_id.id, "group_ids": False}
        )
        known = self.env["customer.form"].with_user(self.seller)._by_window()
        self.assertEqual(known[first.window_id.id], [first.id, second.id])

    def test_a_wrong_filter_is_refused_with_words(self):
        form = self._make_form("res.partner", PARTNERS)
        for asked in (
            {"domain": [("nothing", "=", 1)]},
            {"domain": ["x"]},
            {"domain": [("ref", "any!", [])]},
            {"domain": [("ref", "drop", 1)]},
            {"domain": [], "group_by": ["nothing"]},
            {"domain": [], "order": "nothing"},
            {"domain": [], "measures": ["nothing"], "view_type": "list"},
            {"domain": [], "group_by": [1]},
            {"domain": [], "view_type": "form"},
            {"domain": [], "unknown": "x"},
            {"domain": "[]"},
        ):
            with self.subTest(asked=asked), self.assertRaises(FormFilterError):
                form._render("xlsx", **asked)
        for asked in (
            {"order": "name; DROP TABLE res_partner"},
            {"group_by": ["name) --"]},
            {"group_by": ["create_date:century"]},
            {"group_by": ["name:month"]},
        ):
            with self.subTest(asked=asked), self.assertRaises(UserError):
                form._render("xlsx", domain=[], **asked)

    def test_days_without_a_part_are_grouped_by_month_as_on_the_screen(self):
        form = self._make_form("res.partner", PARTNERS)
        self._make_customer("Anna", ref="D7")
        _headings, lines = self._lines(form, domain=[("ref", "=", "D7")], group_by=["create_date"])
        self.assertRegex(lines[0][0], r"^[A-Z][a-z]+ \d{4} \(1\)$")
