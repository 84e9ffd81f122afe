from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command

# Candidates for a dealership: points by criterion, 0 to 10, by the ends of the external ids.
CANDIDATES = {
    "guilin": ("user_lina", (8, 8, 7, 9, 9, 9, 8)),
    "sunrise": ("user_wangwei", (7, 6, 6, 8, 7, 9, 6)),
    "greatwall": ("user_wangwei", (3, 6, 5, 7, 4, 6, 5)),
}
CRITERIA = ("finance", "network", "team", "logistics", "line", "will", "reputation")
SHOP = {"area": 9, "passing": 8, "display": 8, "sales": 7, "people": 9, "payment": 9, "will": 9, "opinion": 8}
VETOES = ("rival", "dishonest", "false")
# What was seen in stores: answers, figures, and what is wrong.
STORES = {
    "wanda": (
        {"location": 1, "range": 9, "display": 8, "price": 8, "rivals": 6, "pos": 9, "staff": 8},
        {"items": 14, "facings": 42, "price": 459, "stock": 60, "sales": 45},
        "Two items out of stock at the weekend",
    ),
    "heping": (
        {"location": 3, "range": 5, "display": 4, "price": 6, "rivals": 3, "pos": 2, "staff": 5},
        {"items": 6, "facings": 9, "price": 429, "stock": 48, "sales": 12},
        "Old posters, four months of stock behind the counter",
    ),
}
# Purchases on point cards: months back, product, quantity.
PURCHASES = {
    "hepu": ((7, "cooker", 40), (6, "kettle", 60), (4, "cooker", 90), (3, "fan", 30), (0, "cooker", 35)),
    "qinzhou": ((5, "kettle", 50), (4, "stove", 20), (1, "cooker", 25), (0, "kettle", 40)),
}


