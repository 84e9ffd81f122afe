from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..exceptions import AlertStateError
from .alert_common import AlertCase


@tagged("post_install", "-at_install")
class TestAlertSteps(AlertCase):
    """What people do with alerts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.rules)
        cls.rule = cls._make_rule(points=20)
        cls.moved = cls._rule("moved")
        cls._invoice(cls.anna, 50, cls.today)
        cls._evaluate(cls.today)
        cls.alert = cls._alerts().with_user(cls.seller)

    def _ask(self, alerts, answer, **values):
        action = getattr(alerts, f"action_{answer}")()
        wizards = self.env[action["res_model"]].with_user(self.seller).with_context(**action["context"])
        return wizards.create(values)

    def test_a_salesperson_acknowledges_an_alert_with_a_note(self):
        activity = self.alert.activity_id
        self._ask(self.alert, "acknowledge", note="They renovate.").action_answer()
        self.assertRecordValues(
            self.alert,
            [{"state": "acknowledged", "note": "They renovate.", "answered_by_id": self.seller.id}],
        )
        self.assertFalse(activity.sudo().exists().active)
        self.assertIn("They renovate.", self.alert.message_ids[0].body)
        self.assertEqual(self.anna.with_user(self.seller).customer_alert_count, 1)

    def test_an_answer_says_why(self):
        for answer in ("acknowledge", "mute"):
            with self.assertRaises(AlertStateError):
                self._ask(self.alert, answer, note="  ").action_answer()

    def test_a_muted_alert_counts_for_nothing(self):
        wizard = self._ask(self.alert, "mute", note="Season", muted_until=self.today + timedelta(days=5))
        wizard.action_answer()
        self.assertRecordValues(
            self.alert, [{"state": "muted", "muted_until": self.today + timedelta(days=5)}]
        )
        self.assertEqual(self.anna.with_user(self.seller).customer_alert_count, 0)
        self.alert.action_reopen()
        self.assertRecordValues(self.alert, [{"state": "open", "muted_until": False}])

    def test_an_alert_is_not_muted_into_the_past(self):
        with self.assertRaises(AlertStateError):
            self.alert._mute(self.today - timedelta(days=1), "Season")
        with self.assertRaises(AlertStateError):
            self.alert._mute(False, "Season")

    def test_an_alert_that_figures_decide_is_not_closed_by_hand(self):
        with self.assertRaises(AlertStateError):
            self.alert.action_close()
        with self.assertRaises(AlertStateError):
            self.alert._close("I do not like it")

    def _report(self, user=None, partners=None, **values):
        wizard = self.env["customer.alert.report"].with_user(user or self.seller)
        return wizard.create(
            {
                "partner_ids": (partners or self.anna).ids,
                "rule_id": self.moved.id,
                "evidence": "The shop is empty.",
                "day": self.today,
                **values,
            }
        )

    def test_what_no_figure_tells_a_person_reports(self):
        self._report().action_report()
        alert = self._alerts(rule_id=self.moved.id)
        self.assertRecordValues(
            alert, [{"state": "open", "points": 10, "reported_by_id": self.seller.id, "is_manual": True}]
        )
        self.assertTrue(alert.evidence.startswith("The shop is empty. ("))
        self.assertEqual(alert.activity_id.user_id, self.seller)
        with self.assertRaises(AlertStateError):
            alert.with_user(self.seller).action_open_documents()

    def test_a_second_report_adds_to_the_first(self):
        self._report().action_report()
        alert = self._alerts(rule_id=self.moved.id)
        alert.with_user(self.seller)._acknowledge("I ask the landlord.")
        self._report(evidence="The phone is cut off.").action_report()
        self.assertEqual(len(self._alerts(rule_id=self.moved.id)), 1)
        self.assertEqual(alert.state, "open")
        self.assertEqual(alert.report, "The shop is empty.\nThe phone is cut off.")

    def test_a_report_needs_evidence_of_a_day_that_has_been(self):
        with self.assertRaises(AlertStateError):
            self._report(evidence=" ").action_report()
        with self.assertRaises(AlertStateError):
            self._report(day=self.today + timedelta(days=2)).action_report()
        with self.assertRaises(AlertStateError):
            self._report(rule_id=self.rule.id).action_report()

    def test_nobody_reports_on_the_customer_of_another(self):
        boris = self._make_customer("Boris", user_id=self.manager.id)
        with self.assertRaises(AccessError):
            self._report(partners=boris).action_report()
        self._report(user=self.manager, partners=boris).action_report()

    def test_a_reported_alert_is_closed_with_a_reason(self):
        self._report().action_report()
        alert = self._alerts(rule_id=self.moved.id).with_user(self.seller)
        with self.assertRaises(AlertStateError):
            alert._close("")
        self._ask(alert, "close", note="They are two doors further.").action_answer()
        self.assertRecordValues(alert, [{"state": "closed", "close_reason": "hand", "closed_on": self.today}])
        with self.assertRaises(AlertStateError):
            alert._acknowledge("Too late")

    def test_a_reported_alert_expires(self):
        self._report().action_report()
        self._evaluate(self.today + timedelta(days=179))
        self.assertEqual(self._alerts(rule_id=self.moved.id).state, "open")
        self._evaluate(self.today + timedelta(days=180))
        self.assertEqual(self._alerts(rule_id=self.moved.id).close_reason, "expired")

    def test_some_reported_alerts_stay_until_somebody_closes_them(self):
        self._report(rule_id=self._rule("sued").id).action_report()
        self._evaluate(self.today + timedelta(days=3000))
        self.assertEqual(self._alerts(rule_id=self._rule("sued").id).state, "open")

    def test_the_figure_opens_its_documents(self):
        action = self.alert.action_open_documents()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(sum(found.mapped("amount_untaxed_signed")), self.alert.value)

    def test_an_alert_opens_a_plan(self):
        action = self.alert.action_open_plan()
        plan = self.env["customer.plan"].with_user(self.seller).browse(action["res_id"])
        self.assertEqual(plan.alert_ids, self.alert)
        self.assertEqual(self.alert.action_open_plan()["res_id"], plan.id)
        self.assertIn("less than", plan.situation)


@tagged("post_install", "-at_install")
class TestAlertLevel(AlertCase):
    """The points of the alerts make the level of the customer."""

    def _alert(self, points, danger=False, customer=None, company=None, state="open"):
        rule = self._make_rule(
            f"Rule {self.rules.search_count([])}", is_manual=True, points=points, is_danger=danger
        )
        return (
            self.env["customer.alert"]
            .sudo()
            .create(
                {
                    "rule_id": rule.id,
                    "partner_id": (customer or self.anna).id,
                    "company_id": (company or self.company).id,
                    "first_seen": "2024-01-01",
                    "last_seen": "2024-01-01",
                    "points": points,
                    "danger": danger,
                    "is_manual": True,
                    "state": state,
                }
            )
        )

    def _level(self, customer=None):
        self.env.invalidate_all()
        return (customer or self.anna).with_user(self.seller).customer_alert_level

    def _with_level(self, level, operator="="):
        people = self.env["res.partner"].with_user(self.seller)
        self.env.flush_all()
        return people.search([("customer_alert_level", operator, level), ("customer_rank", ">", 0)])

    def test_the_points_add_up(self):
        self.assertEqual(self._level(), "normal")
        for points, level in ((29, "normal"), (1, "warning"), (29, "warning"), (1, "danger")):
            self._alert(points)
            self.assertEqual(self._level(), level)
            self.assertIn(self.anna, self._with_level(level))
            self.assertNotIn(self.anna, self._with_level(level, "!="))

    def test_acknowledged_alerts_count_and_muted_or_closed_ones_do_not(self):
        self._alert(30, state="muted")
        self._alert(30, state="closed")
        self.assertEqual(self._level(), "normal")
        self._alert(30, state="acknowledged")
        self.assertEqual(self._level(), "warning")

    def test_one_alert_that_is_danger_by_itself_is_enough(self):
        self._alert(0, danger=True)
        self.assertEqual(self._level(), "danger")

    def test_the_company_says_where_the_levels_begin(self):
        self._alert(10)
        self.company.customer_alert_warning = 5
        self.assertEqual(self._level(), "warning")
        self.company.customer_alert_danger = 10
        self.assertEqual(self._level(), "danger")

    def test_a_contact_has_the_level_of_its_company(self):
        buyer = self._make_customer("Buyer", parent_id=self.anna.id, is_company=False)
        self._alert(60)
        self.assertEqual(self._level(buyer), "danger")
        self.assertIn(buyer, self._with_level("danger"))
        self.assertNotIn(buyer, self._with_level("normal"))

    def test_who_has_no_alert_is_normal(self):
        self._alert(60)
        boris = self._make_customer("Boris")
        self.assertEqual(self._with_level("normal"), boris)
        self.assertEqual(self._with_level(["danger", "normal"], "in"), self.anna | boris)
        self.assertFalse(self._with_level(False))

    def test_the_alerts_of_another_company_do_not_count(self):
        self._alert(60, company=self._make_company("Elsewhere", books=False))
        self.assertEqual(self._level(), "normal")

    def test_a_salesperson_does_not_see_the_level_of_the_customer_of_another(self):
        boris = self._make_customer("Boris", user_id=self.manager.id)
        self._alert(60, customer=boris)
        self.assertEqual(self._level(boris), "normal")
        self.assertNotIn(boris, self._with_level("danger"))
        self.assertEqual(boris.with_user(self.manager).customer_alert_level, "danger")

    def test_levels_of_many_customers_take_one_query(self):
        customers = self.env["res.partner"].create([{"name": str(i)} for i in range(30)])
        self.env.flush_all()
        people = customers.with_user(self.manager)
        people.mapped("customer_alert_level")
        self.env.invalidate_all()
        people.mapped("commercial_partner_id")
        with self.assertQueryCount(3):
            people.mapped("customer_alert_level")
