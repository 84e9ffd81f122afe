from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.base.tests.common import BaseCommon


@tagged("post_install", "-at_install")
class TestComplaintKindAccess(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Kind = cls.env["customer.complaint.kind"]
        cls.kind = cls.Kind.create({"name": "Smell", "code": "smell"})
        cls.other_company = cls.env["res.company"].create({"name": "Sister Company"})
        cls.foreign = cls.Kind.create({"name": "Theirs", "code": "x", "company_id": cls.other_company.id})
        cls.employee = new_test_user(cls.env, "service_nobody", groups="base.group_user")
        cls.user = new_test_user(cls.env, "service_user", groups="customer_service.group_service_user")
        cls.manager = new_test_user(cls.env, "service_boss", groups="customer_service.group_service_manager")

    def test_administrators_are_service_managers(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("customer_service.group_service_manager"))
        self.assertTrue(self.manager.has_group("customer_service.group_service_user"))

    def test_an_employee_does_not_see_kinds(self):
        with self.assertRaises(AccessError):
            self.Kind.with_user(self.employee).search([])

    def test_a_user_reads_kinds_but_changes_none(self):
        kind = self.kind.with_user(self.user)
        self.assertEqual(kind.name, "Smell")
        for attempt in (lambda: kind.write({"name": "Odour"}), lambda: kind.copy(), lambda: kind.unlink()):
            with self.assertRaises(AccessError):
                attempt()

    def test_a_manager_creates_changes_and_deletes_kinds(self):
        kind = self.Kind.with_user(self.manager).create({"name": "Noise", "code": "noise"})
        kind.default_days = 2
        kind.unlink()
        self.assertFalse(kind.exists())

    def test_kinds_of_other_companies_are_hidden(self):
        for user in (self.user, self.manager):
            Kind = self.Kind.with_user(user)
            self.assertNotIn(self.foreign, Kind.search([]))
            self.assertIn(self.kind, Kind.search([]))
            with self.assertRaises(AccessError):
                self.foreign.with_user(user).read(["name"])
        self.user.company_ids += self.other_company
        both = self.user.company_ids.ids
        self.assertIn(
            self.foreign, self.Kind.with_user(self.user).with_context(allowed_company_ids=both).search([])
        )
