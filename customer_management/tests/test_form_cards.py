from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..exceptions import FormOpenError
from .alert_common import AlertCase


@tagged("post_install", "-at_install")
class TestFormCards(AlertCase):
    """Policies, request slips and countermeasure sheets in the catalogue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.forms = cls.env["customer.form"]
        cls.env["ir.config_parameter"].set_param("report.print_delay", "0")

    def _form(self, code, user=None):
        return self.forms.with_user(user or self.seller).search([("code", "=", code)])

    def test_a_policy_opens_the_text_of_its_number(self):
        action = self._form("2.7").action_open()
        self.assertEqual(action["res_model"], "customer.policy")
        self.assertEqual(action["res_id"], self.env.ref("customer_management.policy_endangered").id)

    def test_a_policy_opens_for_employees_who_know_nothing_of_customers(self):
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        self.assertTrue(self._form("2.2", clerk).action_open()["res_id"])
        self.assertFalse(self._form("2.12", clerk))

    def test_a_policy_opens_from_a_customer_too(self):
        form = self._form("2.7").with_context(customer_form_partner_id=self.anna.id)
        self.assertTrue(form.action_open()["res_id"])

    def test_a_policy_that_was_archived_says_so(self):
        self.env.ref("customer_management.policy_endangered").active = False
        with self.assertRaisesRegex(FormOpenError, "2.7"):
            self._form("2.7").action_open()

    def test_a_policy_prints_itself_and_no_other(self):
        form = self._form("2.7")
        policy = self.env.ref("customer_management.policy_endangered")
        self.assertEqual(form._card_records(form._opened_domain()).ids, policy.ids)

    def test_a_card_prints_what_its_window_shows(self):
        template = self.env.ref("customer_management.assessment_template_endangered")
        mine = self.env["customer.assessment"].with_user(self.seller)
        kept, gone = mine.create([{"template_id": template.id, "partner_id": self.anna.id}] * 2)
        gone.sudo().state = "cancelled"
        form = self._form("2.24")
        self.assertIn(kept.id, form._card_records(form._opened_domain()).ids)
        self.assertNotIn(gone.id, form._card_records(form._opened_domain()).ids)

    def test_a_slip_says_what_is_asked_for_and_carries_the_number_of_the_form(self):
        request = (
            self.env["customer.grade.request"]
            .with_user(self.seller)
            .create(
                {
                    "partner_id": self.anna.id,
                    "company_id": self.company.id,
                    "kind": "payment",
                    "asked_terms": "Sixty days",
                    "reason": "Opens a <second> shop",
                }
            )
        )
        report = self.env["ir.actions.report"].with_user(self.seller)
        html = report._render_qweb_html("customer_management.request_slip", request.ids)[0].decode()
        for words in ("GL-GR-21", "Special customer application", "Sixty days", "&lt;second&gt;", "Anna"):
            self.assertIn(words, html)

    def test_a_sheet_shows_the_measures_of_its_kind_with_figures_of_the_customer(self):
        self.env["account.payment.term"].create({"name": "In a week"})
        self.anna.with_company(self.company).property_payment_term_id = self.env[
            "account.payment.term"
        ].search([("name", "=", "In a week")])
        self._invoice(self.anna, 120)
        plan = self._make_plan(kind="regular", situation="<p>Buys <b>hoods</b></p>")
        self._make_plan(kind="problem")
        line = plan.line_ids.with_company(self.company)
        self.assertIn("In a week", line.terms)
        self.assertEqual(line.situation, "Buys *hoods*")
        form = self._form("2.19").with_company(self.company)
        found = self.env["customer.plan.line"].search(form._opened_domain())
        self.assertIn(line, found)
        self.assertEqual(set(found.kind_id.mapped("code")), {"regular"})

    def test_regular_products_are_those_with_most_revenue_less_what_came_back(self):
        other = self.env["product.product"].create({"name": "Kettle"})
        self._sell(60, other)
        self._sell(120, self.product)
        line = self._make_plan(kind="regular").line_ids
        self.assertEqual(line.regular_products, f"{self.product.name}, Kettle")
        self._sell(-100, self.product)
        line.invalidate_recordset()
        self.assertEqual(line.regular_products, f"Kettle, {self.product.name}")
        self._sell(-20, self.product)
        line.invalidate_recordset()
        self.assertEqual(line.regular_products, "Kettle")

    def _sell(self, amount, product):
        """Invoice a product to Anna today, or credit it."""
        line = {"product_id": product.id, "price_unit": abs(amount), "tax_ids": [Command.clear()]}
        today = fields.Date.context_today(self.rules)
        self._invoice(self.anna, amount, today, invoice_line_ids=[Command.create(line)])

    def test_a_goal_of_nothing_owed_is_a_goal_and_one_of_nothing_earned_is_none(self):
        plan = self._make_plan()
        self.assertFalse(plan.goal_text)
        plan.goal_value = 500
        self.assertIn("500", plan.goal_text)
        plan.metric_id = self._metric("recency_days")
        plan.goal_value = 0
        self.assertTrue(plan.goal_text)
