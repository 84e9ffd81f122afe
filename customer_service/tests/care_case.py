"""What the tests of care have in common: a customer with a birthday, and rules in few words."""

from datetime import date

from .service_case import ServiceCase

TODAY = date(2026, 3, 2)


class CareCase(ServiceCase):
    """Anna Ltd buys, so its people are cared for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["customer.care.rule"].search([("active", "=", True)]).active = False
        cls.order = cls.env["sale.order"].create({"partner_id": cls.anna.id})
        cls.order.write({"state": "sale", "date_order": "2024-03-05 10:00:00"})
        cls.anna_buyer.write(
            {"email": "buyer@example.com", "customer_birthday_month": 3, "customer_birthday_day": 4}
        )
        cls.template = cls.env.ref("customer_service.care_mail_wishes")

    @classmethod
    def _rule(cls, kind="birthday", **values):
        values = {"name": kind, "kind": kind, "channel": "call", "begins_on": TODAY, "lead_days": 3, **values}
        return cls.env["customer.care.rule"].create({"company_id": cls.env.company.id, **values})

    def _mail_rule(self, **values):
        return self._rule(channel="mail", template_id=self.template.id, **values)
