from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

# Three years of statements each, the oldest first; Beihai gave no cost of sales in the first year.
ITEMS = ("current_assets", "inventory", "receivables", "fixed_assets", "total_assets", "current_liabilities")
ITEMS += (
    "total_liabilities",
    "equity",
    "retained_earnings",
    "sales",
    "cost_of_sales",
    "ebit",
    "pretax_profit",
)
ITEMS += ("net_profit",)
STATEMENTS = {
    "harbin": (
        (820, 260, 240, 380, 1200, 430, 640, 560, 180, 1650, 1330, 96, 74, 55),
        (760, 330, 230, 420, 1180, 520, 720, 460, 90, 1420, 1210, 31, 4, 3),
        (690, 380, 190, 430, 1120, 640, 830, 290, -60, 1180, 1060, -52, -88, -88),
    ),
    "beihai": (
        (510, 190, 150, 210, 720, 290, 370, 350, 80, 1240, None, 66, 58, 43),
        (590, 200, 170, 230, 820, 310, 390, 430, 140, 1480, 1190, 88, 80, 60),
        (680, 210, 190, 240, 920, 330, 400, 520, 210, 1720, 1370, 118, 112, 84),
    ),
}
# What was found out about Harbin: finding and mark, by the end of the item's external id.
FINDINGS = {
    "founding_and_history": ("Founded 2009, two changes of the owner since", "normal"),
    "registered_and_paid_in_capital": ("Registered 5 million, paid in 2 million", "bad"),
    "premises_owned_or_rented": ("Rented; rent of the last quarter in arrears", "bad"),
    "head_and_shareholders": ("Mr Han, 80 %; holds two other trading companies", "normal"),
    "character_and_conduct": ("Polite, hard to reach since the spring", "normal"),
    "main_customers": ("A department store takes 60 % of the sales", "bad"),
    "season_and_stock": ("Stock of the last winter still there", "bad"),
    "profit_and_its_trend": ("Loss of 88,000 in the last year", "bad"),
    "liquidity": ("Current ratio 1.08, falling for two years", "bad"),
    "credit_lines_and_their_use": ("Line of 300,000, fully used", "bad"),
    "land_buildings_and_equipment": ("Two vans, shop fittings", "normal"),
    "payments_to_other_suppliers": ("One supplier delivers against cash only", "bad"),
    "attitude_to_payment": ("Confirms its statements, promises, does not pay", "bad"),
    "paid_to_us_on_time_12_months": (None, "bad"),
    "suits_and_enforcement": ("One suit over payment, settled", "normal"),
    "list_of_dishonest_debtors": ("Not on it", "good"),
}
BRIEF = {"character": 15, "capacity": 14, "capital": 13, "collateral": 6, "conditions": 12}
STAFF = {
    "harbin_zhao": {
        "authority": 2,
        "honesty": 3,
        "promises": 1,
        "cooperation": 3,
        "stability": 2,
        "money": 0,
    },
    "beihai_sun": {"authority": 4, "honesty": 5, "promises": 4, "cooperation": 5, "stability": 4, "money": 4},
}
# The ratings of the last twelve months, the oldest first; None is not rated.
RATINGS = {
    "harbin": ("bbb",) * 4 + ("bb",) * 6 + ("ccc",) * 2,
    "beihai": (None, None, "bb", "bb", "bb", "bbb", "bbb", "bbb", "bbb", "a", "a", "a"),
    "silkroad": (None,) * 6 + ("a",) * 6,
}


