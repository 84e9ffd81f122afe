"""Short words for the tests of alerts and plans: a company whose only rules are those of the test."""

from datetime import datetime, timedelta

from odoo.fields import Command

from .common import TODAY, CustomerCase


def after(days):
    """Return the day so many days after the first evaluation."""
    return TODAY + timedelta(days=days)


class AlertCase(CustomerCase):
    """The shipped rules are there but switched off; a test switches on or makes the ones it is about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls.rules = cls.env["customer.alert.rule"]
        cls.rules.search([]).active = False
        cls.anna = cls._make_customer("Anna", user_id=cls.seller.id)

    @classmethod
    def _rule(cls, code, addon="customer_management"):
        """Return a shipped rule, switched on."""
        rule = cls.env.ref(f"{addon}.alert_rule_{code}")
        rule.active = True
        return rule

    @classmethod
    def _make_rule(cls, name="Little Revenue", limit=100, **values):
        """Return a rule that fires for customers with some revenue of the year, but less than the limit."""
        condition = {
            "metric_id": cls._metric("revenue").id,
            "months": 12,
            "operator": "lt",
            "constant": limit,
        }
        values = {"code": name.lower().replace(" ", "_"), "cure_days": 10, **values}
        if not values.get("is_manual"):
            values.setdefault("condition_ids", [Command.create(condition)])
        return cls.rules.create({"name": name, **values})

    @classmethod
    def _evaluate(cls, day=TODAY, company=None):
        return cls.rules._evaluate_all(company or cls.company, day)

    @classmethod
    def _alerts(cls, *states, **values):
        """Return the alerts of the company, as the server sees them."""
        domain = [
            ("company_id", "=", cls.company.id),
            *((name, "=", value) for name, value in values.items()),
        ]
        if states:
            domain.append(("state", "in", states))
        return cls.env["customer.alert"].sudo().search(domain)

    @classmethod
    def _fires(cls, rule, customer=None, day=TODAY):
        """Return whether a rule fires for a customer on a day."""
        return (customer or cls.anna).id in rule._try(cls.company, day).get(rule.id, ())

    @classmethod
    def _order(cls, amount, day, customer=None):
        """Return a confirmed order of a day."""
        line = {
            "product_id": cls.product.id,
            "product_uom_qty": 1,
            "price_unit": amount,
            "tax_ids": [Command.clear()],
        }
        order = cls.env["sale.order"].create(
            {"partner_id": (customer or cls.anna).id, "order_line": [Command.create(line)]}
        )
        order.action_confirm()
        order.date_order = datetime.fromisoformat(f"{day} 08:00:00")
        return order

    @classmethod
    def _make_plan(cls, customer=None, kind="problem", measures=("Call",), **values):
        """Return a draft of a plan with these measures."""
        return cls.env["customer.plan"].create(
            {
                "kind_id": cls.env.ref(f"customer_management.plan_kind_{kind}").id,
                "partner_id": (customer or cls.anna).id,
                "company_id": cls.company.id,
                "user_id": cls.seller.id,
                "line_ids": [
                    Command.create({"measure": measure, "user_id": cls.seller.id}) for measure in measures
                ],
                **values,
            }
        )
