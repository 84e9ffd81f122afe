from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .test_dealer_application import ApplicationCase


@tagged("post_install", "-at_install")
class TestDealerLife(ApplicationCase, HttpCase):
    """In the browser: a dealer's life, step by step, by the people whose steps they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = cls.env.company
        cls.seller = new_test_user(
            cls.env,
            "tour_life_seller",
            "customer_channels.group_channel_user,sales_team.group_sale_salesman",
            company_id=company.id,
        )
        cls.boss = new_test_user(
            cls.env,
            "tour_life_boss",
            "customer_channels.group_channel_manager,sales_team.group_sale_manager",
            company_id=company.id,
        )
        cls.partner = cls.env["res.partner"].create(
            {"name": "Tour Trading", "is_company": True, "user_id": cls.seller.id}
        )
        kind = {"name": "Tour Distributor", "code": "tour", "survey_template_id": cls.template.id}
        cls.env["customer.dealer.type"].create(kind)
        cls.visitor = new_test_user(cls.env, "tour_life_dealer", "base.group_portal", company_id=company.id)
        cls.visitor.partner_id.parent_id = cls.partner

    def _life(self, step, path, user):
        self.start_tour(path, f"customer_dealer_life_{step}", login=user.login, timeout=240)
        self.env.invalidate_all()

    def _dealer_of_tour(self):
        return self.env["customer.dealer"].search([("partner_id", "=", self.partner.id)])

    def _apply(self):
        """Apply, survey, submit, and be admitted."""
        self._life("apply", "/odoo/dealer-applications", self.seller)
        application = self.env["customer.dealer.application"].search([("partner_id", "=", self.partner.id)])
        survey = application.sudo().assessment_id
        self.assertEqual(survey.user_id, self.seller)
        weighted = self.template.criterion_ids.filtered("weight").ids
        for line in survey.with_user(self.seller).line_ids:
            line.write({"value": 9 if line.rule["id"] in weighted else 0, "is_known": True})
        survey.with_user(self.seller).action_finish()
        application.with_user(self.seller).action_submit()
        self._life("admit", f"/odoo/dealer-applications/{application.id}", self.boss)
        self.assertEqual(self._dealer_of_tour().state, "registered")

    def _agree(self):
        """Draft a contract, have it approved, and sign it."""
        self._life("contract", "/odoo/dealer-contracts", self.seller)
        contract = self._dealer_of_tour().contract_ids
        self.assertEqual(contract.approval_state, "pending")
        self._life("agree", f"/odoo/dealer-contracts/{contract.id}", self.boss)
        self._life("sign", "/my/dealer", self.visitor)
        self.assertEqual((contract.state, contract.signed_by), ("running", "Tour Owner"))
        self.assertEqual(self._dealer_of_tour().state, "active")
        return contract

    def _earn(self, contract):
        """Buy for 10,000, of which a plan of the contract gives ten percent."""
        today = fields.Date.context_today(contract)
        plan = self.env["customer.dealer.rebate.plan"].create(
            {"name": "Tour", "period": "month", "tier_ids": [Command.create({"amount_from": 0, "rate": 10})]}
        )
        last = fields.Date.subtract(fields.Date.start_of(today, "month"), days=1)
        contract.sudo()._approval_write(
            {
                "rebate_plan_ids": [Command.link(plan.id)],
                "date_from": fields.Date.start_of(last, "month"),
                "begun_on": fields.Date.start_of(last, "month"),
            }
        )
        self._sell(10000, last, partner=self.partner, quantity=50)
        statement = self.env["customer.dealer.rebate.engine"]._prepare(plan, last)
        self.env["customer.approval.rule"].sudo().search(
            [("model_id.model", "=", statement._name)]
        ).active = False
        return statement

    def _prove(self, dealer):
        """Report a case, look into it, and find it proven."""
        self._life("case", "/odoo/dealer-violations", self.seller)
        case = dealer.violation_ids.with_user(self.seller)
        self.assertEqual(case.state, "investigating")
        photo = {"name": "truck.txt", "raw": b"a truck", "res_model": case._name, "res_id": case.id}
        case.document_ids = self.env["ir.attachment"].with_user(self.seller).create(photo)
        case.action_found()

    def test_from_the_application_to_the_exit(self):
        self._apply()
        contract = self._agree()
        self._life("target", "/odoo/dealer-targets", self.boss)
        statement = self._earn(contract)
        self._life("rebate", f"/odoo/rebate-statements/{statement.id}", self.boss)
        dealer = self._dealer_of_tour()
        self._prove(dealer)
        self._life("portal", "/my/dealer", self.visitor)
        self.assertEqual(statement.state, "confirmed")
        self.assertEqual(dealer.violation_ids.answer, "They came to us to buy them")
        self._life("stock", "/my/dealer", self.visitor)
        self.assertEqual(
            (dealer.stock_report_ids.state, dealer.stock_report_ids.line_ids.closing), ("filed", 30)
        )
        self._life("exit", "/odoo/dealer-exits", self.boss)
        if dealer.exit_ids.approval_state == "pending":
            dealer.exit_ids.with_user(self.manager).action_approve()
        self.assertEqual((dealer.exit_ids.state, dealer.state), ("before", "exiting"))
