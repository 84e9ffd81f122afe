from odoo import api, models
from odoo.tools import SQL

# A chart has at most so many bars; with more customers each bar stands for equally many of them.
BARS = 50


class CustomerGradeChart(models.AbstractModel):
    """The figures of a Pareto chart and of the grades beside it, stored or as a preview."""

    _name = "customer.grade.chart"
    _description = "Pareto Chart Data"

    @api.depends("state", "result_ids.grade_id")
    def _compute_chart(self):
        self.env["customer.grade.result"].flush_model(["grade_id"])
        for run in self:
            if run.state == "draft" or not run.id:
                run.chart = False
                continue
            grades = run.scheme_id.grade_ids
            source = SQL(
                """
                SELECT partner_id, value, rank, position, cumulative_share,
                       ARRAY_POSITION(%s::int[], grade_id) AS class,
                       CASE WHEN value > 0 THEN value ELSE 0 END AS part
                  FROM customer_grade_result WHERE run_id = %s
                """,
                grades.ids,
                run.id,
            )
            chart = run._chart(source, grades, run.scheme_id)
            # The cuts that the run was computed with, whatever they have become since.
            settings = run.settings or {}
            cuts = dict(zip(settings.get("grades", ()), settings.get("cuts", ()), strict=False))
            for row in chart["grades"]:
                row["cut"] = cuts.get(row["name"], row["cut"])
            run.chart = chart

    @api.model
    def _chart(self, source, grades, scheme):
        """Return the data of the chart.

        :param SQL source: rows of (partner_id, value, part, position, class)
        :param grades: the grades, best first
        :return: ``{"grades": [...], "bars": [...], "customers": n, "total": amount, ...}``; ``ranked`` of
            the customers have something; each bar has a label, the average amount of a customer, the
            cumulative share and its grade
        :rtype: dict
        """
        bars, counts, ranked = [], {}, 0
        for kind, key, first, last, number, amount, klass, label in self.env.execute_query(
            self._chart_sql(source)
        ):
            if kind == "grade":
                counts[key] = (number, amount)
                ranked += last
            else:
                bars.append((first, last, number, amount, klass, label))
        total = float(sum(amount for _number, amount in counts.values()))
        customers = sum(number for number, _amount in counts.values())
        return {
            "grades": self._chart_grades(grades, counts, customers, total),
            "bars": self._chart_bars(bars, grades, total),
            "customers": customers,
            "ranked": ranked,
            "total": total,
            "method": scheme.method,
            "unit": "score" if scheme.method == "score" else scheme.metric_id.unit or "count",
            "currency_id": (scheme.company_id or self.env.company).currency_id.id,
        }

    @api.model
    def _chart_sql(self, source):
        """Return the bars and the counts of the grades in one statement."""
        return SQL(
            """
            WITH source AS MATERIALIZED (SELECT * FROM (%(source)s) s),
                 size AS (SELECT COUNT(*) AS n FROM source)
            SELECT 'grade', class, 0::bigint, COUNT(*) FILTER (WHERE value > 0), COUNT(*), SUM(part), class, NULL
              FROM source GROUP BY class
            UNION ALL
            SELECT 'bar', slot, MIN(position), MAX(position), COUNT(*), SUM(COALESCE(value, 0)),
                   MODE() WITHIN GROUP (ORDER BY class),
                   CASE WHEN COUNT(*) = 1 THEN MIN(p.name) END
              FROM (SELECT source.*, (position - 1) * %(bars)s / GREATEST(n, %(bars)s) AS slot FROM source, size) slots
              JOIN res_partner p ON p.id = slots.partner_id
             GROUP BY slot ORDER BY 1, 2
            """,
            source=source,
            bars=BARS,
        )

    @api.model
    def _chart_grades(self, grades, counts, customers, total):
        rows = []
        for i, grade in enumerate(grades, 1):
            number, amount = counts.get(i, (0, 0))
            rows.append(
                {
                    "name": grade.name or "",
                    "color": grade.color,
                    "cut": grade.cut,
                    "customers": number,
                    "customers_share": number / customers if customers else 0,
                    "amount": float(amount),
                    "share": float(amount) / total if total else 0,
                }
            )
        return rows

    @api.model
    def _chart_bars(self, bars, grades, total):
        cumulative, rows = 0.0, []
        for first, last, number, amount, klass, label in bars:
            cumulative += max(float(amount), 0)
            rows.append(
                {
                    "label": label or f"{first}–{last}",
                    "customers": number,
                    "value": float(amount) / number,
                    "cumulative": min(cumulative / total, 1) if total else 0,
                    "grade": klass - 1 if klass and klass <= len(grades) else len(grades) - 1,
                }
            )
        return rows
