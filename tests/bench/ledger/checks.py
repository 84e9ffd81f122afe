"""Nine checks of the ledger: each counts what is wrong, and all must find nothing."""

CHECKS = {
    "entries whose debit is not their credit": """
        SELECT count(*) FROM (
            SELECT 1 FROM account_move_line WHERE company_id = %(company)s
             GROUP BY move_id HAVING sum(balance) <> 0 OR sum(debit) <> sum(credit)) x""",
    "items whose balance is not debit less credit": """
        SELECT count(*) FROM account_move_line
         WHERE company_id = %(company)s AND balance <> debit - credit""",
    "receivables whose residual is not the balance less what was matched": """
        WITH taken AS (
            SELECT id, sum(home) AS home, sum(amount) AS amount FROM (
                SELECT debit_move_id AS id, -amount AS home, -debit_amount_currency AS amount
                  FROM account_partial_reconcile WHERE company_id = %(company)s
                 UNION ALL
                SELECT credit_move_id, amount, credit_amount_currency
                  FROM account_partial_reconcile WHERE company_id = %(company)s) x
             GROUP BY id)
        SELECT count(*) FROM account_move_line l LEFT JOIN taken t ON t.id = l.id
         WHERE l.account_id = %(receivable)s AND l.parent_state = 'posted'
           AND (l.amount_residual <> l.balance + coalesce(t.home, 0)
                OR l.amount_residual_currency <> l.amount_currency + coalesce(t.amount, 0))""",
    "receivables that are flagged wrongly as reconciled": """
        SELECT count(*) FROM account_move_line
         WHERE account_id = %(receivable)s AND parent_state = 'posted'
           AND reconciled IS DISTINCT FROM (amount_residual = 0 AND amount_residual_currency = 0)""",
    "invoices whose residual is not their receivables'": """
        SELECT count(*) FROM account_move m
          JOIN (SELECT move_id, sum(amount_residual) AS left_home FROM account_move_line
                 WHERE account_id = %(receivable)s GROUP BY 1) l ON l.move_id = m.id
         WHERE m.company_id = %(company)s AND m.state = 'posted'
           AND m.move_type IN ('out_invoice', 'out_refund')
           AND m.amount_residual_signed <> l.left_home""",
    "matches across customers or accounts": """
        SELECT count(*) FROM account_partial_reconcile p
          JOIN account_move_line d ON d.id = p.debit_move_id
          JOIN account_move_line c ON c.id = p.credit_move_id
         WHERE p.company_id = %(company)s
           AND (d.partner_id <> c.partner_id OR d.account_id <> c.account_id)""",
    "matches that are not dated as the later of their items": """
        SELECT count(*) FROM account_partial_reconcile p
          JOIN account_move_line d ON d.id = p.debit_move_id
          JOIN account_move_line c ON c.id = p.credit_move_id
         WHERE p.company_id = %(company)s AND p.max_date <> greatest(d.date, c.date)""",
    "full reconciles that are not complete": """
        SELECT count(*) FROM (
            SELECT 1 FROM account_move_line WHERE company_id = %(company)s AND full_reconcile_id IS NOT NULL
             GROUP BY full_reconcile_id HAVING bool_or(NOT reconciled) OR sum(balance) <> 0) x""",
    "orders whose total is not their lines'": """
        SELECT count(*) FROM sale_order o
          JOIN (SELECT order_id, sum(price_total) AS total FROM sale_order_line GROUP BY 1) l
            ON l.order_id = o.id
         WHERE o.company_id = %(company)s AND o.amount_total <> l.total""",
}


def run(cursor, company, receivable):
    """Return {what was checked: how many rows are wrong}."""
    found = {}
    for label, statement in CHECKS.items():
        cursor.execute(statement, {"company": company, "receivable": receivable})
        found[label] = cursor.fetchone()[0]
    return found
