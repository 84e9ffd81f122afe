"""A form of an addon of somebody else: a few lines of data, and it opens, prints and is found."""

import io

from openpyxl import load_workbook

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestAnotherAddonForms(TransactionCase):
    def test_its_form_opens_and_prints(self):
        form = self.env.ref("customer_test.form_metrics")
        user = new_test_user(self.env, "foreign_forms", "customer_management.group_customer_user")
        form = form.with_user(user)
        self.assertEqual((form.number, form.chapter, form.addon), ("GL-SU-Z1", "supplement", "customer_test"))
        self.assertEqual(form.action_open()["res_model"], "customer.metric")
        content, name = form._render("xlsx")
        self.assertTrue(name.startswith("GL-SU-Z1 Metrics of somebody else"))
        cells = [cell for line in load_workbook(io.BytesIO(content)).active.values for cell in line]
        self.assertIn("Length of the name", cells)
        content, _name = form.with_context(force_report_rendering=True)._render("pdf")
        self.assertTrue(content.startswith(b"%PDF"))
