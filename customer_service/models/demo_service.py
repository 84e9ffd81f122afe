from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

from ..tools import lunar

# A signature that a hand could have drawn: a small picture of a stroke.
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAKAAAAAyAQAAAADzGu3IAAAA4UlEQVR42uWTvQ2DMBCFLaUgRaTbIGySG83pKLNSkAvPgVjA"
    "6VwgX87vICGBDcDWyfr8dL/Yyc7nDg/vfgc63sJybbdwYoITXsMsHc60hi8JVd82azjoUj0HOCGDoyS1CVfFNQajeq36BCfR"
    "4EMmX/VZbfLygVz11Q5LoFYK16uiNQRAxlk3YXeAJiNcdVJohjVKB4dBgwNa6Ag7IAHAjPyrTT5ZmVFLXzLP3BsMgHONdDI4"
    "6lKND9/uOdVF9Bl9e7LBhHzLhdbjyJ7+Z+dkumFqz5/BlTPv/AzO78D+AA/hDdLGpGIpK8DmAAAAAElFTkSuQmCC"
)
# Code, customer, product, kind, fault, how far, days ago.
REQUESTS = (
    ("plan", "jiangnan", "hood", "on_site", "The hood in the show kitchen does not start", "planned", 2),
    ("signed", "beihai", "hood", "on_site", "A hood rattles at full speed", "signed", 6),
    ("paid", "greatwall", "stove", "on_site", "Two burners do not light", "done", 3),
    ("remote", "lianhua", "kettle", "remote", "The kettle shows error E3", "closed", 12),
    ("repair", "xihu", "purifier", "repair", "The purifier leaks at the valve", "draft", 1),
)
# Whose contact has its birthday in how many days, in which calendar.
BIRTHDAYS = (
    ("beihai", "Sun Hao", 1, "solar", 1978),
    ("jiangnan", "Qian Li", 2, "lunar", 1969),
    ("xihu", "Shen Yun", 0, "lunar", 0),
    ("lianhua", "He Jing", 20, "solar", 1985),
)


class CustomerDemoStory(models.AbstractModel):
    """A week of service and care: a visit tomorrow, a report that is signed, one to pay for, birthdays and calls."""

    _inherit = "customer.demo.story"

    @api.model
    def _serve(self):
        """Make the service requests and the care of the story."""
        company = self.env.ref("base.main_company")
        agent = self.env.ref("customer_service.user_fangmin")
        story = self.with_user(agent).with_company(company).with_context(tracking_disable=True)
        for number, (code, *facts) in enumerate(REQUESTS):
            request = story._service(number, *facts)
            story._name_it(f"service_request_{code}", request)
        story._birthdays()
        story._cares()

    def _name_it(self, name, record):
        self.env["ir.model.data"].sudo()._update_xmlids(
            [{"xml_id": f"customer_service.{name}", "record": record, "noupdate": True}]
        )

    def _service(self, number, customer, product, kind, fault, until, days):
        partner = self.env.ref(f"customer_management.partner_{customer}")
        goods = self.env.ref(f"customer_management.product_{product}")
        sold = (
            self.env["sale.order.line"]
            .sudo()
            .search(
                [
                    ("product_id", "=", goods.id),
                    ("order_partner_id", "=", partner.id),
                    ("state", "=", "sale"),
                ],
                order="id desc",
                limit=1,
            )
        )
        now = fields.Datetime.now().replace(minute=0, second=0)
        start = now.replace(hour=7 + number) + timedelta(days=1 if until == "planned" else -days + 1)
        request = self.env["customer.service.request"].create(
            {
                "kind": kind,
                "partner_id": partner.id,
                "product_id": goods.id,
                "order_id": sold.order_id.id,
                "fault": fault,
                "date_reported": now - timedelta(days=days),
                "visit_ids": []
                if until == "draft"
                else [
                    Command.create(
                        {"user_id": self.env.uid, "date_from": start, "date_to": start + timedelta(hours=2)}
                    )
                ],
            }
        )
        request._demo_go(until)
        return request

    def _birthdays(self):
        """Give contacts birthdays near today, two of them in the Chinese calendar."""
        today = fields.Date.context_today(self)
        for customer, name, days, calendar, year in BIRTHDAYS:
            day = today + timedelta(days=days)
            kept = lunar.to_lunar(day) if calendar == "lunar" else day
            partner = self.env.ref(f"customer_management.partner_{customer}")
            contact = (
                self.env["res.partner"]
                .sudo()
                .create(
                    {
                        "name": name,
                        "parent_id": partner.id,
                        "email": f"{name.split()[0].lower()}@example.com",
                        "customer_birthday_calendar": calendar,
                        "customer_birthday_month": kept.month,
                        "customer_birthday_day": kept.day,
                        "customer_birthday_year": year,
                    }
                )
            )
            self._name_it(f"partner_{customer}_{name.split()[0].lower()}", contact)

    def _cares(self):
        """Let the rules plan, as if they had run for some weeks, and note what was done by hand."""
        system = self.sudo()
        today = fields.Date.context_today(self)
        rules = system.env["customer.care.rule"].search([("active", "=", True)])
        rules.begins_on = today - timedelta(days=30)
        for back in (21, 14, 0):
            rules._plan(today - timedelta(days=back))._announce()
        answers = (
            ("5", "Pleased with the quick delivery."),
            ("4", ""),
            ("2", "The driver left the goods outside."),
        )
        calls = system.env["customer.care"].search(
            [("channel", "=", "call"), ("kind", "in", ("delivery", "complaint"))], order="date, id", limit=3
        )
        for call, (satisfaction, words) in zip(calls, answers, strict=False):
            own = call.with_user(self.env.user)
            own.write({"satisfaction": satisfaction, "result": words})
            own.action_done()
            call.done_on = fields.Datetime.to_datetime(min(call.date, today)) + timedelta(hours=7)
        beihai = self.env.ref("customer_management.partner_beihai")
        own = self.env["customer.care"].create(
            {
                "partner_id": beihai.id,
                "channel": "visit",
                "date": today - timedelta(days=4),
                "result": self.env._("Flowers for the new shop."),
            }
        )
        own.action_done()


class CustomerServiceRequest(models.Model):
    """How the demo takes a service request through its steps."""

    _inherit = "customer.service.request"

    def _demo_go(self, until):
        """Take the steps of a request until a state."""
        if until == "draft":
            return
        self.action_plan()
        if until == "planned":
            return
        self.action_start()
        self.write(
            {
                "findings": self.env._("A screw of the fan was loose."),
                "work_done": self.env._("Tightened, cleaned, and tried for ten minutes."),
                "hours": 1.5,
            }
        )
        if self.kind == "on_site":
            seal = self.env.ref("customer_service.product_seal")
            self.part_ids = [Command.create({"product_id": seal.id, "quantity": 1})]
        self.action_done()
        if until == "signed":
            self._sign("Sun Hao", PICTURE)
        elif until == "closed":
            self.action_close()
        elif self.part_ids:
            self.action_quote()
