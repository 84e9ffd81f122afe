from odoo import api, fields, models
from odoo.tools import SQL


class CustomerDealerTarget(models.Model):
    """What was attained of targets: the one statement behind lists, alerts, reviews and rebates."""

    _inherit = "customer.dealer.target"

    @api.model
    def _flows_sql(self, company, date_from, date_to, dealers=None):
        """Return what dealers bought and paid each day: rows of (dealer_id, basis, date, categ_id, amount).

        Invoiced as ``customer.dealer.sales`` counts it, collected as the metric of receipts does; company currency.
        """
        root = company.root_id
        metrics = self.env["customer.metric"]
        partners = None if dealers is None else dealers.sudo().partner_id
        scope = metrics._scope(date_to, company=root, partners=partners)
        scope = scope.__class__(**{**vars(scope), "date_from": fields.Date.to_date(date_from)})
        return SQL(
            """
            SELECT s.dealer_id, 'invoiced' AS basis, s.date, s.categ_id, SUM(s.amount) AS amount
              FROM (%s) s GROUP BY 1, 2, 3, 4
            UNION ALL
            SELECT d.id, 'collected', r.day, NULL::int, SUM(r.amount)
              FROM (%s) r JOIN customer_dealer d ON d.partner_id = r.partner_id AND d.company_id = %s
             GROUP BY 1, 2, 3, 4
            """,
            self.env["customer.dealer.sales"]._lines_sql(root, date_from, date_to, dealers),
            metrics._receipts_sql(scope),
            root.id,
        )

    @api.model
    def _attained_sql(self, company, date_from, date_to, condition, dealers=None):
        """Return what was attained of targets within a window: rows of (target_id, dealer_id, expected, attained).

        Expected is the part of the target for its days within the window; both in company currency.

        :param SQL condition: which targets, over ``t``
        """
        return SQL(
            """
            SELECT t.id AS target_id, t.dealer_id,
                   t.amount * (LEAST(t.date_to, %(date_to)s::date) - GREATEST(t.date_from, %(date_from)s::date) + 1)
                       / (t.date_to - t.date_from + 1) AS expected,
                   COALESCE(SUM(f.amount), 0) AS attained
              FROM customer_dealer_target t
         LEFT JOIN product_category wanted ON wanted.id = t.categ_id
         LEFT JOIN (SELECT flow.*, c.parent_path FROM (%(flows)s) flow
                 LEFT JOIN product_category c ON c.id = flow.categ_id) f
                ON f.dealer_id = t.dealer_id AND f.basis = t.basis
               AND f.date BETWEEN GREATEST(t.date_from, %(date_from)s::date)
                              AND LEAST(t.date_to, %(date_to)s::date)
               AND (t.categ_id IS NULL OR f.parent_path LIKE wanted.parent_path || '%%')
             WHERE t.company_id = %(root)s AND t.date_from <= %(date_to)s AND t.date_to >= %(date_from)s
               AND %(condition)s
             GROUP BY t.id
            """,
            flows=self._flows_sql(company, date_from, date_to, dealers),
            root=company.root_id.id,
            date_from=date_from,
            date_to=date_to,
            condition=condition,
        )

    def _attained(self):
        """Return what was attained of each target in its whole period: ``{target id: amount}``.

        One statement for each company.
        """
        self.env.flush_all()
        found = {}
        for company, targets in self.grouped("company_id").items():
            statement = self._attained_sql(
                company,
                min(targets.mapped("date_from")),
                max(targets.mapped("date_to")),
                SQL("t.id = ANY(%s)", targets.ids),
                targets.dealer_id,
            )
            rows = self.env.execute_query(SQL("SELECT target_id, attained FROM (%s) a", statement))
            found.update(rows)
        return found

    @api.model
    def _ratio_sql(self, company, date_from, date_to, dealers=None):
        """Return how much of its targets each dealer reached: rows of (dealer_id, expected, attained).

        Counted are the smallest parts, each for its days in the window; targets for kinds of goods count only
        for a dealer that has none for all goods in the window.
        """
        condition = SQL(
            "NOT EXISTS (SELECT FROM customer_dealer_target part WHERE part.parent_id = t.id) AND %s",
            SQL("TRUE") if dealers is None else SQL("t.dealer_id = ANY(%s)", list(dealers.ids)),
        )
        return SQL(
            """
            SELECT dealer_id, SUM(expected) AS expected, SUM(attained) AS attained
              FROM (SELECT a.*, t.categ_id IS NULL AS whole,
                           BOOL_OR(t.categ_id IS NULL) OVER (PARTITION BY a.dealer_id) AS has_whole
                      FROM (%s) a JOIN customer_dealer_target t ON t.id = a.target_id) counted
             WHERE whole OR NOT has_whole GROUP BY dealer_id
            """,
            self._attained_sql(company, date_from, date_to, condition, dealers),
        )
