import json

from odoo import api, fields, models
from odoo.tools import SQL


class CustomerAlertRule(models.Model):
    """How rules are tested: all rules of a company, for all its customers, in one statement."""

    _inherit = "customer.alert.rule"

    @api.model
    def _rules_of(self, company):
        """Return the active rules of a company; a branch has those of the companies above it too."""
        domain = [("company_id", "in", [False, *company.parent_ids.ids]), ("is_manual", "=", False)]
        return self.search([*domain, ("condition_ids", "!=", False)])

    def _hits_sql(self, company, date_to, partners=None):
        """Return where the rules fire as of a day.

        Each figure (metric, months, months ago) is computed once, whichever conditions ask for it.

        :param partners: commercial partners to restrict to (default: all)
        :return: rows of (rule_id, partner_id, value, threshold, figures); value and threshold are those
            of the first condition, figures a list with the numbers of each, as ``_spec`` with values
        """
        columns = {}
        tests = [rule._test_sql(columns) for rule in self if rule.condition_ids]
        if not tests:
            return SQL(
                "SELECT NULL::int AS rule_id, NULL::int AS partner_id, NULL::numeric AS value,"
                " NULL::numeric AS threshold, NULL::jsonb AS figures WHERE FALSE"
            )
        metrics = self.env["customer.metric"]
        scope = metrics._scope(date_to, company=company, partners=partners)
        statements = [
            SQL(
                "SELECT %s AS k, partner_id, value::numeric FROM (%s) m",
                index,
                metrics._statement_sql(code, scope.shifted(months, offset)),
            )
            for index, (code, months, offset) in enumerate(columns)
        ]
        return SQL(
            """
            WITH figures AS (%s
            ), wide AS MATERIALIZED (
                SELECT f.partner_id, p.active, %s
                  FROM figures f JOIN res_partner p ON p.id = f.partner_id
                 WHERE f.value IS NOT NULL GROUP BY f.partner_id, p.active)
            %s
            """,
            SQL(" UNION ALL ").join(statements),
            SQL(", ").join(
                SQL("MAX(f.value) FILTER (WHERE k = %s) AS %s", i, SQL.identifier(f"v{i}"))
                for i in range(len(columns))
            ),
            SQL(" UNION ALL ").join(tests),
        )

    def _test_sql(self, columns):
        """Return the customers of ``wide`` for which all conditions of this rule hold.

        :param dict columns: the figures known so far, in the order of their columns; new ones are added
        """

        def column(figure):
            return SQL.identifier(f"v{columns.setdefault(figure, len(columns))}")

        values, bounds, figures, holds = [], [], [], [SQL("TRUE")]
        if not self.include_archived:
            holds.append(SQL("active"))
        for condition in self.condition_ids:
            value = condition._left_sql(column(condition._left))
            right = (
                condition._right_sql(column(condition._right)) if condition._right else SQL("NULL::numeric")
            )
            bound = condition._bound_sql(right)
            values.append(value)
            bounds.append(bound)
            holds.append(condition._holds_sql(value, bound))
            figures.append(
                SQL(
                    "%s::jsonb || jsonb_build_object('value', %s, 'right_value', %s, 'bound', %s)",
                    json.dumps(condition._spec()),
                    value,
                    right,
                    bound,
                )
            )
        return SQL(
            "SELECT %s::int AS rule_id, partner_id, %s AS value, %s AS threshold, jsonb_build_array(%s) AS figures"
            " FROM wide WHERE %s",
            self.id,
            values[0],
            bounds[0],
            SQL(", ").join(figures),
            SQL(" AND ").join(holds),
        )

    def _try(self, company, date_to=None):
        """Test the rules as of a day without writing anything.

        :return: ``{rule_id: [partner_id, ...]}``
        """
        rules = self.filtered(lambda rule: rule.id and not rule.is_manual)
        if not rules:
            return {}
        self.env.flush_all()
        day = date_to or self._evaluation_day(company)
        hits = rules._hits_sql(company, fields.Date.to_date(day))
        found = {}
        for rule_id, partner_id in self.env.execute_query(
            SQL("SELECT rule_id, partner_id FROM (%s) h", hits)
        ):
            found.setdefault(rule_id, []).append(partner_id)
        return found

    @api.model
    def _evaluation_day(self, company):
        """Return today in the company's time zone."""
        zone = company.partner_id.tz or self.env.user.tz or "UTC"
        return fields.Date.context_today(self.with_context(tz=zone))
