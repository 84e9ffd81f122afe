from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.customer_management.tools import of_customers

# Goods ordered that are neither delivered nor invoiced, by line; a draft invoice has invoiced its quantity.
LEFT = SQL("GREATEST(sl.product_uom_qty - GREATEST(sl.qty_delivered, sl.qty_invoiced), 0)")
SHIPPED = SQL("GREATEST(sl.qty_delivered - sl.qty_invoiced, 0)")


class CustomerCreditExposure(models.AbstractModel):
    """What a payer owes and is about to owe: the one definition for checks, lists, metrics and reports.

    Each source is a statement that returns rows of (partner_id, component, amount): the payer as commercial
    partner, the amount in company currency, what takes up the limit positive. Its cost follows the open
    documents of the payer, not its history. An addon adds a source by overriding ``_exposure_sources`` and
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
        """Return the open items of the receivable accounts: debts, and what is paid or credited in advance."""
        return SQL(
            """
            SELECT p.commercial_partner_id AS partner_id,
                   CASE WHEN l.amount_residual > 0 THEN 'receivable' ELSE 'advance' END AS component,
                   l.amount_residual AS amount
              FROM account_move_line l JOIN res_partner p ON p.id = l.partner_id
             WHERE l.account_id = ANY(%(accounts)s) AND l.company_id = ANY(%(companies)s)
               AND l.parent_state = 'posted' AND l.reconciled IS NOT TRUE AND %(payer)s
            """,
            accounts=self.env["customer.aging.engine"]._receivable_accounts(scope.company_ids),
            companies=list(scope.company_ids),
            payer=self._payer_sql(SQL("l.partner_id"), scope),
        )

    @api.model
    def _exposure_drafts_sql(self, scope):
        """Return the invoices that are not posted yet; a credit note counts when it is posted only."""
        return SQL(
            """
            SELECT m.commercial_partner_id, 'draft', m.amount_total_signed
              FROM account_move m
             WHERE m.state = 'draft' AND m.move_type IN ('out_invoice', 'out_receipt')
               AND m.company_id = ANY(%(companies)s) AND m.commercial_partner_id IS NOT NULL AND %(payer)s
            """,
            companies=list(scope.company_ids),
            payer=scope.partners(SQL("m.commercial_partner_id")),
        )

    @api.model
    def _exposure_orders_sql(self, scope, company):
        """Return what is left of confirmed orders: shipped and not invoiced, and still to be shipped.

        Taxes are included; amounts in other currencies are taken at the order's rate. A down payment that was
        invoiced is taken off until it is deducted. Goods whose transfers are all done or cancelled will not be
        delivered any more.
        """
        horizon = SQL("TRUE")
        if company.customer_credit_horizon:
            horizon = SQL(
                "COALESCE(o.commitment_date, o.date_order + sl.customer_lead * INTERVAL '1 day')"
                " < NOW() AT TIME ZONE 'UTC' + %s * INTERVAL '1 day'",
                company.customer_credit_horizon,
            )
        return SQL(
            """
            SELECT p.commercial_partner_id, u.component, u.quantity * v.price / COALESCE(NULLIF(o.currency_rate, 0), 1)
              FROM sale_order o
              JOIN res_partner p ON p.id = o.partner_invoice_id
              JOIN sale_order_line sl ON sl.order_id = o.id
             CROSS JOIN LATERAL (
                SELECT COALESCE(sl.price_total / NULLIF(sl.product_uom_qty, 0), sl.price_unit) AS price) v
             CROSS JOIN LATERAL (VALUES
                ('delivered', CASE WHEN sl.is_downpayment THEN -sl.qty_invoiced ELSE %(shipped)s END),
                ('undelivered', CASE WHEN sl.is_downpayment OR NOT (%(horizon)s) THEN 0 ELSE %(left)s END)
                ) u(component, quantity)
             WHERE o.state = 'sale' AND o.invoice_status IN ('no', 'to invoice')
               AND o.company_id = ANY(%(companies)s) AND sl.display_type IS NULL AND u.quantity <> 0
               AND (u.component <> 'undelivered' OR sl.qty_delivered_method <> 'stock_move' OR EXISTS (
                    SELECT FROM stock_move s WHERE s.sale_line_id = sl.id AND s.state NOT IN ('done', 'cancel')))
               AND %(payer)s
            """,
            shipped=SHIPPED,
            left=LEFT,
            horizon=horizon,
            companies=list(scope.company_ids),
            payer=self._payer_sql(SQL("o.partner_invoice_id"), scope),
        )

    @api.model
    def _payer_sql(self, column, scope):
        """Return the condition that ``column``, any partner, belongs to one of the payers of the scope."""
        if scope.partner_ids is None:
            return SQL("TRUE")
        return of_customers(column, scope.partner_ids)

    @api.model
    def _exposure_sql(self, company, partners=None):
        """Return one statement with a row a payer and component: (partner_id, component, amount).

        :param partners: commercial partners to restrict to (default: all)
        """
        scope = self.env["customer.metric"]._scope(fields.Date.context_today(self), 1, company, partners)
        rows = SQL(" UNION ALL ").join(self._exposure_sources(scope, company))
        return SQL(
            "SELECT partner_id, component, SUM(amount) AS amount FROM (%s) e GROUP BY partner_id, component",
            rows,
        )

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
