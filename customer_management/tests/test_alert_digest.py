from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .alert_common import AlertCase, after


class DigestCase(AlertCase):
    """Anna has an alert, and the salesperson is to be told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._make_rule(limit=100, points=20)
        cls._invoice(cls.anna, 50, "2024-12-01")

    def _make_sold(self, number, prefix="Customer"):
        """Give the salesperson so many more customers with little revenue."""
        names = [f"{prefix} {i:02}" for i in range(number)]
        self._invoice_all(dict.fromkeys(names, 10), "2024-12-01")
        self.env["res.partner"].search([("name", "in", names)]).user_id = self.seller

    def _count_statements(self, day):
        """Return how many statements an evaluation takes, and what it did."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        done = self._evaluate(day)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, done


@tagged("post_install", "-at_install")
class TestDigest(DigestCase):
    """People are told of the alerts of a day by one activity."""

    def test_who_is_responsible_gets_one_activity_for_all_that_opens_on_a_day(self):
        self._make_rule("Second", limit=60, points=30)
        bert = self._make_customer("Bert", user_id=self.seller.id)
        self._invoice(bert, 55, "2024-12-01")
        self._evaluate()
        activity = self._alerts().activity_id
        self.assertEqual(len(self._alerts()), 4)
        self.assertRecordValues(
            activity, [{"user_id": self.seller.id, "res_model": False, "date_deadline": after(5)}]
        )
        self.assertIn("and 1 more customers", activity.summary)
        self.assertIn("<b>Anna</b>: Second, Little Revenue", activity.note)

    def test_what_opens_later_on_the_day_joins_the_activity(self):
        self._evaluate()
        activity = self._alerts().activity_id
        self.assertEqual(activity.summary, "Alert: Anna")
        self._make_rule("Second", limit=60)
        self._evaluate()
        self.assertEqual(self._alerts().activity_id, activity)
        self.assertEqual(activity.summary, "Alerts: Anna")
        self._make_rule("Third", limit=70)
        self._evaluate(after(1))
        self.assertEqual(len(self._alerts().activity_id), 2)

    def test_an_activity_is_in_the_language_of_who_gets_it(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.rule.with_context(lang="fr_FR").name = "Peu de chiffre"
        self.seller.lang = "fr_FR"
        self._evaluate()
        self.assertIn("Peu de chiffre", self._alerts().activity_id.note)

    def test_an_activity_names_the_heaviest_and_counts_the_rest(self):
        self._make_sold(20)
        self._evaluate()
        activity = self._alerts().activity_id
        self.assertEqual(activity.note.count("<li>"), 15)
        self.assertIn("And 6 more customers.", activity.note)

    def test_an_activity_opens_its_alerts(self):
        self._evaluate()
        activity = self._alerts().activity_id.with_user(self.seller)
        action = activity.action_open_document()
        self.assertEqual(action["res_model"], "customer.alert")
        domain = safe_eval(action["domain"], action["context"])
        self.assertEqual(self.env["customer.alert"].with_user(self.seller).search(domain), self._alerts())

    def test_who_may_not_see_the_alerts_does_not_read_of_them_at_the_customer(self):
        self._evaluate()
        outsider = new_test_user(self.env, "outsider", groups="base.group_user,base.group_partner_manager")
        self.assertFalse(self.anna.with_user(outsider).activity_ids)
        activity = self._alerts().activity_id.with_user(outsider)
        with self.assertRaises(AccessError):
            activity.read(["note"])

    def test_a_customer_without_a_salesperson_is_the_rules_own_persons(self):
        self.anna.user_id = False
        self.rule.user_id = self.manager
        self._evaluate()
        self.assertEqual(self._alerts().activity_id.user_id, self.manager)

    def test_nobody_is_told_where_nobody_is_responsible(self):
        self.rule.responsible = "nobody"
        self._evaluate()
        self.assertFalse(self._alerts().activity_id)

    def test_the_activity_goes_with_the_last_alert_that_it_is_about(self):
        self.rule.cure_days = 0
        second = self._make_rule("Second", limit=60)
        self._evaluate()
        activity = self._alerts().activity_id
        second.active = False
        self._evaluate()
        self.assertTrue(activity.exists())
        self.rule.active = False
        self._evaluate()
        self.assertFalse(activity.exists())


@tagged("post_install", "-at_install")
class TestStatements(DigestCase):
    """The night's work takes as many statements for many alerts as for few."""

    def test_the_number_of_statements_does_not_depend_on_the_number_of_customers(self):
        kind = self.env.ref("customer_management.plan_kind_endangered")
        kind.suggestion_ids[1:].unlink()  # the host inserts by the hundred
        self._make_rule("Second", limit=60)
        self._make_rule("Third", limit=70, opens="plan", plan_kind_id=kind.id)
        counts = []
        for number, day in ((5, after(0)), (60, after(1))):
            self._make_sold(number, f"Customer {day}")
            self._evaluate(day)  # warm: caches of rules and companies
            self.env["customer.plan"].search([("company_id", "=", self.company.id)]).unlink()
            self._alerts().activity_id.unlink()
            self._alerts().unlink()
            count, done = self._count_statements(day)
            counts.append(count)
            self.assertGreaterEqual(len(done.opened), 3 * number)
            self.assertEqual(len(done.opened.activity_id), 1)
        self.assertEqual(counts[0], counts[1])
        self.assertLess(counts[0], 80)

    def test_the_number_of_statements_does_not_depend_on_how_many_alerts_close(self):
        self.rule.cure_days = 0
        counts = []
        for number, day in ((5, 0), (60, 2)):
            self._make_sold(number, f"Customer {day}")
            self.rule.active = True
            self._evaluate(after(day))
            self.rule.active = False
            count, done = self._count_statements(after(day + 1))
            counts.append(count)
            self.assertGreaterEqual(len(done.closed), number)
        self.assertEqual(counts[0], counts[1])

    def test_the_number_of_statements_hardly_depends_on_the_number_of_rules(self):
        self._evaluate()
        for i in range(10):
            self._make_rule(
                f"Rule {i}",
                responsible="nobody",
                condition_ids=[
                    Command.create(
                        {"metric_id": self._metric("revenue").id, "months": 1 + i, "operator": "lt"}
                    )
                ],
            )
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._evaluate(after(1))
        self.assertLess(self.env.cr.sql_log_count - before, 15)
