from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.customer_management.tools import of_customers


class CustomerAgingEngine(models.AbstractModel):
    """What was open on the receivable accounts on a day: the one definition for all that asks."""

    _name = "customer.aging.engine"
    _description = "Open Receivables as of a Day"

    @api.model
    def _receivable_accounts(self, company_ids):
        """Return the ids of the receivable accounts of these companies, closed ones too."""
        accounts = self.env["account.account"].sudo().with_context(active_test=False)
        return accounts.search(
            [("account_type", "=", "asset_receivable"), ("company_ids", "parent_of", list(company_ids))]
        ).ids

    @api.model
    def _open_items_sql(self, company_ids, date_to, partners=None, accounts=None):
        """Return the open items as of a day, one row a journal item.

        What is open now, plus what partial reconciliations dated after the day have taken off since;
        a partial is dated by the later of its two entries (``max_date``). The cost follows the open
        items and the later partials, not the history. (domain 5.1)

        :param company_ids: companies, each with its own ledger
        :param date_to: the last day, included
        :param SQL partners: a condition on ``l.partner_id`` (default: all)
        :param accounts: the ids of the receivable accounts, where the caller knows them
        :return: rows of (move_line_id, company_id, account_id, partner_id, currency_id, date,
            date_maturity, invoice_date, amount_residual, amount_residual_currency); amounts in company
            and in document currency, what the customer owes positive
        """
        accounts = accounts or self._receivable_accounts(company_ids)
        columns = SQL(
            "l.id AS move_line_id, l.company_id, l.account_id, l.partner_id, l.currency_id,"
            " l.date, l.date_maturity, l.invoice_date"
        )
        return SQL(
            """
            WITH taken AS MATERIALIZED (%(taken)s
            ), later AS MATERIALIZED (
                SELECT %(columns)s, l.amount_residual = 0 AND l.amount_residual_currency = 0 AS settled,
                       SUM(t.amount) AS amount, SUM(t.amount_currency) AS amount_currency
                  FROM account_move_line l JOIN taken t ON t.id = l.id
                 WHERE l.id = ANY(ARRAY(SELECT id FROM taken)) AND %(lines)s
                 GROUP BY l.id)
            SELECT * FROM (
                SELECT %(columns)s, l.amount_residual + COALESCE(x.amount, 0) AS amount_residual,
                       l.amount_residual_currency + COALESCE(x.amount_currency, 0) AS amount_residual_currency
                  FROM account_move_line l LEFT JOIN later x ON x.move_line_id = l.id
                 WHERE %(lines)s AND (l.amount_residual <> 0 OR l.amount_residual_currency <> 0)
                UNION ALL
                SELECT move_line_id, company_id, account_id, partner_id, currency_id, date, date_maturity,
                       invoice_date, amount, amount_currency
                  FROM later WHERE settled
            ) items
             WHERE amount_residual <> 0 OR amount_residual_currency <> 0
            """,
            columns=columns,
            taken=self._taken_sql(company_ids, date_to, partners, accounts),
            lines=self._lines_sql(company_ids, date_to, partners, accounts),
        )

    @api.model
    def _taken_sql(self, company_ids, date_to, partners, accounts):
        """Return what partials took off an item that do not count on the day.

        These are the ones after the day, and the ones whose other side is not in the ledger that is asked:
        the host keeps the match when a paid invoice goes back to draft, and a company settles for its branch.

        :return: rows of (id, amount, amount_currency), an item several times
        """
        if partners:
            return SQL(
                """
                SELECT l.id, u.amount, u.amount_currency FROM account_move_line l
                 CROSS JOIN LATERAL (
                    SELECT r.amount, r.debit_amount_currency AS amount_currency
                      FROM account_partial_reconcile r JOIN account_move_line o ON o.id = r.credit_move_id
                     WHERE r.debit_move_id = l.id AND (%(apart)s)
                     UNION ALL
                    SELECT -r.amount, -r.credit_amount_currency
                      FROM account_partial_reconcile r JOIN account_move_line o ON o.id = r.debit_move_id
                     WHERE r.credit_move_id = l.id AND (%(apart)s)) u
                 WHERE %(lines)s
                """,
                apart=SQL(
                    "r.max_date > %s OR o.parent_state <> 'posted' OR o.company_id <> ALL(%s)",
                    date_to,
                    list(company_ids),
                ),
                lines=self._lines_sql(company_ids, date_to, partners, accounts),
            )
        family = self._family(company_ids)
        after = SQL(
            """
            SELECT u.* FROM account_partial_reconcile r
             CROSS JOIN LATERAL (VALUES (r.debit_move_id, r.amount, r.debit_amount_currency),
                                        (r.credit_move_id, -r.amount, -r.credit_amount_currency)
                                ) u(id, amount, amount_currency)
             WHERE r.company_id = ANY(%s) AND r.max_date > %s
            """,
            list(family),
            date_to,
        )
        unposted = SQL("o.company_id = ANY(%s) AND o.parent_state <> 'posted'", list(company_ids))
        apart = [self._apart_sql(unposted, date_to, accounts)]
        others = sorted(set(family) - set(company_ids))
        if others:
            apart.append(self._apart_sql(SQL("o.company_id = ANY(%s)", others), date_to, accounts))
        return SQL(" UNION ALL ").join([after, *apart])

    @api.model
    def _family(self, company_ids):
        """Return the ids of these companies with their parents and branches, which may settle for each other."""
        companies = self.env["res.company"].sudo()
        return companies.search([("id", "child_of", companies.browse(company_ids).root_id.ids)]).ids

    @api.model
    def _apart_sql(self, others, date_to, accounts):
        """Return what partials up to the day took off items whose other side ``o`` does not count."""
        return SQL(
            """
            SELECT r.credit_move_id, -r.amount, -r.credit_amount_currency
              FROM account_move_line o JOIN account_partial_reconcile r ON r.debit_move_id = o.id
             WHERE o.account_id = ANY(%(accounts)s) AND %(others)s AND r.max_date <= %(date)s
             UNION ALL
            SELECT r.debit_move_id, r.amount, r.debit_amount_currency
              FROM account_move_line o JOIN account_partial_reconcile r ON r.credit_move_id = o.id
             WHERE o.account_id = ANY(%(accounts)s) AND %(others)s AND r.max_date <= %(date)s
            """,
            accounts=accounts,
            others=others,
            date=date_to,
        )

    @api.model
    def _lines_sql(self, company_ids, date_to, partners=None, accounts=None):
        """Return the condition on ``l``: a posted receivable item up to the day."""
        return SQL(
            "l.account_id = ANY(%s) AND l.company_id = ANY(%s) AND l.parent_state = 'posted' AND l.date <= %s AND %s",
            accounts or self._receivable_accounts(company_ids),
            list(company_ids),
            date_to,
            partners or SQL("TRUE"),
        )

    @api.model
    def _ledger_sql(self, company_ids, date_to, partners=None, accounts=None):
        """Return the balance of the receivable accounts on a day: rows of (company_id, account_id, balance).

        It is the plain sum of the journal items, so that it proves the open items independently.
        """
        return SQL(
            "SELECT l.company_id, l.account_id, SUM(l.balance) AS balance"
            " FROM account_move_line l WHERE %s GROUP BY 1, 2",
            self._lines_sql(company_ids, date_to, partners, accounts),
        )

    @api.model
    def _between_sql(self, company_ids, date_to, customer_ids, accounts):
        """Return what other customers' items settled of these customers' items, up to the day.

        The ledger has both sides, a report on some customers only one: the balance of their accounts less
        this is what is open. Positive: others' debts that these customers' payments settled.

        :return: rows of (company_id, account_id, amount)
        """
        return SQL(
            """
            SELECT l.company_id, l.account_id, SUM(u.amount) AS amount
              FROM account_move_line l
             CROSS JOIN LATERAL (
                SELECT r.credit_move_id AS other, r.max_date, -r.amount AS amount
                  FROM account_partial_reconcile r WHERE r.debit_move_id = l.id
                 UNION ALL
                SELECT r.debit_move_id, r.max_date, r.amount
                  FROM account_partial_reconcile r WHERE r.credit_move_id = l.id) u
              JOIN account_move_line o ON o.id = u.other
             WHERE %(lines)s AND u.max_date <= %(date)s AND o.parent_state = 'posted'
               AND o.company_id = ANY(%(companies)s)
               AND (o.partner_id IS NULL OR NOT %(ours)s)
             GROUP BY 1, 2
            """,
            lines=self._lines_sql(
                company_ids, date_to, of_customers(SQL("l.partner_id"), customer_ids), accounts
            ),
            date=date_to,
            companies=list(company_ids),
            ours=of_customers(SQL("o.partner_id"), customer_ids),
        )

    @api.model
    def _aged_sql(self, date_to, basis, limits, items):
        """Return the open items with customer, days and bucket.

        :param str basis: ``due`` counts days past the due date, an item due on the day is not due;
            ``invoice`` counts days from the invoice date
        :param limits: the last day of each bucket but the open one, rising
        :param SQL items: what ``_open_items_sql`` returns
        :return: its rows with partner_id as commercial partner, ``days`` and ``bucket``: -1 an unapplied
            credit, 0 not due, 1.. the buckets, one more than limits for the open end
        """
        if basis == "due":
            day, least = SQL("COALESCE(i.date_maturity, i.invoice_date, i.date)"), 0
        else:
            day, least = SQL("COALESCE(i.invoice_date, i.date)"), 1
        return SQL(
            """
            SELECT a.*, CASE WHEN amount_residual < 0 OR (amount_residual = 0 AND amount_residual_currency < 0) THEN -1
                             WHEN days <= 0 THEN %(least)s
                             ELSE WIDTH_BUCKET(days - 1, %(limits)s::int[]) + 1 END AS bucket
              FROM (SELECT i.move_line_id, i.company_id, i.account_id, p.commercial_partner_id AS partner_id,
                           i.currency_id, i.amount_residual, i.amount_residual_currency, %(date)s - %(day)s AS days
                      FROM (%(items)s) i LEFT JOIN res_partner p ON p.id = i.partner_id) a
            """,
            least=least,
            limits=list(limits),
            date=date_to,
            day=day,
            items=items,
        )

    @api.model
    def _partners_sql(self, partners):
        """Return the condition on ``l.partner_id`` that restricts to customers with their contacts."""
        if not partners:
            return None
        return of_customers(SQL("l.partner_id"), partners.commercial_partner_id.ids)

    @api.model
    def _flush_ledger(self):
        """Write pending changes of the tables that the statements read."""
        self.env["account.move.line"].flush_model()
        self.env["account.partial.reconcile"].flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])

    @api.model
    def _today(self):
        return fields.Date.context_today(self)
