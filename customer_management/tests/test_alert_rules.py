from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import AlertRuleError
from .alert_common import AlertCase


@tagged("post_install", "-at_install")
class TestShippedRules(AlertCase):
    """Every rule that ships fires on a case built for it, and not on its near miss."""

    def _sell(self, amount, day, product=None, customer=None):
        move = self._invoice(customer or self.anna, amount, day, post=False)
        move.invoice_line_ids.product_id = product or self.product
        move.invoice_line_ids.write({"price_unit": abs(amount), "tax_ids": [Command.clear()]})
        move.action_post()
        return move

    def test_sales_fall_below_half_of_the_same_months_a_year_ago(self):
        rule = self._rule("order_drop")
        self._invoice(self.anna, 1000, "2023-11-15")
        self._invoice(self.anna, 500, "2024-11-15")
        self.assertFalse(self._fires(rule))
        self._invoice(self.anna, -0.01, "2024-11-16")
        self.assertTrue(self._fires(rule))

    def test_no_sales_at_all_are_a_fall(self):
        rule = self._rule("order_drop")
        self._invoice(self.anna, 1000, "2023-12-31")
        self.assertTrue(self._fires(rule))
        self.assertFalse(self._fires(rule, day="2025-04-01"))

    def test_who_never_bought_does_not_fall(self):
        rule = self._rule("order_drop")
        self._invoice(self.anna, 1000, "2023-09-30")
        self._invoice(self.anna, 1000, "2024-12-31")
        self.assertFalse(self._fires(rule))

    def test_a_young_customer_is_measured_by_its_quarters(self):
        rule = self._rule("order_drop_young")
        self._invoice(self.anna, 800, "2024-03-01")
        self._invoice(self.anna, 100, "2024-11-15")
        self.assertFalse(self._fires(rule), "100 is half of the average of 200 a quarter")
        self._invoice(self.anna, -1, "2024-11-16")
        self.assertTrue(self._fires(rule))
        self.assertFalse(self._fires(rule, day="2025-06-01"), "after 15 months it has a year to compare with")

    def test_an_order_of_more_than_three_times_the_largest_is_unusual(self):
        rule = self._rule("order_surge")
        self._order(100, "2024-06-01")
        self._order(300, "2024-12-15")
        self.assertFalse(self._fires(rule))
        self._order(301, "2024-12-16")
        self.assertTrue(self._fires(rule))

    def test_the_first_order_is_not_unusual(self):
        rule = self._rule("order_surge")
        self._order(100000, "2024-12-15")
        self.assertFalse(self._fires(rule))

    def test_silence_is_three_times_the_own_rhythm(self):
        rule = self._rule("silence")
        for day in ("2024-06-01", "2024-07-01", "2024-07-31"):
            self._invoice(self.anna, 10, day)
        self.assertFalse(self._fires(rule, day="2024-10-29"), "90 days, three times 30")
        self.assertTrue(self._fires(rule, day="2024-10-30"))

    def test_silence_is_never_less_than_60_days(self):
        rule = self._rule("silence")
        for day in ("2024-06-01", "2024-06-06", "2024-06-11"):
            self._invoice(self.anna, 10, day)
        self.assertFalse(self._fires(rule, day="2024-08-10"))
        self.assertTrue(self._fires(rule, day="2024-08-11"))

    def test_who_bought_once_is_silent_after_half_a_year_and_lost_after_one(self):
        rule = self._rule("silence")
        self._invoice(self.anna, 10, "2024-01-01")
        self.assertFalse(self._fires(rule, day="2024-06-29"))
        self.assertTrue(self._fires(rule, day="2024-06-30"))
        self.assertTrue(self._fires(rule, day="2024-12-31"))
        self.assertFalse(self._fires(rule, day="2025-01-01"))

    def test_one_product_takes_over(self):
        rule = self._rule("single_item")
        kettle, fan = self.env["product.product"].create([{"name": "Kettle"}, {"name": "Fan"}])
        self._sell(49, "2023-06-01")
        self._sell(51, "2023-06-02", kettle)
        self._sell(21, "2024-06-01")
        self._sell(79, "2024-06-02", kettle)
        self.assertFalse(self._fires(rule), "kettles were more than half before already")
        self._sell(3, "2023-06-03", fan)
        self.assertFalse(self._fires(rule), "79 of 100")
        self._sell(5, "2024-06-03", kettle)
        self.assertTrue(self._fires(rule), "84 of 105 is 80 %")

    def test_returns_count_when_they_are_many_and_more_than_before(self):
        rule = self._rule("return_claims")
        self._invoice(self.anna, 1000, "2024-06-01")
        self._invoice(self.anna, -30, "2024-06-02")
        self._invoice(self.anna, 1000, "2024-12-01")
        self._invoice(self.anna, -60, "2024-12-02")
        self.assertFalse(self._fires(rule), "6 % is twice 3 %, not more")
        self._invoice(self.anna, -1, "2024-12-03")
        self.assertTrue(self._fires(rule))

    def test_few_returns_do_not_count_however_few_they_were_before(self):
        rule = self._rule("return_claims")
        self._invoice(self.anna, 1000, "2024-06-01")
        self._invoice(self.anna, 1000, "2024-12-01")
        self._invoice(self.anna, -50, "2024-12-02")
        self.assertFalse(self._fires(rule))
        self._invoice(self.anna, -1, "2024-12-03")
        self.assertTrue(self._fires(rule))

    def test_every_sign_says_how_it_is_decided_and_what_to_do(self):
        rules = self.rules.with_context(active_test=False).search([])
        shipped = rules.filtered(
            lambda rule: rule.get_external_id()[rule.id].startswith("customer_management.")
        )
        self.assertGreaterEqual(len(shipped), 20)
        for rule in shipped:
            self.assertTrue(rule.description, rule.code)
            self.assertNotEqual(bool(rule.condition_ids), rule.is_manual, rule.code)


