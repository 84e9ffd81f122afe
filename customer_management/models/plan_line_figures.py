from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import html2plaintext

# So many products say what a customer buys regularly.
MOST_PRODUCTS = 3


class CustomerPlanLine(models.Model):
    """What stands beside a measure on the countermeasure sheets: its plan, and figures of the customer."""

    _inherit = "customer.plan.line"

    idea = fields.Char(string="Growth Idea", help="Where the customer could buy more.")
    benefit = fields.Char(string="Benefits", help="What the customer gets for staying.")
    date_since = fields.Date(string="Happened On", help="When the problem was seen first.")
    amount = fields.Monetary(string="Amount at Stake")

    situation = fields.Text(compute="_compute_situation")
    goal_text = fields.Char(related="plan_id.goal_text")
    before_text = fields.Char(related="plan_id.before_text")
    after_text = fields.Char(related="plan_id.after_text")
    effect_text = fields.Char(related="plan_id.effect_text")
    plan_progress = fields.Float(related="plan_id.progress", string="Progress of the Plan", aggregator=None)
    alert_level = fields.Selection(related="plan_id.alert_level")
    monthly_average = fields.Float(related="plan_id.monthly_average", aggregator=None)
    three_years = fields.Float(related="plan_id.three_years", aggregator=None)
    growth = fields.Float(related="plan_id.growth", aggregator=None)
    recency_days = fields.Float(related="plan_id.recency_days", aggregator=None)
    tenure_months = fields.Float(related="plan_id.tenure_months", aggregator=None)
    regular_products = fields.Char(
        compute="_compute_regular_products", help="What the customer bought most in the last 12 months."
    )
    terms = fields.Char(
        string="Price and Terms",
        compute="_compute_terms",
        help="Payment terms and pricelist of the customer.",
    )

    @api.depends("plan_id.situation")
    def _compute_situation(self):
        for line in self:
            line.situation = html2plaintext(line.plan_id.situation or "").strip()

    @api.depends("partner_id", "company_id")
    @api.depends_context("lang")
    def _compute_regular_products(self):
        for company, lines in self.grouped("company_id").items():
            bought = lines._products_bought(company) if company else {}
            for line in lines:
                products = bought.get(line.partner_id.commercial_partner_id, [])
                line.regular_products = ", ".join(products[:MOST_PRODUCTS])

    def _products_bought(self, company):
        """Return the names of the products of each customer, those with most revenue of 12 months first.

        Revenue is what was invoiced less what was credited. One statement for all lines.
        """
        rows = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", company.id),
                    ("partner_id", "in", self.partner_id.commercial_partner_id.ids),
                    ("parent_state", "=", "posted"),
                    ("move_id.move_type", "in", ("out_invoice", "out_refund")),
                    ("display_type", "=", "product"),
                    ("product_id", "!=", False),
                    ("date", ">", fields.Date.context_today(self) - relativedelta(months=12)),
                ],
                ["partner_id", "product_id"],
                having=[("balance:sum", "<", 0)],
                order="balance:sum",
            )
        )
        bought = {}
        for partner, product in rows:
            bought.setdefault(partner.with_env(self.env), []).append(product.name)
        return bought

    @api.depends("partner_id", "company_id")
    def _compute_terms(self):
        for company, lines in self.grouped("company_id").items():
            for line in lines:
                customer = line.partner_id.commercial_partner_id.with_company(company)
                known = (customer.property_payment_term_id, customer.property_product_pricelist)
                line.terms = " · ".join(part.name for part in known if part)
