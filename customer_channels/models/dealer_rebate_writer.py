from odoo import api, fields, models
from odoo.tools import SQL

FIGURES = {
    "contract_id": SQL("int"),
    "base_from": SQL("date"),
    "base_to": SQL("date"),
    "base": SQL("numeric"),
    "target": SQL("numeric"),
    "attainment": SQL("float8"),
    "points": SQL("float8"),
    "earned": SQL("numeric"),
    "lost": SQL("numeric"),
    "corrected": SQL("numeric"),
    "amount": SQL("numeric"),
    "calculated_on": SQL("date"),
}
LINE = {
    "statement_id": SQL("int"),
    "sequence": SQL("int"),
    "kind": SQL("varchar"),
    "lower": SQL("numeric"),
    "upper": SQL("numeric"),
    "has_upper": SQL("bool"),
    "code": SQL("varchar"),
    "base": SQL("numeric"),
    "rate": SQL("numeric"),
    "amount": SQL("numeric"),
    "source_id": SQL("int"),
    "residual_id": SQL("int"),
}


class CustomerDealerRebateWriter(models.AbstractModel):
    """Stores computed statements and their lines: three statements of SQL, however many there are."""

    _name = "customer.dealer.rebate.writer"
    _description = "Rebate Statement Writer"

    @api.model
    def _store(self, rows, today):
        """Store ``[(statement, values, items)]``.

        Only of statements that are still drafts: one submitted in between makes this fail, and be run again.
        """
        if not rows:
            return
        statements = self.env["customer.dealer.rebate.statement"].sudo()
        self.env.flush_all()
        self._write_figures(statements, rows)
        lines = [
            self._line(one, number, item)
            for one, _values, items in rows
            for number, item in enumerate(items, 1)
        ]
        self.env.cr.execute(
            SQL(
                "DELETE FROM customer_dealer_rebate_line WHERE statement_id = ANY(%s)",
                [one.id for one, _values, _items in rows],
            )
        )
        if lines:
            self.env.cr.execute(self._insert_sql(lines))
        self.env.invalidate_all(flush=False)

    def _write_figures(self, statements, rows):
        ids = [one.id for one, _values, _items in rows]
        arrays = [
            SQL("%s::%s[]", [values[name] for _one, values, _items in rows], kind)
            for name, kind in FIGURES.items()
        ]
        self.env.cr.execute(
            SQL(
                """
                UPDATE customer_dealer_rebate_statement t
                   SET %(sets)s, computed_on = %(now)s, write_date = %(now)s, write_uid = %(uid)s,
                       state = CASE WHEN v.calculated_on IS NULL THEN 'accruing' ELSE 'calculated' END
                  FROM UNNEST(%(ids)s::int[], %(arrays)s) AS v(id, %(names)s)
                 WHERE t.id = v.id AND t.approval_state = 'draft'
                """,
                sets=SQL(", ").join(
                    SQL("%s = v.%s", SQL.identifier(name), SQL.identifier(name)) for name in FIGURES
                ),
                now=fields.Datetime.now(),
                uid=self.env.uid,
                ids=ids,
                arrays=SQL(", ").join(arrays),
                names=SQL(", ").join(SQL.identifier(name) for name in FIGURES),
            )
        )

    @api.model
    def _line(self, statement, number, item):
        """Return the columns of a line."""
        detail = item.detail
        lower = detail.get("from", detail.get("first"))
        upper = detail.get("to", detail.get("last"))
        reference = detail.get("reference")
        is_residual = item.kind == "residual"
        return (
            statement.id,
            number,
            item.kind,
            lower or 0,
            upper or 0,
            upper is not None,
            detail.get("reason"),
            item.base,
            item.rate,
            item.amount,
            None if is_residual else reference,
            reference if is_residual else None,
        )

    @api.model
    def _insert_sql(self, lines):
        columns = list(zip(*lines, strict=True))
        return SQL(
            """
            INSERT INTO customer_dealer_rebate_line (%(names)s, create_uid, create_date, write_uid, write_date)
            SELECT v.*, %(uid)s, %(now)s, %(uid)s, %(now)s FROM UNNEST(%(arrays)s) AS v
            """,
            names=SQL(", ").join(SQL.identifier(name) for name in LINE),
            uid=self.env.uid,
            now=fields.Datetime.now(),
            arrays=SQL(", ").join(
                SQL("%s::%s[]", list(column), kind)
                for column, kind in zip(columns, LINE.values(), strict=True)
            ),
        )
