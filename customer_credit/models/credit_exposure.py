from odoo import api, fields, models, tools
from odoo.tools import SQL

from odoo.addons.customer_management.tools import MetricScope

# Goods ordered that are neither delivered nor invoiced, by line; a draft invoice has invoiced its quantity.
LEFT = SQL("GREATEST(sl.product_uom_qty - GREATEST(sl.qty_delivered, sl.qty_invoiced), 0)")
SHIPPED = SQL("GREATEST(sl.qty_delivered - sl.qty_invoiced, 0)")
# Goods come by transfer as long as one is open; everything else is delivered by hand.
STILL = SQL(
    "(sl.qty_delivered_method <> 'stock_move' OR EXISTS ("
    "SELECT FROM stock_move s WHERE s.sale_line_id = sl.id AND s.state NOT IN ('done', 'cancel')))"
)
# The host's down payments have no quantity: a line that has one is goods, whatever it calls itself.
ADVANCE = SQL("(sl.is_downpayment AND sl.product_uom_qty = 0)")
PRICE = SQL("COALESCE(sl.price_total / NULLIF(sl.product_uom_qty, 0), sl.price_unit)")
RATE = SQL("COALESCE(NULLIF(o.currency_rate, 0), 1)")


class CustomerCreditExposure(models.AbstractModel):
    """What a payer owes and is about to owe: the one definition for checks, lists, metrics and reports.

    Each source is a statement that returns rows of (partner_id, component, amount, due): the payer as
    commercial partner, the amount in company currency, what takes up the limit positive, and the day on which
    it falls due, NULL when that is not known yet. Its cost follows the open documents of the payer, not its
    history. An addon adds a source by overriding ``_exposure_sources`` and
    names its components in ``_exposure_labels``. (DESIGN 4, domain 4.4)
    """

    _name = "customer.credit.exposure"
    _description = "Credit Exposure"

    @api.model
    def _exposure_labels(self):
        """Return the components with their names, in the order in which they are shown."""
        return {
            "receivable": self.env._("Open receivables"),
            "advance": self.env._("Unapplied receipts and credits"),
            "draft": self.env._("Draft invoices"),
            "delivered": self.env._("Delivered, not invoiced"),
            "undelivered": self.env._("Confirmed, not delivered"),
        }

    @api.model
    def _exposure_sources(self, scope, company):
        """Return the statements whose rows add up to the exposure.

        :param MetricScope scope: the company with its branches, and the payers
        :param company: whose settings say what counts
        """
        sources = [self._exposure_items_sql(scope)]
        if company.customer_credit_draft:
            sources.append(self._exposure_drafts_sql(scope))
        if company.customer_credit_orders:
            sources.append(self._exposure_orders_sql(scope, company))
        return sources

    @api.model
    def _exposure_items_sql(self, scope):
        """Return the open items of the receivable accounts: debts, and what is paid or credited in advance.

        Accounts come first and stay apart from their items (``OFFSET``), so that the index finds those of a
        payer on each account: read by payer alone, it brings also all that ever passed through cash.
        """
        return SQL(
            """
            SELECT l.payer AS partner_id,
                   CASE WHEN l.amount_residual > 0 THEN 'receivable' ELSE 'advance' END AS component,
                   l.amount_residual AS amount, COALESCE(l.date_maturity, l.date) AS due
              FROM (SELECT id FROM account_account WHERE account_type = 'asset_receivable') a
             CROSS JOIN LATERAL (
                    SELECT %(payer)s AS payer, l.amount_residual, l.date_maturity, l.date
                      FROM account_move_line l %(join)s
                     WHERE l.account_id = a.id AND l.company_id = ANY(%(companies)s) AND l.parent_state = 'posted'
                       AND (l.amount_residual <> 0 OR l.amount_residual_currency <> 0) AND %(asked)s
                    OFFSET 0
                ) l
            """,
            companies=list(scope.company_ids),
            **self._payer_sql(scope, SQL("l.partner_id")),
        )

    @api.model
    def _exposure_drafts_sql(self, scope):
        """Return the invoices that are not posted yet; a credit note counts when it is posted only."""
        return SQL(
            """
            SELECT %(payer)s, 'draft', m.amount_total_signed, NULL::date
              FROM account_move m %(join)s
             WHERE m.state = 'draft' AND m.move_type IN ('out_invoice', 'out_receipt')
               AND m.company_id = ANY(%(companies)s) AND %(asked)s
            """,
            companies=list(scope.company_ids),
            **self._payer_sql(scope, SQL("m.commercial_partner_id")),
        )

    @api.model
    def _exposure_orders_sql(self, scope, company):
        """Return what is left of confirmed orders: shipped and not invoiced, and still to be shipped.

        Taxes are included; amounts in other currencies are taken at the order's rate. A down payment that was
        invoiced is taken off until it is deducted. Goods whose transfers are all done or cancelled will not be
        delivered any more.
        """
        return SQL(
            """
            SELECT g.payer, u.component, u.amount, NULL::date
              FROM (SELECT %(payer)s AS payer,
                           SUM(CASE WHEN %(advance)s THEN -sl.qty_invoiced ELSE %(shipped)s END
                               * %(price)s / %(rate)s) AS delivered,
                           SUM(CASE WHEN %(advance)s OR NOT (%(horizon)s) OR %(left)s = 0 OR NOT %(still)s
                                    THEN 0 ELSE %(left)s END * %(price)s / %(rate)s) AS undelivered
                      FROM sale_order o %(join)s
                      JOIN sale_order_line sl ON sl.order_id = o.id
                     WHERE o.state = 'sale' AND o.invoice_status IN ('no', 'to invoice')
                       AND o.company_id = ANY(%(companies)s) AND sl.display_type IS NULL AND %(asked)s
                     GROUP BY 1) g
             CROSS JOIN LATERAL (VALUES ('delivered', g.delivered), ('undelivered', g.undelivered)
                ) u(component, amount)
             WHERE u.amount <> 0
            """,
            rate=RATE,
            price=PRICE,
            advance=ADVANCE,
            shipped=SHIPPED,
            left=LEFT,
            still=STILL,
            horizon=self._horizon_sql(company),
            companies=list(scope.company_ids),
            **self._payer_sql(scope, SQL("o.partner_invoice_id")),
        )

    @api.model
    def _horizon_sql(self, company):
        """Return the condition that what is left of an order line is due soon enough to count."""
        if not company.customer_credit_horizon:
            return SQL("TRUE")
        return SQL(
            "COALESCE(o.commitment_date, o.date_order + sl.customer_lead * INTERVAL '1 day')"
            " < NOW() AT TIME ZONE 'UTC' + %s * INTERVAL '1 day'",
            company.customer_credit_horizon,
        )

    @api.model
    def _payer_sql(self, scope, contact):
        """Return how a source finds the payer of a contact: ``{"payer": ..., "join": ..., "asked": ...}``.

        The payer is its commercial partner. Of a single payer nothing is joined: PostgreSQL takes longer to weigh
        joins than to read the few rows.
        """
        if scope.partner_ids is not None and len(scope.partner_ids) == 1:
            [payer] = scope.partner_ids
            family = SQL("SELECT id FROM res_partner WHERE commercial_partner_id = %s", payer)
            return {
                "payer": SQL("%s", payer),
                "join": SQL(),
                "asked": SQL("%s = ANY(ARRAY(%s))", contact, family),
            }
        payer = SQL("p.commercial_partner_id")
        asked = SQL("TRUE")
        if scope.partner_ids is not None:
            asked = SQL("%s = ANY(%s)", payer, list(scope.partner_ids))
        return {"payer": payer, "join": SQL("JOIN res_partner p ON p.id = %s", contact), "asked": asked}

    @api.model
    def _exposure_rows_sql(self, scope, company):
        """Return what makes up the exposure: the rows of all sources, see the description of the model.

        What depends on the sum of all others, such as an insured part, is added by overriding this.
        """
        return SQL(" UNION ALL ").join(self._exposure_sources(scope, company))

    @api.model
    def _exposure_sql(self, company, partners=None):
        """Return one statement with a row a payer and component: (partner_id, component, amount).

        :param partners: commercial partners to restrict to (default: all)
        """
        scope = self.env["customer.metric"]._scope(fields.Date.context_today(self), 1, company, partners)
        return SQL(
            "SELECT partner_id, component, SUM(amount) AS amount FROM (%s) e GROUP BY partner_id, component",
            self._exposure_rows_sql(scope, company),
        )

    @api.model
    @tools.ormcache("company_id")
    def _family(self, company_id):
        """Return the ids of a company and its branches, which share its ledger."""
        return tuple(self.env["res.company"].sudo().search([("id", "child_of", company_id)]).ids)

    @api.model
    def _exposure_facts(self, company, partners, orders=None):
        """Compute in one statement what a decision needs to know about payers, and about orders.

        :param partners: commercial partners
        :param orders: orders that are to be decided, of which ``whole`` and ``counted`` are wanted
        :return: ``({partner id: {component: amount, "total": ..., "overdue": amount, "overdue_since": day or
            None}}, {order id: {"whole": amount, "counted": amount}})`` in company currency
        """
        self._flush_exposure()
        today = fields.Date.context_today(self)
        scope = MetricScope(self._family(company.id), today, today, 1, tuple(partners.ids))
        sources = [SQL("SELECT FALSE AS own, e.* FROM (%s) e", self._exposure_rows_sql(scope, company))]
        if orders:
            candidates = self._exposure_candidates_sql(company, orders)
            sources.append(SQL("SELECT TRUE, c.* FROM (%s) c", candidates))
        codes = list(self._exposure_labels())
        nothing = {**dict.fromkeys([*codes, "total", "overdue"], 0.0), "overdue_since": None}
        payers = {partner.id: dict(nothing) for partner in partners}
        found = {order.id: {"whole": 0.0, "counted": 0.0} for order in orders or ()}
        statement = SQL(
            """
            SELECT own, partner_id, component, SUM(amount),
                   SUM(amount) FILTER (WHERE due < %(today)s), MIN(due) FILTER (WHERE due < %(today)s)
              FROM (%(rows)s) e GROUP BY own, partner_id, component
            """,
            today=today,
            rows=SQL(" UNION ALL ").join(sources),
        )
        for own, key, component, amount, overdue, since in self.env.execute_query(statement):
            facts = (found if own else payers).setdefault(key, dict(nothing))
            facts[component] = company.currency_id.round(float(amount))
            if component == "receivable" and since:
                facts.update(overdue=company.currency_id.round(float(overdue)), overdue_since=since)
        for facts in payers.values():
            facts["total"] = company.currency_id.round(sum(facts[code] for code in codes))
        return payers, found

    @api.model
    def _exposure_of(self, company, partners=None):
        """Compute the exposure of payers in one statement.

        :return: ``{partner id: {component: amount, "total": amount}}`` in company currency, rounded to it; a
            payer of whom nothing is open has no entry when all are asked, else zeros
        """
        self._flush_exposure()
        codes = list(self._exposure_labels())
        found = {partner.id: dict.fromkeys(codes, 0.0) for partner in partners or ()}
        for partner, component, amount in self.env.execute_query(self._exposure_sql(company, partners)):
            found.setdefault(partner, dict.fromkeys(codes, 0.0))[component] = float(amount)
        currency = company.currency_id
        for components in found.values():
            for code in codes:
                components[code] = currency.round(components[code])
            components["total"] = currency.round(sum(components[code] for code in codes))
        return found

    @api.model
    def _flush_exposure(self):
        """Write pending changes of the tables that the statement reads."""
        for model in ("account.move.line", "account.move", "sale.order", "sale.order.line", "stock.move"):
            self.env[model].flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
