from datetime import date

from odoo import api, models
from odoo.tools import SQL

# A scope: (key, dealer id, plan id, first day, last day). What is asked for many at a time.
SCOPE_COLUMNS = "key, dealer_id, plan_id, date_from, date_to"


class CustomerDealerRebateBase(models.AbstractModel):
    """Of what rebates are given: the sales of dealers that a plan counts, in one statement for any number of them.

    What a line is, and which count, is defined by ``customer.dealer.sales``.
    """

    _name = "customer.dealer.rebate.base"
    _description = "Rebate Base"

    @api.model
    def _bases(self, company, scopes):
        """Return the base of each scope by collection band.

        One statement for each basis that the plans have: at most six.

        :param scopes: ``(key, dealer id, plan id, first day, last day)``
        :return: ``{key: {band: amount}}``: untaxed, company currency; band -1 where the plan has none
        """
        self.env.flush_all()
        plans = self.env["customer.dealer.rebate.plan"].sudo().browse({scope[2] for scope in scopes})
        found = {scope[0]: {} for scope in scopes}
        for (basis, returns_in, days_from), same in plans.grouped(
            lambda one: (one.basis, one.returns_in, one.days_from if one.basis == "collected" else "")
        ).items():
            own = [scope for scope in scopes if scope[2] in same.ids]
            if basis == "invoiced":
                query = self._invoiced_sql(company, own, same, returns_in)
            else:
                query = self._collected_sql(company, own, same, days_from)
            for key, band, amount in self.env.execute_query(query):
                found[key][band] = found[key].get(band, 0) + amount
        return found

    @api.model
    def _scope_sql(self, scopes):
        """Return the scopes as a table expression."""
        columns = list(zip(*scopes, strict=True))
        return SQL(
            "UNNEST(%s::int[], %s::int[], %s::int[], %s::date[], %s::date[]) AS k(" + SCOPE_COLUMNS + ")",
            *(list(column) for column in columns),
        )

    @api.model
    def _goods_sql(self, plans, plan_id):
        """Return the condition that a line ``s`` is of goods that a plan counts.

        :param SQL plan_id: the column that says which plan
        """
        cases = [SQL("WHEN %s THEN %s", plan.id, self._plan_goods_sql(plan)) for plan in plans]
        if all(not self._has_goods(plan) for plan in plans):
            return SQL("TRUE")
        return SQL("CASE %s %s END", plan_id, SQL(" ").join(cases))

    @api.model
    def _has_goods(self, plan):
        return bool(
            plan.categ_ids or plan.product_ids or plan.excluded_categ_ids or plan.excluded_product_ids
        )

    @api.model
    def _plan_goods_sql(self, plan):
        categories = self.env["product.category"].sudo()

        def either(categs, products):
            below = categories.search([("id", "child_of", categs.ids)]).ids if categs else []
            return SQL(
                "(COALESCE(s.categ_id = ANY(%s), FALSE) OR COALESCE(s.product_id = ANY(%s), FALSE))",
                below,
                list(products.ids),
            )

        wanted = SQL("TRUE")
        if plan.categ_ids or plan.product_ids:
            wanted = either(plan.categ_ids, plan.product_ids)
        return SQL("(%s AND NOT %s)", wanted, either(plan.excluded_categ_ids, plan.excluded_product_ids))

    # Invoiced

    @api.model
    def _invoiced_sql(self, company, scopes, plans, returns_in):
        """Return (key, -1, amount) of what was invoiced; where returns go to their sale, on its day."""
        first, last = min(scope[3] for scope in scopes), max(scope[4] for scope in scopes)
        dealers = self.env["customer.dealer"].browse({scope[1] for scope in scopes})
        day, origin = SQL("s.date"), SQL()
        if returns_in == "sale":
            day = SQL("COALESCE(sold.date, s.date)")
            origin = SQL(
                """
                LEFT JOIN account_move back ON back.id = s.move_id AND s.move_type = 'out_refund'
                LEFT JOIN account_move sold ON sold.id = back.reversed_entry_id
                """
            )
            last = date.max
        return SQL(
            """
            SELECT k.key, -1, SUM(s.amount)
              FROM (%(lines)s) s %(origin)s
              JOIN %(scopes)s ON k.dealer_id = s.dealer_id AND %(day)s BETWEEN k.date_from AND k.date_to
             WHERE %(goods)s
             GROUP BY k.key
            """,
            lines=self.env["customer.dealer.sales"]._lines_sql(company, first, last, dealers),
            origin=origin,
            scopes=self._scope_sql(scopes),
            day=day,
            goods=self._goods_sql(plans, SQL("k.plan_id")),
        )

    # Collected

    @api.model
    def _receipt_sql(self):
        """Hook: return the condition on the entry ``o`` with its journal ``j`` under which it is money received.

        An addon whose notes or cheques are posted elsewhere adds them with OR.
        """
        return SQL("j.type IN ('bank', 'cash', 'credit')")

    @api.model
    def _band_sql(self, plans):
        """Return the number of the band into which ``p.days`` falls, by plan; -1 where the plan has no bands."""
        cases = [
            SQL(
                "WHEN %s THEN width_bucket(p.days, %s::int[])",
                plan.id,
                [band.days + 1 for band in plan.band_ids.sorted("days")],
            )
            for plan in plans
            if plan.band_ids
        ]
        return SQL("CASE k.plan_id %s ELSE -1 END", SQL(" ").join(cases)) if cases else SQL("-1")

    @api.model
    def _collected_sql(self, company, scopes, plans, days_from):
        """Return (key, band, amount) of what was collected of the lines that count.

        Each receipt takes its share of the untaxed amount; rounded so that the shares of an invoice that is paid
        add up to it. Paid back credit notes are negative. What settles an invoice otherwise is not collected.
        """
        first, last = min(scope[3] for scope in scopes), max(scope[4] for scope in scopes)
        dealers = self.env["customer.dealer"].browse({scope[1] for scope in scopes})
        digits = company.root_id.currency_id.decimal_places
        since = SQL("COALESCE(l.date_maturity, m.date)") if days_from == "due" else SQL("m.invoice_date")
        return SQL(
            """
            WITH k AS MATERIALIZED (SELECT * FROM %(scopes)s),
            touched AS MATERIALIZED (%(touched)s),
            sold AS MATERIALIZED (
                SELECT s.dealer_id, a.plan_id, s.move_id, SUM(s.amount) AS amount
                  FROM (%(lines)s) s JOIN (SELECT DISTINCT dealer_id, plan_id FROM k) a USING (dealer_id)
                 WHERE s.move_id IN (SELECT move_id FROM touched) AND %(goods)s
                 GROUP BY 1, 2, 3),
            receipts AS MATERIALIZED (%(receipts)s),
            parts AS (
                SELECT x.dealer_id, x.plan_id, r.day, r.days,
                       ROUND(x.amount * r.paid / r.total, %(digits)s)
                       - ROUND(x.amount * (r.paid - r.amount) / r.total, %(digits)s) AS amount
                  FROM sold x JOIN receipts r USING (move_id))
            SELECT k.key, %(band)s AS band, SUM(p.amount)
              FROM parts p
              JOIN k ON k.dealer_id = p.dealer_id AND k.plan_id = p.plan_id
                    AND p.day BETWEEN k.date_from AND k.date_to
             GROUP BY 1, 2
            """,
            scopes=self._scope_sql(scopes),
            touched=self._touched_sql(company, first, last),
            lines=self.env["customer.dealer.sales"]._lines_sql(company, date.min, date.max, dealers),
            goods=self._goods_sql(plans, SQL("a.plan_id")),
            receipts=self._receipts_sql(since),
            digits=digits,
            band=self._band_sql(plans),
        )

    @api.model
    def _touched_sql(self, company, first, last):
        """Return the invoices of which something was settled in a period."""
        companies = self.env["res.company"].sudo().search([("id", "child_of", company.root_id.id)])
        return SQL(
            """
            SELECT l.move_id FROM account_partial_reconcile r
              JOIN account_move_line l ON l.id = r.debit_move_id
             WHERE r.company_id = ANY(%(companies)s) AND r.max_date BETWEEN %(first)s AND %(last)s
             UNION
            SELECT l.move_id FROM account_partial_reconcile r
              JOIN account_move_line l ON l.id = r.credit_move_id
             WHERE r.company_id = ANY(%(companies)s) AND r.max_date BETWEEN %(first)s AND %(last)s
            """,
            companies=list(companies.ids),
            first=first,
            last=last,
        )

    @api.model
    def _receipts_sql(self, since):
        """Return (move_id, day, days, amount, paid so far, total) of each receipt of the touched invoices.

        Amounts are in the currency of the invoice, so that differences of exchange play no part.
        """
        return SQL(
            """
            SELECT u.move_id, u.day, GREATEST(u.days, 0) AS days, u.amount, u.total,
                   SUM(u.amount) OVER (PARTITION BY u.move_id ORDER BY u.day, u.id) AS paid
              FROM (
                SELECT m.id AS move_id, r.id, r.max_date AS day, o.date - %(since)s AS days, m.amount_total AS total,
                       CASE WHEN r.debit_move_id = l.id THEN r.debit_amount_currency
                            ELSE r.credit_amount_currency END
                       * CASE WHEN (r.debit_move_id = l.id) = (m.move_type <> 'out_refund')
                              THEN 1 ELSE -1 END AS amount
                  FROM (SELECT DISTINCT move_id FROM sold) t
                  JOIN account_move m ON m.id = t.move_id AND m.amount_total <> 0
                  JOIN account_move_line l ON l.move_id = m.id AND l.display_type = 'payment_term'
                 CROSS JOIN LATERAL (
                    SELECT p.*, p.credit_move_id AS other_id FROM account_partial_reconcile p
                     WHERE p.debit_move_id = l.id
                     UNION ALL
                    SELECT p.*, p.debit_move_id FROM account_partial_reconcile p
                     WHERE p.credit_move_id = l.id) r
                  JOIN account_move_line ol ON ol.id = r.other_id
                  JOIN account_move o ON o.id = ol.move_id
                  JOIN account_journal j ON j.id = o.journal_id
                 WHERE o.state = 'posted' AND o.move_type = 'entry' AND (%(receipt)s)) u
            """,
            since=since,
            receipt=self._receipt_sql(),
        )

    # What others sell on a former territory

    @api.model
    def _residual_bases(self, company, scopes, addresses):
        """Return what successors were invoiced at addresses of a former territory: ``{key: amount}``.

        :param scopes: as of ``_bases``, the dealer being the successor
        :param addresses: ``{key: partner ids}``; None for all its addresses
        """
        if not scopes:
            return {}
        self.env.flush_all()
        plans = self.env["customer.dealer.rebate.plan"].sudo().browse({scope[2] for scope in scopes})
        places = [(key, place) for key, ids in addresses.items() if ids is not None for place in ids]
        anywhere = [key for key, ids in addresses.items() if ids is None]
        first, last = min(scope[3] for scope in scopes), max(scope[4] for scope in scopes)
        dealers = self.env["customer.dealer"].browse({scope[1] for scope in scopes})
        rows = self.env.execute_query(
            SQL(
                """
                SELECT k.key, SUM(s.amount)
                  FROM (%(lines)s) s
                  JOIN account_move m ON m.id = s.move_id
                  JOIN %(scopes)s ON k.dealer_id = s.dealer_id AND s.date BETWEEN k.date_from AND k.date_to
                 WHERE %(goods)s AND (k.key = ANY(%(anywhere)s) OR EXISTS (
                        SELECT FROM UNNEST(%(keys)s::int[], %(places)s::int[]) AS a(key, place)
                         WHERE a.key = k.key AND a.place = COALESCE(m.partner_shipping_id, m.partner_id)))
                 GROUP BY k.key
                """,
                lines=self.env["customer.dealer.sales"]._lines_sql(company, first, last, dealers),
                scopes=self._scope_sql(scopes),
                goods=self._goods_sql(plans, SQL("k.plan_id")),
                anywhere=anywhere,
                keys=[key for key, _place in places],
                places=[place for _key, place in places],
            )
        )
        return dict(rows)