class CustomerDemoStory(models.AbstractModel):
    """What was found out about the credit of the customers of the story, and how it went month by month."""

    _inherit = "customer.demo.story"

    @api.model
    def _survey_credit(self):
        """Enter statements, investigations and assessments, and make up the standing of twelve months."""
        company = self.env.ref("base.main_company")
        if not company.chart_template:
            return
        admin = self.with_user(self.env.ref("base.user_admin")).with_company(company)
        story = admin.with_context(tracking_disable=True, mail_notrack=True)
        story._enter_statements(company)
        story._investigate(company)
        story._assess_sides_and_staff(company)
        self.sudo().with_context(tracking_disable=True)._backfill_standing(company)

    def _partner(self, name):
        return self.env.ref(f"customer_management.partner_{name}")

    @api.model
    def _enter_statements(self, company):
        year = fields.Date.today().year
        values = []
        for name, rows in STATEMENTS.items():
            for back, row in zip((3, 2, 1), rows, strict=True):
                figures = {
                    item: amount * 1000 for item, amount in zip(ITEMS, row, strict=True) if amount is not None
                }
                values.append(
                    {
                        "partner_id": self._partner(name).id,
                        "company_id": company.id,
                        "currency_id": company.currency_id.id,
                        "date": f"{year - back}-12-31",
                        "source": "customer" if name == "beihai" else "registry",
                        "is_audited": name == "beihai",
                        **figures,
                    }
                )
        self.env["customer.credit.statement"].create(values)

    @api.model
    def _investigate(self, company):
        investigations = self.env["customer.credit.investigation"]
        harbin = investigations.create(
            {
                "partner_id": self._partner("harbin").id,
                "company_id": company.id,
                "date": fields.Date.today() - relativedelta(months=2),
                "method": "both",
            }
        )
        lines = {line.name: line for line in harbin.line_ids}
        for key, (finding, mark) in FINDINGS.items():
            line = lines[self.env.ref(f"customer_credit.credit_inquiry_item_{key}").name]
            line.write({"mark": mark, **({"finding": finding, "date": harbin.date} if finding else {})})
        harbin.write(
            {
                "verdict": "Sells less each year, lives on its suppliers and on a full credit line. "
                "Pays those first who stop delivering. No more open terms; what is owed goes to the collection desk.",
                "advice": "cash",
                "security": "Guarantee of Mr Han for what is open",
            }
        )
        harbin.action_finish()
        investigations.create({"partner_id": self._partner("beihai").id, "company_id": company.id})

    @api.model
    def _assess_sides_and_staff(self, company):
        self._assess_as("brief", {"partner_id": self._partner("beihai").id}, BRIEF, company)
        for name, answers in STAFF.items():
            person = self.env.ref(f"customer_credit.partner_{name}")
            about = {"partner_id": person.parent_id.id, "contact_id": person.id}
            self._assess_as("staff", about, answers, company)

    @api.model
    def _assess_as(self, template, about, answers, company):
        """Finish an assessment with these answers, by the ends of the external ids of the criteria."""
        name = f"customer_credit.assessment_template_{template}"
        assessment = self.env["customer.assessment"].create(
            {"template_id": self.env.ref(name).id, "company_id": company.id, **about}
        )
        lines = {line.rule["id"]: line for line in assessment.line_ids}
        for key, value in answers.items():
            lines[self.env.ref(f"{name}_{key}").id].value = value
        assessment.action_finish()

    @api.model
    def _backfill_standing(self, company):
        """Write the standing of twelve months with the ratings of the story; the accounts' own come back after."""
        standing = self.env["customer.credit.standing"]
        accounts = {name: self.env.ref(f"customer_credit.credit_account_{name}") for name in RATINGS}
        kept = {account: account.rating_id for account in accounts.values()}
        month_end = standing._last_month_end()
        for back in range(11, -1, -1):
            for name, path in RATINGS.items():
                rating = (
                    path[11 - back] and self.env.ref(f"customer_credit.credit_rating_{path[11 - back]}").id
                )
                accounts[name].rating_id = rating
            standing._record(company, standing._month_end(month_end, back) if back else month_end)
        for account, rating in kept.items():
            account.rating_id = rating
        worst = standing.search(
            [("mark", "=", "down"), ("account_id", "=", accounts["harbin"].id), ("is_event", "=", True)],
            limit=1,
        )
        worst.write({"cause": "Nothing paid since the spring", "measure": "Cash only; collection plan"})
