from odoo import api, models
from odoo.tools import SQL

from odoo.addons.customer_management.models.metric_sales import SALE_TYPES

# What sales can be grouped by: the expression over the lines ``s`` of ``_lines_sql``.
GROUPS = {
    "dealer": SQL("s.dealer_id"),
    "partner": SQL("s.partner_id"),
    "month": SQL("date_trunc('month', s.date)::date"),
    "categ": SQL("s.categ_id"),
    "product": SQL("s.product_id"),
}


class CustomerDealerSales(models.AbstractModel):
    """What dealers bought, line by line, from posted invoices: the one definition for targets, rebates and lists.

    A dealer's own purchases only; those of its sub-dealers are theirs. An invoice belongs to the dealer that its
    customer is today, as in the metrics.
    """

    _name = "customer.dealer.sales"
    _description = "Dealer Sales"

    @api.model
    def _counted_sql(self):
        """Hook: return the condition on the move ``m`` and the line ``l`` under which a line counts as a sale.

        An addon or a file narrows it with AND: what settles a rebate is no return of goods, for one.
        """
        return SQL("TRUE")

    @api.model
    def _lines_sql(self, company, date_from, date_to, dealers=None):
        """Return the invoiced lines of a period, both days included, by accounting date.

        Columns: dealer_id, partner_id, line_id, move_id, move_type, date, product_id, categ_id, quantity (in the
        unit of the product), amount (untaxed, company currency); credit notes are negative.

        :param company: its root is the company of the dealers; the branches' invoices count
        :param dealers: these only (default: all of the company)
        """
        companies = self.env["res.company"].sudo().search([("id", "child_of", company.root_id.id)])
        which = SQL("TRUE") if dealers is None else SQL("d.id = ANY(%s)", list(dealers.ids))
        return SQL(
            """
            SELECT d.id AS dealer_id, d.partner_id, l.id AS line_id, m.id AS move_id, m.move_type, m.date,
                   l.product_id, t.categ_id,
                   CASE m.move_type WHEN 'out_refund' THEN -1 ELSE 1 END * l.quantity
                       * COALESCE(lu.factor / NULLIF(pu.factor, 0), 1) AS quantity,
                   -l.balance AS amount
              FROM customer_dealer d
              JOIN res_partner c ON c.commercial_partner_id = d.partner_id
              JOIN account_move m ON m.commercial_partner_id = c.id
              JOIN account_move_line l ON l.move_id = m.id AND l.display_type = 'product'
         LEFT JOIN product_product p ON p.id = l.product_id
         LEFT JOIN product_template t ON t.id = p.product_tmpl_id
         LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
         LEFT JOIN uom_uom pu ON pu.id = t.uom_id
             WHERE d.company_id = %(root)s AND %(which)s AND m.company_id = ANY(%(companies)s)
               AND m.state = 'posted' AND m.move_type IN %(types)s
               AND m.date BETWEEN %(date_from)s AND %(date_to)s AND %(counted)s
            """,
            root=company.root_id.id,
            which=which,
            companies=list(companies.ids),
            types=SALE_TYPES,
            date_from=date_from,
            date_to=date_to,
            counted=self._counted_sql(),
        )

    @api.model
    def _amounts(self, company, date_from, date_to, dealers=None, groups=("dealer",)):
        """Return what was invoiced, net of credit notes, in one statement.

        :param groups: of ``GROUPS``
        :return: ``{key: {"amount": untaxed in company currency, "quantity": in the unit of the product}}``; the
            key is the value of the group, or a tuple of the values of several
        """
        self.env.flush_all()
        columns = SQL(", ").join(GROUPS[name] for name in groups)
        rows = self.env.execute_query(
            SQL(
                "SELECT %s, SUM(s.amount), SUM(s.quantity) FROM (%s) s GROUP BY %s",
                columns,
                self._lines_sql(company, date_from, date_to, dealers),
                columns,
            )
        )
        return {
            (row[0] if len(groups) == 1 else row[:-2]): {"amount": row[-2], "quantity": row[-1]}
            for row in rows
        }
