from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.customer_channels.tests.common import ChannelCase


@tagged("post_install", "-at_install")
class TestDealerTypeAccess(ChannelCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = new_test_user(cls.env, "channel_nobody", groups="base.group_user")
        cls.user = new_test_user(cls.env, "channel_user", groups="customer_channels.group_channel_user")
        cls.manager = new_test_user(cls.env, "channel_boss", groups="customer_channels.group_channel_manager")

    def test_administrators_are_channel_managers(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group("customer_channels.group_channel_manager"))
        self.assertTrue(self.manager.has_group("customer_channels.group_channel_user"))

    def test_a_user_reads_types_but_changes_none(self):
        kiosk = self.kiosk.with_user(self.user)
        self.assertEqual(kiosk.name, "Kiosk")
        for attempt in (
            lambda: kiosk.write({"name": "Stall"}),
            lambda: kiosk.copy(),
            lambda: kiosk.unlink(),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_a_manager_creates_changes_and_deletes_types(self):
        Type = self.env["customer.dealer.type"].with_user(self.manager)
        booth = Type.create({"name": "Booth", "code": "booth"})
        booth.name = "Market Booth"
        booth.unlink()
        self.assertFalse(booth.exists())

    def test_an_employee_sees_the_type_on_a_customer_but_not_the_list_of_types(self):
        dealer = self.kiosk_dealer.with_user(self.employee)
        (values,) = dealer.web_read({"customer_dealer_type_id": {"fields": {"display_name": {}}}})
        self.assertEqual(values["customer_dealer_type_id"]["display_name"], "Kiosk")
        with self.assertRaises(AccessError):
            self.env["customer.dealer.type"].with_user(self.employee).search([])

    def test_types_of_other_companies_are_hidden(self):
        foreign = self._create_type("foreign", company_id=self.other_company.id)
        for user in (self.user, self.manager):
            Type = self.env["customer.dealer.type"].with_user(user)
            self.assertNotIn(foreign, Type.search([]))
            self.assertIn(self.kiosk, Type.search([]))
            with self.assertRaises(AccessError):
                foreign.with_user(user).read(["name"])
        self.manager.company_ids += self.other_company
        both = self.manager.company_ids.ids
        Type = self.env["customer.dealer.type"].with_user(self.manager).with_context(allowed_company_ids=both)
        self.assertIn(foreign, Type.search([]))
