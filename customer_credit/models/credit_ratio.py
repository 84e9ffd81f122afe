from odoo import api, fields, models

from ..tools import compute_ratios, judge

LABELS = [
    ("current", "Current Ratio"),
    ("quick", "Quick Ratio"),
    ("debt", "Debt Ratio"),
    ("receivable_turnover", "Receivables Turnover"),
    ("stock_turnover", "Stock Turnover"),
    ("gross_margin", "Gross Margin"),
    ("net_margin", "Net Margin"),
    ("return_on_equity", "Return on Equity"),
    ("working_asset", "Working Asset"),
    ("evaluation", "Evaluation E"),
    ("z", "Z (Listed Maker)"),
    ("z_private", "Z' (Private Company)"),
    ("z_other", "Z″ (Others)"),
]
PLACES = {code: place for place, (code, _label) in enumerate(LABELS)}
SHARES = ("debt", "gross_margin", "net_margin", "return_on_equity")
VERDICTS = [("good", "Good"), ("normal", "Normal"), ("bad", "Bad")]


class CustomerCreditRatio(models.Model):
    """A ratio of a financial statement. Where a figure is missing there is no row: missing is not zero."""

    _name = "customer.credit.ratio"
    _description = "Financial Ratio"
    _order = "partner_id, sequence, date desc, id"
    _rec_name = "code"

    statement_id = fields.Many2one("customer.credit.statement", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(related="statement_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="statement_id.company_id", store=True, index=True)
    date = fields.Date(related="statement_id.date", store=True)
    year = fields.Char(related="statement_id.year", store=True)
    code = fields.Selection(LABELS, string="Item", required=True)
    sequence = fields.Integer()
    value = fields.Float(aggregator="avg")
    text = fields.Char(string="In Words", compute="_compute_text")
    norm_id = fields.Many2one("customer.credit.norm", compute="_compute_verdict")
    norm = fields.Char(string="Trade Norm", compute="_compute_verdict")
    verdict = fields.Selection(VERDICTS, compute="_compute_verdict")

    @api.model
    def _values_of(self, statement):
        """Return the values of the ratios of a statement, in their order."""
        found = compute_ratios(statement._figures())
        return [
            {"statement_id": statement.id, "code": code, "sequence": PLACES[code], "value": value}
            for code, value in sorted(found.items(), key=lambda pair: PLACES[pair[0]])
        ]

    @api.depends("value", "code")
    @api.depends_context("lang")
    def _compute_text(self):
        for ratio in self:
            ratio.text = ratio._in_words(ratio.code, ratio.value, ratio.statement_id.currency_id)

    @api.model
    def _in_words(self, code, value, currency):
        """Return a value as it is read: a percentage, an amount or a number."""
        unit = "money" if code == "working_asset" else "ratio" if code in SHARES else None
        return self.env["customer.metric"]._in_unit(round(value, 4), unit, currency)

    @api.depends("value", "code", "partner_id.industry_id")
    @api.depends_context("company")
    def _compute_verdict(self):
        norms = self.env["customer.credit.norm"]._norms(self.partner_id.industry_id)
        for ratio in self:
            company = ratio.company_id or self.env.company
            norm = norms.get((ratio.code, ratio.partner_id.industry_id.id, company.id))
            ratio.norm_id = norm
            ratio.norm = norm and norm._in_short()
            ratio.verdict = norm and judge(ratio.value, norm.good, norm.bad)
