from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

CONTACTS = [
    ("beihai", 20, "visit", "Shelf space in spring", "Two more metres from March", 5, False),
    ("beihai", 8, "phone", "Late payment", "Pays the older invoice on Friday", -2, False),
    ("harvest", 30, "meeting", "Order of the season", "Decides after its stocktaking", 12, False),
    ("silkroad", 15, "mail", "Price list in Russian", "Sent", -10, "Sent and received"),
    ("xihu", 4, "visit", "Training of the new staff", "Half a day is enough", None, False),
]
DEALS = [
    ("beihai", "Beibu Gulf Hotel", "Kitchens of the new wing", 18000, 40, "portal"),
    ("beihai", "Qinzhou Port Canteen", "Hoods and stoves", 6500, 75, "staff"),
    ("silkroad", "Xi'an Airport Catering", "Water purifiers", 12000, 60, "staff"),
    ("harvest", "Beibu Gulf Hotel Ltd.", "Cookers", 5000, 30, "portal"),
]
PROMOTIONS = [
    ("beihai", "Autumn kettles", 75, 30, "Clear last season's kettles", "price", 9000, 400, 300),
    ("xihu", "Opening of the tea fair", -10, 7, "Show the new purifier", "fair", 5000, 600, 200),
]


class CustomerDemoStory(models.AbstractModel):
    """What goes on with the dealers of the story: deals, promotions, contacts, and what came of the sales."""

    _inherit = "customer.demo.story"

    @api.model
    def _dealer_work(self):
        """Tell of the work with dealers."""
        self._dealer_contacts()
        self._dealer_deals()
        self._dealer_promotions()
        company = self.env.ref("base.main_company")
        self.env["customer.dealer.analysis"].create({"company_id": company.id})

    def _dealer(self, name):
        return self.env.ref(f"customer_channels.dealer_{name}")

    def _dealer_contacts(self):
        today, lina = fields.Date.today(), self.env.ref("customer_management.user_lina")
        self.env["customer.dealer.contact"].create(
            [
                {
                    "dealer_id": self._dealer(name).id,
                    "date": today - timedelta(days=back),
                    "way": way,
                    "matter": matter,
                    "answer": answer,
                    "user_id": self._dealer(name).user_id.id or lina.id,
                    "date_due": today + timedelta(days=due) if due is not None else False,
                    "result": result,
                }
                for name, back, way, matter, answer, due, result in CONTACTS
            ]
        )

    def _dealer_deals(self):
        today = fields.Date.today()
        # The leads of an earlier telling stay when the addon goes: nobody works on them any more.
        customers = [customer for _name, customer, *_rest in DEALS]
        self.env["crm.lead"].search([("partner_name", "in", customers)]).action_archive()
        deals = self.env["customer.dealer.deal"].create(
            [
                {
                    "dealer_id": self._dealer(name).id,
                    "end_customer": customer,
                    "project": project,
                    "amount": amount,
                    "date_expected": today + timedelta(days=days),
                    "source": source,
                }
                for name, customer, project, amount, days, source in DEALS
            ]
        )
        # One is protected, which stands against the last one; one waits for its approval.
        (deals[0] + deals[1]).action_submit()
        deals[0].with_user(self.env.ref("customer_management.user_chenjing")).action_approve()

    def _dealer_promotions(self):
        today = fields.Date.today()
        promotions = self.env["customer.dealer.promotion"].create(
            [
                {
                    "name": name,
                    "dealer_id": self._dealer(dealer).id,
                    "user_id": self._dealer(dealer).user_id.id or self.env.uid,
                    "date_from": today - timedelta(days=start),
                    "date_to": today - timedelta(days=start - days + 1),
                    "aim": aim,
                    "way": way,
                    "goal_amount": goal,
                    "budget_ours": ours,
                    "budget_dealer": theirs,
                    "materials": "Posters, 200 leaflets",
                    "staff": "One promoter on weekends",
                }
                for dealer, name, start, days, aim, way, goal, ours, theirs in PROMOTIONS
            ]
        )
        done = promotions[0]
        done.action_submit()
        if done.approval_state == "pending":
            done.with_user(self.env.ref("base.user_admin")).action_approve()
        if done.approval_state == "approved":
            paper = self.env["ir.attachment"].create({"name": "leaflets.txt", "raw": b"200 leaflets"})
            self.env["customer.dealer.promotion.cost"].create(
                {
                    "promotion_id": done.id,
                    "date": done.date_from,
                    "name": "Leaflets",
                    "amount": 220,
                    "proof_ids": [Command.link(paper.id)],
                }
            )
