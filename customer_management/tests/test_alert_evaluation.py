from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import AlertBusyError
from .alert_common import AlertCase, after
from .common import TODAY


@tagged("post_install", "-at_install")
class TestEvaluation(AlertCase):
    """The daily evaluation opens, follows and closes alerts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._make_rule(limit=100, points=20)
        cls._invoice(cls.anna, 50, "2024-12-01")

    def test_an_alert_opens_with_its_numbers_and_weight(self):
        self._evaluate()
        self.assertRecordValues(
            self._alerts(),
            [
                {
                    "rule_id": self.rule.id,
                    "partner_id": self.anna.id,
                    "user_id": self.seller.id,
                    "state": "open",
                    "first_seen": TODAY,
                    "last_seen": TODAY,
                    "value": 50,
                    "threshold": 100,
                    "points": 20,
                    "danger": False,
                    "is_manual": False,
                    "create_uid": self.env.uid,
                }
            ],
        )

    def test_the_evidence_is_a_sentence_with_the_numbers(self):
        self._evaluate()
        self.assertEqual(
            self._alerts().evidence,
            "Revenue of the last 12 months: $\N{NO-BREAK SPACE}50.00, less than $\N{NO-BREAK SPACE}100.00",
        )

    def test_the_evidence_names_the_own_earlier_period(self):
        self.rule.active = False
        self._rule("order_drop")
        self._invoice(self.anna, 400, "2023-11-01")
        self._evaluate()
        self.assertEqual(
            self._alerts().evidence.replace("\N{NO-BREAK SPACE}", ""),
            "Revenue of the last 3 months: $50.00, less than 50 % of the same months a year before ($400.00)",
        )

    def test_the_evidence_is_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.ref("customer_management.metric_revenue").with_context(lang="fr_FR").name = "Chiffre"
        self._evaluate()
        self.assertIn("Chiffre", self._alerts().with_context(lang="fr_FR").evidence)

    def test_a_later_change_of_the_rule_leaves_an_open_alert_as_it_was_found(self):
        self._evaluate()
        self.rule.write({"points": 5, "is_danger": True})
        self._evaluate(after(1))
        self.assertRecordValues(self._alerts(), [{"points": 20, "danger": False}])

    def test_a_second_evaluation_of_the_day_changes_nothing(self):
        self._evaluate()
        self.env.cr.execute("SELECT xmin, * FROM customer_alert WHERE company_id = %s", [self.company.id])
        before = self.env.cr.fetchall()
        done = self._evaluate()
        self.env.cr.execute("SELECT xmin, * FROM customer_alert WHERE company_id = %s", [self.company.id])
        self.assertEqual(self.env.cr.fetchall(), before)
        self.assertFalse(done.opened or done.reopened or done.closed)

    def test_an_evaluation_of_an_earlier_day_undoes_nothing(self):
        self._evaluate()
        self._evaluate(after(-30))
        self.assertEqual(self._alerts().last_seen, TODAY)

    def test_numbers_follow_the_books(self):
        self._evaluate()
        self._invoice(self.anna, 20, after(1))
        self._evaluate(after(1))
        self.assertRecordValues(self._alerts(), [{"value": 70, "first_seen": TODAY, "last_seen": after(1)}])

    def test_an_alert_closes_when_its_test_has_failed_long_enough(self):
        self._evaluate()
        self._invoice(self.anna, 100, after(1))
        for day, state in ((1, "open"), (10, "open"), (11, "closed")):
            self._evaluate(after(day))
            self.assertRecordValues(
                self._alerts(), [{"state": state, "clear_since": after(1), "last_seen": TODAY}]
            )
        self.assertRecordValues(self._alerts(), [{"close_reason": "cured", "closed_on": after(11)}])

    def test_a_relapse_starts_the_days_anew(self):
        self._evaluate()
        move = self._invoice(self.anna, 100, after(1))
        self._evaluate(after(1))
        move.button_draft()
        self._evaluate(after(9))
        self.assertFalse(self._alerts().clear_since)
        move.action_post()
        self._evaluate(after(12))
        self.assertRecordValues(self._alerts(), [{"state": "open", "clear_since": after(12)}])

    def test_after_a_long_break_of_the_job_nothing_closes_at_once(self):
        self._evaluate()
        self._invoice(self.anna, 100, after(1))
        self._evaluate(after(100))
        self.assertRecordValues(self._alerts(), [{"state": "open", "clear_since": after(100)}])

    def test_what_comes_back_after_closing_is_a_new_alert(self):
        self.rule.cure_days = 0
        self._evaluate()
        move = self._invoice(self.anna, 100, after(1))
        self._evaluate(after(1))
        move.button_draft()
        self._evaluate(after(2))
        self.assertEqual(self._alerts().sorted("id").mapped("state"), ["closed", "open"])

    def test_a_muted_alert_that_still_fires_opens_again_after_its_day(self):
        self._evaluate()
        self._alerts().write({"state": "muted", "muted_until": after(5)})
        self.assertFalse(self._evaluate(after(5)).reopened)
        self.assertEqual(self._alerts().state, "muted")
        self.assertEqual(self._evaluate(after(6)).reopened, self._alerts())
        self.assertRecordValues(
            self._alerts(), [{"state": "open", "muted_until": False, "first_seen": TODAY}]
        )

    def test_a_muted_alert_that_is_cured_closes(self):
        self._evaluate()
        self._alerts().write({"state": "muted", "muted_until": after(50)})
        self._invoice(self.anna, 100, after(1))
        self._evaluate(after(1))
        self._evaluate(after(11))
        self.assertEqual(self._alerts().close_reason, "cured")

    def test_the_alerts_of_a_rule_that_is_switched_off_close(self):
        self._evaluate()
        self.rule.active = False
        self.assertEqual(self._evaluate().closed, self._alerts())
        self.assertEqual(self._alerts().close_reason, "rule")

    def test_an_archived_customer_has_alerts_only_of_rules_that_say_so(self):
        self._make_rule("Even Archived", include_archived=True)
        self._evaluate()
        self.anna.active = False
        self._evaluate(after(1))
        closed = self._alerts("closed")
        self.assertRecordValues(closed, [{"rule_id": self.rule.id, "close_reason": "archived"}])
        self.assertEqual(self._alerts("open").rule_id.name, "Even Archived")

    def test_the_signs_of_a_contact_are_those_of_its_company(self):
        branch = self._make_customer("Branch", parent_id=self.anna.id, is_company=False)
        self._invoice(branch, 10)
        self._evaluate()
        self.assertRecordValues(self._alerts(), [{"partner_id": self.anna.id, "value": 60}])

    def test_each_company_has_alerts_of_its_own(self):
        other = self._make_company("Elsewhere")
        self._invoice(self.anna, 30, company=other)
        self._evaluate()
        self._evaluate(company=other)
        self.assertEqual(self._alerts().value, 50)
        found = self.env["customer.alert"].sudo().search([("company_id", "=", other.id)])
        self.assertEqual(found.value, 30)

    def test_the_rule_of_a_company_is_one_of_its_branches_and_of_no_other(self):
        other = self._make_company("Elsewhere")
        branch = self._make_company("Branch", books=False, parent_id=self.company.id)
        self.rule.company_id = self.company
        self.assertIn(self.rule, self.rules._rules_of(self.company))
        self.assertIn(self.rule, self.rules._rules_of(branch))
        self.assertNotIn(self.rule, self.rules._rules_of(other))

    def test_a_rule_may_open_a_plan_and_a_customer_has_one_of_a_kind(self):
        kind = self.env.ref("customer_management.plan_kind_endangered")
        self.rule.write({"opens": "plan", "plan_kind_id": kind.id})
        self._make_rule("Second", limit=60, opens="plan", plan_kind_id=kind.id)
        self._evaluate()
        plan = self._alerts().plan_id
        self.assertRecordValues(
            plan,
            [{"partner_id": self.anna.id, "kind_id": kind.id, "state": "draft", "user_id": self.seller.id}],
        )
        self.assertEqual(plan.alert_ids, self._alerts())
        self.assertEqual(plan.line_ids.mapped("measure"), kind.suggestion_ids.mapped("measure"))

    def test_two_evaluations_at_a_time_do_not_meet(self):
        with self.registry.cursor() as other:
            other.execute("SELECT pg_advisory_xact_lock(20250, %s)", [self.company.id])
            with self.assertRaises(AlertBusyError):
                self._evaluate()
            other.rollback()
        self._evaluate()

    def test_the_job_evaluates_each_company_and_one_that_fails_stops_no_other(self):
        done, boom = [], self.company

        def evaluate(rules, company, date_to=None):
            if company == boom:
                raise ValueError("trouble")
            done.append(company)

        self.patch(type(self.rules), "_evaluate_all", evaluate)
        self.patch(self.registry["ir.cron"], "_commit_progress", lambda cron, *args, **kwargs: 1)
        self.patch(self.env.cr, "rollback", lambda: None)
        with mute_logger("odoo.addons.customer_management.models.alert_evaluation"):
            self.rules._cron_evaluate()
        companies = self.env["res.company"].search([("active", "=", True)])
        self.assertEqual(set(done), set(companies - boom))

    def test_the_day_is_the_companys_own(self):
        self.company.partner_id.tz = "Asia/Shanghai"
        with freeze_time("2024-12-31 16:00:00"):
            self.assertEqual(self.rules._evaluation_day(self.company), date(2025, 1, 1))
