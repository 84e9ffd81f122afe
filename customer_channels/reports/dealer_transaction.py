from odoo import fields, models
from odoo.tools import SQL


class CustomerDealerTransaction(models.Model):
    """What became of each line that a dealer ordered: shipped, invoiced, paid, returned. (form 5.23)

    Read from the host's documents, never stored. What follows an order line is looked up by the indexes of the
    host for the lines that are shown, so a dealer and a period cost the same however long the history is.
    """

    _name = "customer.dealer.transaction"
    _description = "Dealer Transaction"
    _auto = False
    _order = "date_ordered desc, id desc"
    _rec_name = "order_id"

    dealer_id = fields.Many2one("customer.dealer", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    contract_id = fields.Many2one(
        "customer.dealer.contract", readonly=True, help="That bound the dealer on the day of the order."
    )
    date_ordered = fields.Datetime(string="Ordered", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    name = fields.Text(string="Remark", readonly=True)
    quantity = fields.Float(readonly=True)
    amount = fields.Monetary(readonly=True, help="Untaxed, in the currency of the company.")
    shipped_on = fields.Datetime(string="Shipped", readonly=True, help="The last delivery.")
    shipped_quantity = fields.Float(readonly=True)
    returned_quantity = fields.Float(string="Returned", readonly=True)
    invoices = fields.Char(readonly=True)
    date_invoiced = fields.Date(string="Invoiced", readonly=True)
    invoiced_amount = fields.Monetary(readonly=True, help="Net of credit notes, untaxed.")
    credited_amount = fields.Monetary(string="Credited", readonly=True)
    date_paid = fields.Date(string="Paid", readonly=True, help="When all its invoices were settled.")
    days_late = fields.Integer(
        readonly=True,
        aggregator="max",
        help="Of the latest receipt after the due date; of an open invoice until today. 0: not late.",
    )

    _depends = {
        "sale.order": ["state", "date_order", "partner_id", "currency_rate", "company_id"],
        "sale.order.line": ["product_uom_qty", "price_subtotal", "display_type", "name"],
        "stock.move": ["sale_line_id", "state", "quantity", "date"],
        "account.move": ["state", "invoice_date", "name", "payment_state"],
        "account.move.line": ["balance", "date_maturity", "reconciled"],
        "customer.dealer": ["partner_id"],
        "customer.dealer.contract": ["begun_on", "ended_on", "date_to"],
    }

    @property
    def _table_query(self):
        """Return the lines of confirmed orders of dealers with what followed them."""
        return SQL(
            """
            SELECT l.id, d.id AS dealer_id, d.partner_id, o.company_id, co.currency_id, o.id AS order_id,
                   bound.id AS contract_id, o.date_order AS date_ordered, l.product_id, l.name,
                   l.product_uom_qty AS quantity,
                   l.price_subtotal / COALESCE(NULLIF(o.currency_rate, 0), 1) AS amount,
                   moved.shipped_on, moved.shipped_quantity, moved.returned_quantity,
                   billed.invoices, billed.date_invoiced, billed.invoiced_amount, billed.credited_amount,
                   paid.date_paid, paid.days_late
              FROM customer_dealer d
              JOIN res_partner c ON c.commercial_partner_id = d.partner_id
              JOIN sale_order o ON o.partner_id = c.id AND o.state = 'sale'
              JOIN res_company co ON co.id = o.company_id
               AND split_part(co.parent_path, '/', 1)::int = d.company_id
              JOIN sale_order_line l ON l.order_id = o.id AND l.display_type IS NULL
         LEFT JOIN LATERAL (%(contract)s) bound ON TRUE
         LEFT JOIN LATERAL (%(moved)s) moved ON TRUE
         LEFT JOIN LATERAL (%(billed)s) billed ON TRUE
         LEFT JOIN LATERAL (%(paid)s) paid ON TRUE
            """,
            contract=self._contract_sql(),
            moved=self._moved_sql(),
            billed=self._billed_sql(),
            paid=self._paid_sql(),
        )

    def _contract_sql(self):
        return SQL(
            """
            SELECT k.id FROM customer_dealer_contract k
             WHERE k.dealer_id = d.id AND k.begun_on <= o.date_order::date AND k.date_to >= o.date_order::date
               AND (k.ended_on IS NULL OR k.ended_on >= o.date_order::date)
             ORDER BY k.date_from DESC, k.id DESC LIMIT 1
            """
        )

    def _moved_sql(self):
        return SQL(
            """
            SELECT MAX(m.date) FILTER (WHERE there.usage = 'customer') AS shipped_on,
                   SUM(m.quantity) FILTER (WHERE there.usage = 'customer') AS shipped_quantity,
                   SUM(m.quantity) FILTER (WHERE here.usage = 'customer') AS returned_quantity
              FROM stock_move m
              JOIN stock_location here ON here.id = m.location_id
              JOIN stock_location there ON there.id = m.location_dest_id
             WHERE m.sale_line_id = l.id AND m.state = 'done' AND here.usage <> there.usage
            """
        )

    def _billed_sql(self):
        return SQL(
            """
            SELECT string_agg(DISTINCT i.name, ', ') AS invoices, MAX(i.invoice_date) AS date_invoiced,
                   SUM(-a.balance) AS invoiced_amount,
                   SUM(a.balance) FILTER (WHERE i.move_type = 'out_refund') AS credited_amount,
                   array_agg(DISTINCT i.id) AS move_ids
              FROM sale_order_line_invoice_rel r
              JOIN account_move_line a ON a.id = r.invoice_line_id
              JOIN account_move i ON i.id = a.move_id AND i.state = 'posted'
             WHERE r.order_line_id = l.id
            """
        )

    def _paid_sql(self):
        """Return the day of the last receipt, once nothing is open, and the days late."""
        return SQL(
            """
            SELECT CASE WHEN bool_and(t.reconciled) THEN MAX(p.max_date) END AS date_paid,
                   GREATEST(MAX(COALESCE(p.max_date, %(today)s) - t.date_maturity),
                            MAX(%(today)s - t.date_maturity) FILTER (WHERE NOT t.reconciled), 0) AS days_late
              FROM account_move_line t
         LEFT JOIN account_partial_reconcile p ON p.debit_move_id = t.id
             WHERE t.move_id = ANY(billed.move_ids) AND t.display_type = 'payment_term' AND t.balance > 0
            """,
            today=fields.Date.context_today(self),
        )

    def action_open_order(self):
        """Open the order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "views": [(False, "form")],
        }