@tagged("post_install", "-at_install")
class TestRules(AlertCase):
    """How a rule is set up."""

    def test_a_rule_needs_something_that_decides(self):
        with self.assertRaises(AlertRuleError):
            self._make_rule(condition_ids=[])
        self._make_rule(is_manual=True)

    def test_a_rule_is_either_reported_or_decided(self):
        rule = self._make_rule()
        with self.assertRaises(AlertRuleError):
            rule.is_manual = True

    def test_all_conditions_must_hold(self):
        rule = self._make_rule(limit=1000)
        rule.condition_ids = [Command.create({"metric_id": self._metric("order_count").id, "months": 12})]
        self._invoice(self.anna, 10)
        self.assertFalse(self._fires(rule))
        self._order(10, "2024-12-01")
        self.assertTrue(self._fires(rule))

    def test_a_missing_figure_is_not_zero_unless_the_condition_says_so(self):
        rule = self._make_rule()
        self._order(10, "2024-12-01")
        boris = self._make_customer("Boris")
        self._invoice(boris, 10)
        self.assertFalse(self._fires(rule))
        rule.condition_ids.missing = "value"
        self.assertFalse(self._fires(rule), "nothing is asked that Anna has")
        rule.condition_ids = [Command.create({"metric_id": self._metric("order_count").id, "months": 12})]
        self.assertTrue(self._fires(rule))
        self.assertFalse(self._fires(rule, boris))

    def test_the_lesser_and_the_greater_of_a_limit_and_a_figure(self):
        self._invoice(self.anna, 100, "2023-06-01")
        self._invoice(self.anna, 60, "2024-06-01")
        rule = self._make_rule()
        rule.condition_ids.write(
            {
                "constant": 55,
                "compare": "lesser",
                "right_metric_id": self._metric("revenue").id,
                "right_months": 12,
            }
        )
        rule.condition_ids.right_offset = 12
        self.assertFalse(self._fires(rule), "60 is less than 100, not less than 55")
        rule.condition_ids.compare = "greater"
        self.assertTrue(self._fires(rule))
        rule.condition_ids.operator = "gt"
        self.assertFalse(self._fires(rule))

    def test_a_condition_reads_like_a_sentence(self):
        condition = self._rule("order_drop").condition_ids
        self.assertEqual(
            condition.display_name,
            "Revenue of the last 3 months less than 50 % of the same months a year before",
        )

    def test_periods_that_follow_each_other_neither_overlap_nor_leave_a_day_out(self):
        for day in ("2024-03-30", "2024-12-31", "2024-02-29", "2023-03-31"):
            scope = self.env["customer.metric"]._scope(day, company=self.company)
            last, before = scope.shifted(1, 0), scope.shifted(12, 1)
            self.assertEqual((last.date_from - before.date_to).days, 1, day)

    def test_trying_a_rule_writes_nothing(self):
        rule = self._make_rule()
        self._invoice(self.anna, 10)
        self.assertEqual(rule._try(self.company, "2024-12-31"), {rule.id: [self.anna.id]})
        action = rule.with_user(self.manager).action_try()
        self.assertEqual(action["res_model"], "res.partner")
        self.assertFalse(self._alerts())

    def test_a_rule_with_a_figure_that_is_gone_is_switched_off(self):
        rule = self._make_rule()
        rule.condition_ids = [Command.create({"metric_id": self._metric("growth").id})]
        self.env["customer.grade.scheme"].search([("metric_id", "=", self._metric("growth").id)]).unlink()
        self.env["customer.assessment.criterion"].search(
            [("metric_id", "=", self._metric("growth").id)]
        ).unlink()
        self._metric("growth").unlink()
        self.assertFalse(rule.active)
        self.assertEqual(len(rule.condition_ids), 1)

    def test_a_copy_has_a_code_of_its_own_and_the_same_conditions(self):
        rule = self._make_rule()
        copy = rule.copy()
        self.assertNotEqual(copy.code, rule.code)
        self.assertEqual(copy.condition_ids.mapped("display_name"), rule.condition_ids.mapped("display_name"))
