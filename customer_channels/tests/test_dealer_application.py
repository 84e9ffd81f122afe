from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.customer_management.exceptions import ApprovalLockError

from ..exceptions import ApplicationError
from .dealer_case import DealerCase

FULL = ("finance", "network", "team", "logistics", "line", "will", "reputation")
VETOES = ("rival", "dishonest", "false")


class ApplicationCase(DealerCase):
    """Applications of newcomers, with surveys by the agent selection survey."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.newcomer = cls._newcomer("Newcomer Ltd")
        cls.template = cls.env.ref("customer_channels.assessment_template_agent")
        cls.manager = new_test_user(
            cls.env,
            "channel_boss",
            "customer_channels.group_channel_manager",
            company_id=cls.env.company.id,
        )

    @classmethod
    def _newcomer(cls, name):
        return cls.env["res.partner"].create({"name": name, "is_company": True})

    @classmethod
    def _application(cls, partner=None, **values):
        values = {
            "partner_id": (partner or cls.newcomer).id,
            "type_id": cls.type.id,
            "committed_sales": 120000,
            **values,
        }
        return cls.env["customer.dealer.application"].create(values)

    @classmethod
    def _survey(cls, points, partner=None, veto=None, finish=True):
        """Return a survey that gives so many of ten points on each line."""
        survey = cls.env["customer.assessment"].create(
            {"template_id": cls.template.id, "partner_id": (partner or cls.newcomer).id}
        )
        xml_id = "customer_channels.assessment_template_agent_"
        for line in survey.line_ids:
            name = next(n for n in FULL + VETOES if cls.env.ref(xml_id + n).id == line.rule["id"])
            line.write({"value": (points if name in FULL else name == veto), "is_known": True})
        if finish:
            survey.action_finish()
        return survey


@tagged("post_install", "-at_install")
class TestDealerApplication(ApplicationCase):
    def test_the_weights_of_the_selection_survey_are_those_of_the_handbook(self):
        weights = [one.weight for one in self.template.criterion_ids if one.weight]
        self.assertEqual(weights, [25, 20, 15, 10, 10, 10, 10])

    def test_nobody_is_admitted_without_a_finished_survey(self):
        application = self._application()
        self.assertEqual(application.survey_result, "none")
        with self.assertRaises(ApplicationError):
            application.action_submit()
        application.action_survey()
        self.assertEqual(application.survey_result, "draft")
        self.assertEqual(application.assessment_id.template_id, self.template)
        with self.assertRaises(ApplicationError):
            application.action_submit()

    def test_the_survey_of_somebody_else_does_not_count(self):
        other = self._survey(9, self._newcomer("Somebody Else"))
        with self.assertRaises(ApplicationError):
            self._application(assessment_id=other.id).action_submit()

    def test_only_surveys_of_dealers_count(self):
        template = self.template.sudo().copy({"kind": "customer", "name": "Something else"})
        template.criterion_ids.create({"template_id": template.id, "name": "Nice", "source": "judged"})
        easy = self.env["customer.assessment"].create(
            {"template_id": template.id, "partner_id": self.newcomer.id}
        )
        with self.assertRaises(ApplicationError):
            self._application(assessment_id=easy.id)

    def test_75_points_approve_60_points_ask_for_conditions_less_refuses(self):
        for points, result in ((7.5, "approve"), (7.4, "conditional"), (6, "conditional"), (5.9, "refuse")):
            with self.subTest(points=points):
                partner = self._newcomer(f"Newcomer {points}")
                application = self._application(partner, assessment_id=self._survey(points, partner).id)
                self.assertEqual(application.survey_result, result)
                if result != "approve":
                    with self.assertRaises(ApplicationError):
                        application.action_submit()
                if result == "conditional":
                    application.conditions = "A second van until June"
                    application.action_submit()
                    self.assertEqual(application.approval_state, "pending")

    def test_the_limits_are_settings_of_the_company(self):
        application = self._application(assessment_id=self._survey(7).id)
        self.assertEqual(application.survey_result, "conditional")
        self.env.company.customer_dealer_score_approve = 70
        application.invalidate_recordset(["survey_result"])
        self.assertEqual(application.survey_result, "approve")
        with self.assertRaises(ValidationError):
            self.env.company.customer_dealer_score_conditional = 80

    def test_a_veto_refuses_whatever_the_score_and_the_limits(self):
        self.env.company.customer_dealer_score_conditional = 10
        for veto in VETOES:
            with self.subTest(veto=veto):
                partner = self._newcomer(f"Vetoed {veto}")
                survey = self._survey(10, partner, veto=veto)
                application = self._application(partner, assessment_id=survey.id)
                self.assertEqual(application.survey_result, "refuse")
                with self.assertRaises(ApplicationError):
                    application.action_submit()

    def test_funds_must_carry_three_months_of_committed_sales(self):
        application = self._application(committed_sales=120000, funds=20000)
        self.assertEqual((application.funds_needed, application.funds_short), (30000, 10000))
        application.assessment_id = self._survey(9)
        self.env.company.customer_dealer_funds_rule = "refuse"
        with self.assertRaises(ApplicationError):
            application.action_submit()
        application.funds = 30000
        self.assertEqual(application.funds_short, 0)
        application.action_submit()

    def test_a_granted_applicant_is_registered_once(self):
        application = self._application(assessment_id=self._survey(9).id, area_ids=self.city.ids)
        application.action_submit()
        application.with_user(self.manager).action_approve()
        dealer = application.dealer_id
        self.assertEqual((dealer.partner_id, dealer.type_id), (self.newcomer, self.type))
        self.assertEqual((dealer.area_id, dealer.state), (self.city, "registered"))
        application.sudo()._approval_granted()
        self.assertEqual(self.env["customer.dealer"].search([("partner_id", "=", self.newcomer.id)]), dealer)
        with self.assertRaises(ApprovalLockError):
            application.funds = 1

    def test_a_closed_dealer_that_applies_again_keeps_its_number(self):
        dealer = self._dealer(self.newcomer)
        application = self._application(assessment_id=self._survey(9).id)
        with self.assertRaises(ApplicationError):
            application.action_submit()
        dealer.sudo().closed_on = "2025-01-31"
        application.action_submit()
        application.with_user(self.manager).action_approve()
        self.assertEqual((application.dealer_id, dealer.closed_on), (dealer, False))

    def test_who_has_a_wanted_area_on_its_own_is_shown(self):
        contract = self._draft_contract(self.other_dealer, date_from="2025-01-01", date_to="2099-12-31")
        self.env["customer.dealer.territory"].create(
            {
                "contract_id": contract.id,
                "area_id": self.city.id,
                "categ_id": self.pots.id,
                "is_exclusive": True,
            }
        )
        self._run_contract(contract)
        for area, goods, taken in (
            (self.city, self.env["product.category"], True),
            (self.land, self.kitchen, True),
            (self.city, self.garden, False),
            (self.other_city, self.env["product.category"], False),
        ):
            with self.subTest(area=area.name, goods=goods.name):
                application = self._application(area_ids=area.ids, categ_ids=goods.ids)
                self.assertEqual(bool(application.conflict), taken)
                if taken:
                    self.assertIn(self.boris.name, application.conflict)

    def test_the_customer_of_a_lead_is_made_when_the_survey_begins(self):
        lead = self.env["crm.lead"].create({"name": "Wants our pots", "partner_name": "Lead Ltd"})
        application = self._application(False, partner_id=False, lead_id=lead.id)
        self.assertFalse(application.partner_id)
        application.action_survey()
        self.assertEqual(application.partner_id.name, "Lead Ltd")
        with self.assertRaises(ApplicationError):
            self._application(False, partner_id=False).action_survey()

    def test_the_best_candidate_stands_first_in_the_comparison(self):
        others = [self._newcomer(name) for name in ("Second", "Third")]
        applications = self._application(assessment_id=self._survey(6.5).id)
        for partner, points in zip(others, (9, 7.7), strict=True):
            applications += self._application(partner, assessment_id=self._survey(points, partner).id)
        action = applications.action_compare()
        table = self.env[action["res_model"]].browse(action["res_id"]).table
        self.assertEqual([column["rank"] for column in table["columns"]], [1, 2, 3])
        self.assertEqual(table["columns"][0]["customer"], "Second")
        self.assertTrue(all(column["advice"] for column in table["columns"]))

    def test_the_approval_is_not_gone_around(self):
        user = new_test_user(
            self.env, "seller", "customer_channels.group_channel_user", company_id=self.env.company.id
        )
        applications = self.env["customer.dealer.application"].with_user(user)
        mine = applications.with_context(
            default_dealer_id=self.dealer.id, default_approval_state="approved"
        ).create({"partner_id": self.newcomer.id, "type_id": self.type.id, "committed_sales": 1})
        self.assertFalse(mine.dealer_id)
        self.assertEqual(mine.approval_state, "draft")
        with self.assertRaises(ApplicationError):
            mine.dealer_id = self.dealer
        with self.assertRaises(ApplicationError):
            applications.create(
                {"partner_id": self.newcomer.id, "type_id": self.type.id, "dealer_id": self.dealer.id}
            )
        with self.assertRaises(AccessError):
            mine.unlink()

    def test_salespeople_see_the_applications_of_their_own_customers(self):
        mine, other = (
            new_test_user(
                self.env, name, "customer_channels.group_channel_user", company_id=self.env.company.id
            )
            for name in ("seller_one", "seller_two")
        )
        self.newcomer.user_id = other
        application = self._application()
        self.assertTrue(application.with_user(other).has_access("read"))
        self.assertFalse(application.with_user(mine).has_access("read"))
        abroad = self.env["res.company"].create({"name": "Abroad"})
        stranger = new_test_user(
            self.env,
            "stranger",
            "customer_channels.group_channel_manager",
            company_id=abroad.id,
            company_ids=abroad.ids,
        )
        self.assertFalse(application.with_user(stranger).has_access("read"))
