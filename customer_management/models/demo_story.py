from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command

# How each customer of the demo company behaves: from and to which month back it buys, every how
# many months, how many of a basket, how the quantity changes from order to order, and how many
# days after the due date it pays (None: never).
BEHAVIOUR = {
    "jiangnan": (23, 0, 1, 40, 1.02, -2),
    "beihai": (23, 0, 1, 30, 1.0, 18),
    "xihu": (22, 0, 2, 24, 1.03, 4),
    "lianhua": (14, 0, 1, 9, 1.09, 0),
    "harvest": (23, 1, 2, 26, 0.88, 25),
    "sunrise": (20, 0, 3, 12, 1.0, 1),
    "panda": (21, 0, 4, 5, 1.0, 0),
    "guilin": (3, 0, 1, 4, 1.1, 0),
    "greatwall": (23, 14, 2, 22, 0.95, 30),
    "silkroad": (18, 1, 3, 18, 1.0, -5),
    "mingzhu": (23, 20, 1, 8, 1.0, 10),
    "harbin": (16, 5, 3, 14, 1.0, None),
}
WON_BACK = ("mingzhu", (2, 0, 1, 10, 1.0, 2))
PRODUCTS = ("cooker", "kettle", "hood", "stove", "purifier", "fan")


class CustomerDemoStory(models.AbstractModel):
    """The two years of a trading company that the demo data tells: orders, invoices, payments, grades."""

    _name = "customer.demo.story"
    _description = "Demo Story"

    @api.model
    def _speak(self, addon):
        """Load the translations of an addon before its story, which tells in the language of its people.

        The host loads them after the demo data, too late for what the story freezes in words.
        """
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        self.env["ir.module.module"]._load_module_terms([addon], languages)

    @api.model
    def _language(self):
        """Return the language of the people of the story."""
        return self.env.ref("customer_management.user_lina").lang

    @api.model
    def _tell(self):
        """Make the orders of the story and what followed from them, dated back from today."""
        company = self.env.ref("base.main_company")
        story = self.with_company(company).with_context(tracking_disable=True, mail_notrack=True)
        if not company.chart_template:
            return
        plan = [
            (name, day, quantity, late)
            for name, behaviour in [*BEHAVIOUR.items(), WON_BACK]
            for day, quantity, late in self._buying_days(*behaviour)
        ]
        plan.sort(key=lambda step: step[1])
        orders = story._make_orders(plan)
        invoices = story._make_invoices(orders, plan)
        story._make_payments(invoices, plan)
        story._make_exceptions(invoices)

    @api.model
    def _buying_days(self, first, last, every, quantity, trend, late):
        """Return the days on which a customer buys, how much, and how late it pays."""
        today = fields.Date.today()
        steps = []
        for back in range(first, last - 1, -every):
            day = min(today - relativedelta(months=back, days=(first * 7 + back * 3) % 11), today)
            steps.append((day, max(round(quantity), 1), late))
            quantity *= trend
        return steps

    @api.model
    def _make_orders(self, plan):
        values = []
        for i, (name, _day, quantity, _late) in enumerate(plan):
            basket = [PRODUCTS[(i + step) % len(PRODUCTS)] for step in range(1 + i % 3)]
            lines = [
                Command.create(
                    {
                        "product_id": self.env.ref(f"customer_management.product_{product}").id,
                        "product_uom_qty": max(quantity // (step + 1), 1),
                        "tax_ids": [Command.clear()],
                    }
                )
                for step, product in enumerate(basket)
            ]
            partner = self.env.ref(f"customer_management.partner_{name}")
            values.append(
                {
                    "partner_id": partner.id,
                    "user_id": partner.user_id.id,
                    "team_id": self.env.ref("customer_management.team_east").id,
                    "company_id": self.env.company.id,
                    "order_line": lines,
                }
            )
        orders = self.env["sale.order"].create(values)
        orders.action_confirm()
        for order, (_name, day, _quantity, _late) in zip(orders, plan, strict=True):
            order.date_order = datetime.combine(day, time(2))
        if "picking_ids" in orders._fields:
            self._deliver(orders)
        return orders

    @api.model
    def _deliver(self, orders):
        """Ship what was ordered in the past, so that only the last orders are still to be delivered."""
        pickings = orders.picking_ids.filtered(lambda picking: picking.state != "done")
        for move in pickings.move_ids:
            move.quantity = move.product_uom_qty
            move.picked = True
        pickings._action_done()
        for picking in pickings:
            picking.date_done = picking.sale_id.date_order + timedelta(days=1)

    @api.model
    def _make_invoices(self, orders, plan):
        invoices = self.env["account.move"]
        for order, (_name, day, _quantity, _late) in zip(orders, plan, strict=True):
            invoice = order._create_invoices()
            invoice.invoice_date = day
            invoices += invoice
        invoices.action_post()
        return invoices

    @api.model
    def _make_payments(self, invoices, plan):
        """Pay what falls before today, each customer as late as is its way."""
        today = fields.Date.today()
        for invoice, (_name, day, _quantity, late) in zip(invoices, plan, strict=True):
            if late is None:
                continue
            paid_on = max(invoice.invoice_date_due + timedelta(days=late), day)
            if paid_on <= today:
                self._pay(invoice, paid_on)

    @api.model
    def _pay(self, invoice, day, amount=None):
        values = {"payment_date": day}
        if amount:
            values["amount"] = amount
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids, tracking_disable=True
        )
        return wizard.create(values)._create_payments()

    @api.model
    def _make_exceptions(self, invoices):
        """Add what makes receivables interesting: a return, a part payment, money that nobody applied."""
        today = fields.Date.today()
        of = {name: self.env.ref(f"customer_management.partner_{name}") for name in BEHAVIOUR}
        part = invoices.filtered(lambda invoice: invoice.partner_id == of["harbin"])[:1]
        self._pay(part, part.invoice_date_due + timedelta(days=40), part.amount_residual * 0.4)
        returned = invoices.filtered(lambda invoice: invoice.partner_id == of["beihai"])[-3:-2]
        refund = returned._reverse_moves(
            [{"invoice_date": returned.invoice_date, "date": returned.invoice_date}]
        )
        refund.invoice_line_ids[1:].unlink()
        refund.invoice_line_ids.quantity = 2
        refund.invoice_date = min(returned.invoice_date + timedelta(days=12), today)
        refund.action_post()
        self.env["account.payment"].create(
            {
                "partner_id": of["silkroad"].id,
                "payment_type": "inbound",
                "partner_type": "customer",
                "amount": 3000,
                "date": today - timedelta(days=9),
                "memo": "Deposit for the spring order",
            }
        ).action_post()

    @api.model
    def _request(self):
        """Let the salespeople ask for special treatment of some customers, and the manager decide a part."""
        if not self.env.ref("base.main_company").chart_template:
            return
        ref = self.env.ref
        grades = {grade.name: grade for grade in ref("customer_management.grade_scheme_abc").grade_ids}
        until = fields.Date.today() + relativedelta(months=3)
        asked = [
            ("lina", "silkroad", "A", "Opens three new markets for us; pays in advance."),
            ("wangwei", "harvest", "B", "A second shop opens next month."),
            ("wangwei", "sunrise", "A", "Has asked for it."),
        ]
        requests = self.env["customer.grade.request"]
        for user, customer, grade, reason in asked:
            request = requests.with_user(ref(f"customer_management.user_{user}")).create(
                {
                    "partner_id": ref(f"customer_management.partner_{customer}").id,
                    "grade_id": grades[grade].id,
                    "valid_until": until,
                    "reason": reason,
                }
            )
            request.action_submit()
            requests += request
        boss = ref("customer_management.user_chenjing")
        requests[1].with_user(boss).action_approve("Agreed, for three months.")
        requests[2].with_user(boss)._approval_mine()._decide("refused", "Orders have not grown for a year.")

    @api.model
    def _grade(self):
        """Grade the customers of the story twice and leave a third run to look at."""
        company = self.env.ref("base.main_company")
        if not company.chart_template:
            return
        scheme = self.env.ref("customer_management.grade_scheme_abc").with_company(company)
        today = fields.Date.today()
        for months in (9, 3):
            scheme.action_run(today - relativedelta(months=months)).action_apply()
        scheme.action_run(today)
