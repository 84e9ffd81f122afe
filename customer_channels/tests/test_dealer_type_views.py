from odoo.tests import Form, new_test_user, tagged

from odoo.addons.customer_channels.tests.common import ChannelCase


@tagged("post_install", "-at_install")
class TestDealerTypeViews(ChannelCase):
    def test_a_type_is_made_on_its_form(self):
        with Form(self.env["customer.dealer.type"]) as form:
            form.name = "Booth"
            form.code = "booth"
            form.may_have_sub_dealers = True
        self.assertRecordValues(
            form.record, [{"code": "booth", "may_have_sub_dealers": True, "is_direct": False, "active": True}]
        )

    def test_the_type_is_chosen_on_the_customer(self):
        self.env.user.group_ids += self.env.ref("customer_channels.group_channel_manager")
        with Form(self.kiosk_dealer, "base.view_partner_form") as form:
            form.customer_dealer_type_id = self.wholesaler
        self.assertEqual(self.kiosk_dealer.customer_dealer_type_id, self.wholesaler)

    def test_only_channel_people_see_the_type_on_forms_and_filters(self):
        user = new_test_user(self.env, "channel_user", groups="customer_channels.group_channel_user")
        employee = new_test_user(self.env, "channel_nobody", groups="base.group_user")
        for view in ("base.view_partner_form", "base.view_res_partner_filter"):
            arch = {
                somebody: self.env["res.partner"].with_user(somebody).get_view(self.env.ref(view).id)["arch"]
                for somebody in (user, employee)
            }
            self.assertIn("customer_dealer_type_id", arch[user], view)
            self.assertNotIn("customer_dealer_type_id", arch[employee], view)

    def test_the_six_types_of_the_handbook_are_there_in_three_languages(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["res.lang"]._activate_lang("zh_TW")
        module = self.env["ir.module.module"].search([("name", "=", "customer_channels")])
        module._update_translations(["zh_CN", "zh_TW"])
        names = {
            "special_store": ("Special-appointment Store", "特约店", "特約店"),
            "agent": ("Agent", "代理店", "代理店"),
            "distributor": ("Distributor", "经销商", "經銷商"),
            "chain": ("Chain Store", "连锁店", "連鎖店"),
            "franchise": ("Franchise Store", "加盟店", "加盟店"),
            "direct_seller": ("Direct Seller", "直销商", "直銷商"),
        }
        for code, expected in names.items():
            record = self.env.ref(f"customer_channels.dealer_type_{code}")
            found = [record.with_context(lang=lang).name for lang in ("en_US", "zh_CN", "zh_TW")]
            self.assertEqual(found, list(expected))

    def test_labels_of_approvals_speak_chinese_after_an_installation(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        module = self.env["ir.module.module"].search([("name", "=", "customer_channels")])
        module._update_translations(["zh_CN"])
        self.env.registry.clear_cache("stable")
        for model in ("customer.dealer.contract", "customer.dealer.exit"):
            there = self.env[model].with_context(lang="zh_CN").fields_get(["approval_state"])
            self.assertEqual(dict(there["approval_state"]["selection"])["pending"], "待审批")
