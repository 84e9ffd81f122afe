from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command


class CustomerDemoStory(models.AbstractModel):
    """What the signs of danger of the demo customers are, what people made of them, and their plans."""

    _inherit = "customer.demo.story"

    @api.model
    def _alert(self):
        """Evaluate the alerts, answer some of them, and tell of two plans."""
        company = self.env.ref("base.main_company")
        if not company.chart_template:
            return
        story = self.with_company(company).with_context(tracking_disable=True, lang=self._language())
        today = fields.Date.today()
        rules = story.env["customer.alert.rule"]
        for back in (35, 7, 0):
            rules._evaluate_all(company, today - timedelta(days=back))
        story._answer_alerts(today)
        story._make_key_account_plan(today)
        story._make_endangered_plan(today)
        story._make_other_plans(today)

    @api.model
    def _customer(self, name):
        return self.env.ref(f"customer_management.partner_{name}")

    @api.model
    def _person(self, name):
        return self.env.ref(f"customer_management.user_{name}")

    @api.model
    def _answer_alerts(self, today):
        """One is reported by hand, one acknowledged, one muted."""
        alerts = self.env["customer.alert"].with_company(self.env.company)
        alerts.with_user(self._person("wangwei"))._report(
            self.env.ref("customer_management.alert_rule_rumours"),
            self._customer("harbin"),
            "The driver of a competitor says that they have not paid their wages since last month.",
            today - timedelta(days=3),
            self.env.company,
        )
        open_ones = alerts.search([("state", "=", "open"), ("is_manual", "=", False)])
        silent = open_ones.filtered(lambda alert: alert.partner_id == self._customer("greatwall"))[:1]
        silent.with_user(self._person("wangwei"))._acknowledge(
            "Their project in Tianjin is finished; the next tender is in spring. I call again in February."
        )
        season = open_ones.filtered(lambda alert: alert.partner_id == self._customer("silkroad"))[:1]
        season.with_user(self._person("lina"))._mute(
            today + timedelta(days=45), "Orders again for the spring fair; the deposit has been paid."
        )

    @api.model
    def _make_key_account_plan(self, today):
        """A plan that has ended, with its effect measured in the books."""
        start = today - relativedelta(months=7)
        lina = self._person("lina")
        plan = self._make_plan(
            "key_account",
            "jiangnan",
            lina,
            start,
            start + relativedelta(months=6),
            "Buys small appliances from us, large ones from two competitors.",
            [
                ("Competitor has 60 days", "Terms", "Offer 45 days for hoods and stoves", 20),
                ("Shelf space", "No demonstration model", "Place a water purifier to try in each store", 45),
            ],
        )
        plan.months = 6
        plan.action_start()
        value = plan._measure(start)[plan.id]
        plan.write({"value_before": value or 0, "has_before": value is not None, "measured_from": start})
        plan.goal_value = round((value or 0) * 1.1, -2)
        done, dropped = plan.line_ids
        done.result = "Agreed; two stores list the hoods."
        done.action_done()
        dropped.result = "The stores wanted money for the place."
        dropped.action_drop()
        plan.result = (
            "Hoods and stoves are in the range of two stores; the purifier waits for the renovation."
        )
        plan.action_done()

    @api.model
    def _make_endangered_plan(self, today):
        """A plan that is running for a customer who does not pay, with a measure that is overdue."""
        alerts = self.env["customer.alert"].search(
            [("partner_id", "=", self._customer("harbin").id), ("state", "=", "open")]
        )
        kind = self.env.ref("customer_management.plan_kind_endangered")
        plan = self.env["customer.plan"].search(
            [("partner_id", "=", self._customer("harbin").id), ("kind_id", "=", kind.id)], limit=1
        )
        start = today - timedelta(days=12)
        if not plan:
            plan = self._make_plan("endangered", "harbin", self._person("wangwei"), start, False, False, [])
        plan.write(
            {
                "date_start": start,
                "date_due": today + timedelta(days=18),
                "date_review": today + timedelta(days=7),
                "situation": alerts._evidence_html(),
                "line_ids": [
                    Command.clear(),
                    *self._lines(
                        [
                            (
                                "Open receivables",
                                "Cold storage stands empty",
                                "Visit, and agree on dates for each open invoice",
                                5,
                            ),
                            ("New debts", "Orders on credit", "Deliver against payment only", 1),
                            ("No security", "", "Ask the owner for a guarantee", 20),
                        ],
                        self._person("wangwei"),
                        start,
                    ),
                ],
            }
        )
        plan.action_start()
        cash = plan.line_ids[1]
        cash.result = "Told the customer; orders since then are paid in advance."
        cash.action_done()
        self.env["customer.plan"]._link_alerts({alert.id: plan.id for alert in alerts})

    @api.model
    def _make_plan(self, kind, customer, owner, start, due, situation, lines):
        values = {
            "kind_id": self.env.ref(f"customer_management.plan_kind_{kind}").id,
            "partner_id": self._customer(customer).id,
            "company_id": self.env.company.id,
            "user_id": owner.id,
            "date_start": start,
            "situation": situation,
            "line_ids": self._lines(lines, owner, start),
        }
        if due:
            values["date_due"] = due
        return self.env["customer.plan"].create(values)

    @api.model
    def _lines(self, lines, owner, start):
        return [
            Command.create(
                {
                    "problem": problem,
                    "cause": cause,
                    "measure": measure,
                    "user_id": owner.id,
                    "date_due": start + timedelta(days=days),
                }
            )
            for problem, cause, measure, days in lines
        ]
