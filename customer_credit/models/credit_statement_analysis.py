from odoo import api, fields, models

from odoo.addons.customer_management.tools import print_font
from odoo.addons.customer_management.tools.living_text import table

from .credit_ratio import LABELS

YEARS = 3
# What the customer's payments to us say of the same years.
PAYMENTS = ("days_late_average", "on_time_rate")


class CustomerCreditStatement(models.Model):
    """What a statement says beside those of the years before: ratios, norms, verdicts, and how we were paid."""

    _inherit = "customer.credit.statement"

    analysis_table = fields.Html(string="Analysis", compute="_compute_analysis")
    analysis_chart = fields.Json(string="Trend", compute="_compute_analysis")

    @api.depends("ratio_ids.value", "date", "partner_id")
    @api.depends_context("lang", "company")
    def _compute_analysis(self):
        marks = dict(self.env["customer.credit.ratio"]._fields["verdict"]._description_selection(self.env))
        for statement in self._origin:
            analysis = statement._analysis()
            head = [self.env._("Item"), *analysis["years"], self.env._("Trade Norm"), self.env._("Verdict")]
            rows = [
                [row["name"], *row["texts"], row["norm"] or "–", marks.get(row["verdict"], "–")]
                for row in analysis["rows"]
            ]
            statement.analysis_table = table(head, rows)
            statement.analysis_chart = statement._analysis_chart(analysis)
        for statement in self:
            statement.analysis_table = statement._origin.analysis_table
            statement.analysis_chart = statement._origin.analysis_chart

    def _last_years(self):
        """Return the statements of this kind up to this one, the oldest first, three at most."""
        self.ensure_one()
        domain = [
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "in", [self.company_id.id, False] if self.company_id else [False]),
            ("date", "<=", self.date),
            "|",
            ("kind", "=", "annual"),
            ("id", "=", self.id),
        ]
        return self.search(domain, limit=YEARS, order="date desc, id desc").sorted("date")

    def _analysis(self):
        """Return the ratios of up to three years with norm and verdict, and the payments of those years.

        :return: ``{"years": [...], "rows": [{"code", "name", "values", "texts", "norm", "verdict"}]}``; a value
            that is not known is None and its text a dash; norm and verdict are those of the last value
        """
        self.ensure_one()
        statements = self._last_years()
        return {
            "years": statements.mapped(lambda statement: statement.year or ""),
            "rows": self._ratio_rows(statements) + self._payment_rows(statements),
        }

    def _ratio_rows(self, statements):
        found = {(ratio.statement_id.id, ratio.code): ratio for ratio in statements.ratio_ids}
        names = dict(self.env["customer.credit.ratio"]._fields["code"]._description_selection(self.env))
        rows = []
        for code, _label in LABELS:
            ratios = [found.get((statement.id, code)) for statement in statements]
            last = ratios[-1] if ratios else None
            rows.append(
                {
                    "code": code,
                    "name": names[code],
                    "values": [ratio.value if ratio else None for ratio in ratios],
                    "texts": [ratio.text if ratio else "–" for ratio in ratios],
                    "norm": last.norm if last else False,
                    "verdict": last.verdict if last else False,
                }
            )
        return rows

    def _payment_rows(self, statements):
        """Return how late and how much on time the customer paid us in the years of the statements."""
        metrics = self.env["customer.metric"].sudo()
        company, today = self.company_id or self.env.company, fields.Date.context_today(self)
        found = [
            metrics._evaluate(PAYMENTS, min(statement.date, today), 12, company, statement.partner_id).get(
                statement.partner_id.id, {}
            )
            for statement in statements
        ]
        names = {
            "days_late_average": self.env._("Days late with us"),
            "on_time_rate": self.env._("Paid to us on time"),
        }
        units = {"days_late_average": "days", "on_time_rate": "ratio"}
        rows = []
        for code in PAYMENTS:
            values = [None if row.get(code) is None else float(row[code]) for row in found]
            texts = [
                "–" if value is None else metrics._in_unit(round(value, 3), units[code], company.currency_id)
                for value in values
            ]
            rows.append(
                {"code": code, "name": names[code], "values": values, "texts": texts}
                | {"norm": False, "verdict": False}
            )
        return rows

    def _analysis_chart(self, analysis):
        """Return the trend: liquidity and Z above, margins below."""
        rows = {row["code"]: row for row in analysis["rows"]}
        panels = [
            ("number", ("current", "quick", "z_other")),
            ("ratio", ("debt", "gross_margin", "net_margin", "on_time_rate")),
        ]
        return {
            "labels": analysis["years"],
            "panels": [
                {
                    "unit": unit,
                    "series": [
                        {"name": rows[code]["name"], "values": rows[code]["values"], "kind": "line"}
                        for code in codes
                        if any(value is not None for value in rows[code]["values"])
                    ],
                }
                for unit, codes in panels
            ],
        }

    def _verdict_color(self, verdict):
        """Return the class by which a print marks a verdict."""
        return {"good": "text-success", "bad": "text-danger"}.get(verdict, "")

    def _verdict_name(self, verdict):
        """Return a verdict in the reader's language."""
        field = self.env["customer.credit.ratio"]._fields["verdict"]
        return dict(field._description_selection(self.env)).get(verdict, "")

    def _print_font(self):
        """Return the style of the font of a print for the reader's language."""
        return print_font(self.env)