class CustomerDemoStory(models.AbstractModel):
    """Applications, surveys, point cards and the association of the story."""

    _inherit = "customer.demo.story"

    @api.model
    def _register_dealers(self):
        """Tell how candidates were found, stores surveyed, points earned, and members met."""
        company = self.env.ref("base.main_company")
        story = self.with_company(company).with_context(lang=self._language(), tracking_disable=True)
        story._apply()
        story._survey_stores(company)
        story._buy_on_cards()
        story._found_association(company)

    @api.model
    def _dealer_ref(self, name):
        return self.env.ref(f"customer_channels.{name}")

    @api.model
    def _apply(self):
        """Make applications at each step: inquiry, survey, waiting for approval, and one of a dealer of today."""
        surveys = self._survey_candidates()
        self._apply_surveyed(surveys)
        self._application(
            "jiangnan", "user_lina", area="hangzhou", kind="special_store", committed_sales=60000
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "Wants to sell our range in Foshan",
                "partner_name": "Foshan Bright Home",
                "email_from": "info@brighthome.example.com",
                "user_id": self.env.ref("customer_management.user_lina").id,
            }
        )
        self._application(False, "user_lina", area="foshan", lead_id=lead.id)
        old = self._application("silkroad", "user_lina", area="shaanxi", kind="agent", committed_sales=240000)
        dealer = self._dealer_ref("dealer_silkroad")
        old.sudo()._approval_write({"approval_state": "approved", "dealer_id": dealer.id})

    @api.model
    def _survey_candidates(self):
        """Finish the surveys of three candidates and of a shop; return those of the candidates by name."""
        surveys = {}
        for name, (user, points) in CANDIDATES.items():
            answers = {key: (value, None) for key, value in zip(CRITERIA, points, strict=True)}
            answers.update(dict.fromkeys(VETOES, (0, None)))
            template = "customer_channels.assessment_template_agent"
            surveys[name] = self._assess_customer(template, name, user, answers)
            surveys[name].action_finish()
        answers = {key: (value, None) for key, value in SHOP.items()} | dict.fromkeys(VETOES, (0, None))
        template = "customer_channels.assessment_template_special_store"
        self._assess_customer(template, "jiangnan", "user_lina", answers).action_finish()
        return surveys

    @api.model
    def _apply_surveyed(self, surveys):
        """Make the applications of the candidates: one waits for approval, two are compared with it."""
        first = self._application(
            "guilin",
            "user_lina",
            area="guilin",
            committed_sales=120000,
            funds=36000,
            assessment_id=surveys["guilin"].id,
            licence="91450300MA5K0001",
            capital=500000,
            outlets=12,
            staff=18,
            storage="600 m², three vans",
            brands="Two hotel supply brands, no rival",
            plan="Knows every hotel between Guilin and Yangshuo",
        )
        first.action_submit()
        self._application(
            "sunrise",
            "user_wangwei",
            area="guilin",
            committed_sales=90000,
            funds=15000,
            assessment_id=surveys["sunrise"].id,
        )
        self._application(
            "greatwall",
            "user_wangwei",
            area="beijing",
            committed_sales=200000,
            funds=80000,
            assessment_id=surveys["greatwall"].id,
        )

    @api.model
    def _application(self, partner, user, area, kind="distributor", **values):
        """Return an application, made by one of the people."""
        applications = self.env["customer.dealer.application"].with_user(
            self.env.ref(f"customer_management.{user}")
        )
        return applications.create(
            {
                "partner_id": partner and self.env.ref(f"customer_management.partner_{partner}").id,
                "type_id": self._dealer_ref(f"dealer_type_{kind}").id,
                "level": "city",
                "area_ids": [Command.set(self.env.ref(f"customer_management.area_{area}").ids)],
                **values,
            }
        )

    @api.model
    def _survey_stores(self, company):
        """Finish a survey of two stores."""
        template = "customer_channels.assessment_template_store"
        for name, (answers, figures, problem) in STORES.items():
            store = self._dealer_ref(f"dealer_store_{name}")
            survey = self.env["customer.assessment"].create(
                {
                    "template_id": self.env.ref(template).id,
                    "partner_id": store.dealer_id.partner_id.id,
                    "dealer_store_id": store.id,
                    "company_id": company.id,
                    "opinion": problem,
                }
            )
            lines = {line.rule["id"]: line for line in survey.line_ids}
            for key, value in answers.items():
                line = lines[self.env.ref(f"{template}_{key}").id]
                line.write({"value": value, "is_known": True})
            for row in survey.figure_ids:
                row.write({"value": figures[row.code], "is_known": True})
            survey.action_finish()

    @api.model
    def _buy_on_cards(self):
        """Register what sub-dealers bought, and settle the quarters that are over of one of them."""
        today = fields.Date.today()
        for name, purchases in PURCHASES.items():
            card = self._dealer_ref(f"dealer_card_{name}")
            for back, product, quantity in purchases:
                self.env["customer.dealer.card.entry"].create(
                    {
                        "card_id": card.id,
                        "date": today - relativedelta(months=back),
                        "product_id": self.env.ref(f"customer_management.product_{product}").id,
                        "quantity": quantity,
                    }
                )
        manager = self.env.ref("customer_management.user_chenjing")
        self._dealer_ref("dealer_card_hepu").with_user(manager).action_settle()

    @api.model
    def _found_association(self, company):
        """Make an association with a board, a meeting that was held and one that is called."""
        today, manager = fields.Date.today(), self.env.ref("customer_management.user_chenjing")
        association = self.env["customer.dealer.association"].create(
            {
                "name": "Association of Special-appointment Stores",
                "company_id": company.id,
                "needs_contract": False,
                "needs_deposit": False,
                "fee": 200,
                "founded_on": today - relativedelta(months=13),
                "type_ids": [Command.set(self._dealer_ref("dealer_type_special_store").ids)],
            }
        )
        offices = {"xihu": "president", "panda": "vice"}
        members = self.env["customer.dealer.association.member"].create(
            [
                {
                    "association_id": association.id,
                    "dealer_id": self._dealer_ref(f"dealer_{name}").id,
                    "joined_on": today - relativedelta(months=12),
                    "office": office,
                    "elected_on": today - relativedelta(months=5),
                }
                for name, office in offices.items()
            ]
        )
        self._meet(association, members, manager)

    @api.model
    def _meet(self, association, members, manager):
        """Hold a meeting with a decision, and call the next one."""
        today = fields.Date.today()
        morning = datetime.combine(today, time(2))
        meetings = self.env["customer.dealer.meeting"].with_user(manager)
        held = meetings.create(
            {
                "name": "Autumn promotion and prices",
                "association_id": association.id,
                "start": morning - timedelta(days=40),
                "location": "Hangzhou",
                "agenda": "<ol><li>Promotion</li><li>Display</li><li>Any other business</li></ol>",
                "minutes": "<p>Joint promotion in the last week of the month.</p>",
                "attendee_ids": [Command.set(members.ids)],
            }
        )
        held.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=today + timedelta(days=10),
            summary="Send the display plan to all members",
            user_id=manager.id,
        )
        meetings.create(
            {
                "name": "Yearly meeting",
                "association_id": association.id,
                "kind": "election",
                "start": morning + timedelta(days=30),
                "location": "Hangzhou",
            }
        )
