from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..exceptions import UnknownMetricError
from ..tools import MetricScope, trailing_period


class CustomerMetric(models.Model):
    """A figure about customers that is computed from the host's own documents.

    A metric is a record and a method ``_metric_<code>(scope)`` that returns ``SQL`` selecting
    ``(partner_id, value)``: one row a customer, the customer being the commercial partner. A customer
    without a row, or with a NULL value, has no value: missing is not zero. An addon adds a metric by
    inheriting this model with such a method and by a record of the same code.
    """

    _name = "customer.metric"
    _description = "Customer Metric"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True, help="The name under which rules and formulas know it.")
    sequence = fields.Integer(default=10)
    unit = fields.Selection(
        [
            ("money", "Money"),
            ("ratio", "Ratio"),
            ("count", "Count"),
            ("days", "Days"),
            ("months", "Months"),
        ],
        required=True,
        default="count",
    )
    higher_is_better = fields.Boolean(default=True)
    description = fields.Text(
        translate=True,
        help="What it counts, from which documents, in which period and with which sign.",
    )
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a metric with this code.")

    @api.constrains("code")
    def _check_code(self):
        for metric in self:
            if not hasattr(type(self), f"_metric_{metric.code}"):
                raise ValidationError(
                    self.env._(
                        "No installed addon computes the metric “%(code)s”. Install the addon that "
                        "brings it, or use the code of an existing metric.",
                        code=metric.code,
                    )
                )

    @api.model
    def _scope(self, date_to, months=12, company=None, partners=None):
        """Return the scope of the ``months`` months that end on ``date_to``.

        :param company: the company; its branches are included (default: the current one)
        :param partners: customers to restrict to, as commercial partners (default: all)
        """
        company = company or self.env.company
        branches = self.env["res.company"].sudo().search([("id", "child_of", company.id)])
        date_from, date_to = trailing_period(fields.Date.to_date(date_to), months)
        return MetricScope(
            company_ids=tuple(branches.ids),
            date_from=date_from,
            date_to=date_to,
            months=months,
            partner_ids=None if partners is None else tuple(partners.ids),
            timezone=company.partner_id.tz or self.env.user.tz or "UTC",
        )

    @api.model
    def _statement_sql(self, code, scope):
        """Return the statement of one metric: rows of (partner_id, value).

        :raises UnknownMetricError: when no installed addon computes it
        """
        method = getattr(type(self), f"_metric_{code}", None)
        if not method:
            raise UnknownMetricError(
                self.env._("No installed addon computes the metric “%(code)s”.", code=code),
            )
        return method(self, scope)

    @api.model
    def _evaluate_sql(self, codes, scope):
        """Return one statement with a row a customer: partner_id and a column for each code.

        The columns are named by the codes; a customer has a row if any of the metrics has a value.
        """
        codes = list(dict.fromkeys(codes))
        statements = [self._statement_sql(code, scope) for code in codes]
        if len(codes) == 1:
            return SQL(
                "SELECT partner_id, value::numeric AS %s FROM (%s) m WHERE value IS NOT NULL",
                SQL.identifier(codes[0]),
                statements[0],
            )
        parts = [
            SQL("SELECT partner_id, %s AS code, value::numeric FROM (%s) m", i, statement)
            for i, statement in enumerate(statements)
        ]
        columns = [
            SQL("MAX(value) FILTER (WHERE code = %s) AS %s", i, SQL.identifier(c))
            for i, c in enumerate(codes)
        ]
        return SQL(
            "SELECT partner_id, %s FROM (%s) v WHERE value IS NOT NULL GROUP BY partner_id",
            SQL(", ").join(columns),
            SQL(" UNION ALL ").join(parts),
        )

    @api.model
    def _evaluate(self, codes, date_to, months=12, company=None, partners=None):
        """Compute metrics for many customers in one statement.

        :param list[str] codes: which ones
        :param date_to: the last day of the period
        :param int months: the length of the period
        :param partners: commercial partners to restrict to (default: all)
        :return: ``{partner_id: {code: value}}``; a value that is missing is None
        :raises UnknownMetricError: when no installed addon computes one of them
        """
        codes = list(dict.fromkeys(codes))
        if not codes or (partners is not None and not partners):
            return {}
        self.env.flush_all()
        scope = self._scope(date_to, months, company, partners)
        rows = self.env.execute_query(self._evaluate_sql(codes, scope))
        return {row[0]: dict(zip(codes, row[1:], strict=True)) for row in rows}

    @api.model
    def _series(self, code, date_to, months=12, company=None, partners=None):
        """Compute a metric month by month in one statement; the last month ends on ``date_to``.

        Together the months are exactly the period that ``_evaluate`` looks at.

        :return: ``{partner_id: [value of the oldest month, ..., value of the last one]}``, None where missing
        """
        self.env.flush_all()
        whole = self._scope(date_to, months, company, partners)
        statements = [
            SQL("SELECT %s AS month, partner_id, value FROM (%s) m", i, self._statement_sql(code, scope))
            for i, scope in enumerate(whole.by_month)
        ]
        series = {}
        for month, partner, value in self.env.execute_query(SQL(" UNION ALL ").join(statements)):
            series.setdefault(partner, [None] * months)[month] = value
        return series
