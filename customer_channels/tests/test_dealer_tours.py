from odoo.tests import HttpCase, new_test_user, tagged

from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealerTours(DealerCase, HttpCase):
    """In the browser: a manager registers a dealer with its contract, a dealer registers a deal."""

    def test_a_dealer_is_registered_and_gets_a_contract(self):
        boss = new_test_user(
            self.env,
            "tour_channel_boss",
            "customer_channels.group_channel_manager,sales_team.group_sale_manager",
            company_id=self.env.company.id,
        )
        self.env["res.partner"].create({"name": "Tour Trading", "is_company": True})
        self.env["customer.dealer.type"].create({"name": "Tour Distributor", "code": "tour"})
        self.start_tour("/odoo/dealers", "customer_dealer_registration", login=boss.login)
        dealer = self.env["customer.dealer"].search([("partner_id.name", "=", "Tour Trading")])
        self.assertEqual((dealer.state, dealer.contract_ids.state), ("registered", "draft"))

    def test_a_dealer_registers_a_deal_in_its_portal(self):
        visitor = new_test_user(self.env, "tour_dealer", "base.group_portal", company_id=self.env.company.id)
        visitor.partner_id.parent_id = self.anna
        self._sell(300, "2025-01-10")
        self.start_tour("/my", "customer_dealer_portal", login=visitor.login)
        deal = self.env["customer.dealer.deal"].search([("end_customer", "=", "Tour Hotel")])
        self.assertEqual((deal.dealer_id, deal.amount, deal.source), (self.dealer, 1500, "portal"))
