from datetime import timedelta

from odoo import api, fields, models

# What the controller knows of a good customer's accounts and company, and of one that pays nothing any more.
GOOD = {
    "capital": 2000000,
    "our_limit": 60000,
    "current_assets": 800000,
    "current_liabilities": 500000,
    "liabilities": 700000,
    "assets": 1300000,
    "sales": 4200000,
    "profit": 190000,
    "security": 20000,
}
WEAK = {
    "capital": 100000,
    "our_limit": 5000,
    "current_assets": 90000,
    "current_liabilities": 110000,
    "liabilities": 160000,
    "assets": 180000,
    "sales": 300000,
    "profit": -20000,
    "security": 0,
}
JUDGED = {
    "beihai": {"form": (4, None), "management": (2, "Steady, thin second row"), "trade": (2, None)},
    "harbin": {"form": (2, None), "management": (1, "The owner does not call back"), "trade": (1, None)},
}
TYPED = {
    "inventory": 300000,
    "equity": 600000,
    "pretax_profit": 240000,
    "suppliers": 8,
    "trade_current_ratio": 1.4,
}


class CustomerDemoStory(models.AbstractModel):
    """The credit reviews and requests of the story."""

    _inherit = "customer.demo.story"

    @api.model
    def _review_credit(self):
        """Review one customer, leave another for the manager, and let people ask for limits."""
        if not self.env.ref("base.main_company").chart_template:
            return
        review = self._review_customer("beihai", GOOD, risks="Pays two to three weeks late, but pays.")
        review.write(
            {
                "strengths": "Buys every month; growing chain.",
                "monitoring": "The limit is far above the need: bring it down in the next round.",
                "limit_choice": "keep",
            }
        )
        for line in review.input_ids.filtered(lambda line: line.code in TYPED):
            line.write({"value": TYPED[line.code]})
        review.action_submit()
        self._decide_all(review)
        weak = self._review_customer("harbin", WEAK, risks="Nothing paid for months; the owner evades us.")
        weak.write({"limit_choice": "cash", "security_demanded": "Payment before each delivery."})
        weak.action_submit()
        self._request_limits()
        self._start_round()

    @api.model
    def _controller(self):
        return self.env.ref("customer_management.user_zhaomin")

    @api.model
    def _review_customer(self, name, figures, **values):
        """Return the draft of a review with a finished scorecard."""
        template = "customer_credit.assessment_template_scorecard"
        assessment = self._assess_customer(template, name, "user_chenjing", JUDGED[name])
        for row in assessment.figure_ids.filtered(lambda row: row.code in figures and not row.metric):
            row.write({"value": figures[row.code], "is_known": True})
        assessment.action_finish()
        account = self.env.ref(f"customer_credit.credit_account_{name}")
        reviews = self.env["customer.credit.review"].with_user(self._controller())
        return reviews.with_company(account.company_id).create({"account_id": account.id, **values})

    @api.model
    def _decide_all(self, document):
        """Let everybody approve who is asked, step by step."""
        for login in ("customer_management.user_chenjing", "base.user_admin"):
            mine = document.with_user(self.env.ref(login))
            mine.invalidate_recordset(["can_decide"])
            if mine.can_decide:
                mine.action_approve("Agreed.")

    @api.model
    def _request_limits(self):
        """A salesperson asks for a first limit, which is granted, and for more in the season, which waits."""
        today, asked = fields.Date.today(), self.env["customer.credit.limit.request"]
        lina = asked.with_user(self.env.ref("customer_management.user_lina"))
        common = {
            "partner_id": self.env.ref("customer_management.partner_jiangnan").id,
            "company_id": self.env.ref("base.main_company").id,
            "currency_id": self.env.ref("base.main_company").currency_id.id,
        }
        first = lina.create(
            {
                **common,
                "amount": 40000,
                "date_from": today - timedelta(days=60),
                "reason": "Pays early for two years; wants to buy on account.",
            }
        )
        first.action_submit()
        self._decide_all(first)
        season = lina.create(
            {
                **common,
                "kind": "temporary",
                "amount": 8000,
                "date_from": today + timedelta(days=5),
                "date_to": today + timedelta(days=30),
                "reason": "Stock for the spring festival.",
                "security": "Its parent company signs as guarantor.",
            }
        )
        season.action_submit()

    @api.model
    def _start_round(self):
        """The half-yearly round is being prepared."""
        rounds = self.env["customer.credit.review.round"].with_user(self._controller())
        rounds = rounds.with_company(self.env.ref("base.main_company"))
        half_year = rounds.create({})
        half_year.action_fill()
        beihai = self.env.ref("customer_management.partner_beihai")
        line = half_year.request_ids.filtered(lambda line: line.partner_id == beihai)
        line.write({"proposal_manager": 30000, "proposal_finance": 20000, "amount": 20000})
