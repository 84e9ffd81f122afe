from odoo import models
from odoo.tools import SQL

from odoo.addons.customer_management.tools import Column, Sheet, write_workbook

from ..exceptions import AgingStateError

# More customers than this make a printout that nobody reads, and a very slow one.
PRINTABLE = 3000


class CustomerAgingReport(models.Model):
    """The aging report as a file: XLSX by customer and by item, PDF by customer."""

    _inherit = "customer.aging.report"

    def action_export_xlsx(self):
        """Download the report as XLSX."""
        return self._download("xlsx")

    def action_print_pdf(self):
        """Print the report by customer."""
        self._ensure_printable()
        return self._download("pdf")

    def _download(self, file_format):
        self.ensure_one()
        self._ensure_computed()
        url = f"/customer_credit/aging/{self.id}/{file_format}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _ensure_printable(self):
        """:raises AgingStateError: when a printout would have more customers than anybody reads"""
        self._ensure_computed()
        if self.partner_count > PRINTABLE:
            raise AgingStateError(
                self.env._(
                    "The report has %(count)s customers; a printout takes up to %(most)s. Export it to XLSX, or choose "
                    "customers first.",
                    count=self.partner_count,
                    most=PRINTABLE,
                )
            )

    def _render_xlsx(self):
        """Return the report as a workbook, by customer and by item.

        :return: (content, file name)
        :rtype: tuple[bytes, str]
        """
        self.ensure_one()
        self.check_access("read")
        self._ensure_computed()
        sheets = [self._sheet_partners(), self._sheet_items()]
        return write_workbook(self.env, sheets), f"{self.env._('Aged receivables')} {self.date_to}.xlsx"

    def _render_pdf(self):
        """Return the report as a printout by customer.

        :return: (content, file name)
        :rtype: tuple[bytes, str]
        :raises AgingStateError: when there are too many customers for paper
        """
        self.ensure_one()
        self.check_access("read")
        self._ensure_printable()
        content = self.env["customer.form"]._print_sheet(self._sheet_partners())
        return content, f"{self.env._('Aged receivables')} {self.date_to}.pdf"

    def _sheet_head(self):
        """Return the lines above the table: what it shows and its proof."""
        basis = dict(self._fields["basis"]._description_selection(self.env))[self.basis]
        proof = self.env._("equal") if self.is_equal else self._differences()
        return [
            (self.env._("Companies"), ", ".join(self.company_ids.mapped("name"))),
            (self.env._("As of"), self.date_to),
            (self.env._("Age counts from"), basis),
            *(
                [(self.env._("Customers"), ", ".join(self.partner_ids.mapped("name")))]
                if self.partner_ids
                else []
            ),
            (self.env._("Currency"), self.currency_id.name),
            (self.env._("Total of the open items"), self.total),
            (self.env._("Balance of the receivable accounts"), self.ledger_balance),
            *(
                [(self.env._("Settled between customers"), self.settled_between)]
                if self.settled_between
                else []
            ),
            (self.env._("Proof"), proof),
        ]

    def _differences(self):
        """Return where the ledger differs from the open items, and by how much."""
        wrong = self.check_ids.filtered(lambda check: not check.is_equal)
        places = (
            f"{check.account_id.display_name} ({check.currency_id.format(check.difference)})"
            for check in wrong
        )
        word = self.env._("DIFFERENT")
        return f"{word}: {', '.join(places)}"

    def _columns(self):
        """Return the amount columns of the table by customer: (bucket number, heading)."""
        buckets = self.bucket_ids.sorted("sequence")
        ordered = buckets.filtered(lambda bucket: bucket.sequence >= 0) + buckets.filtered(
            lambda b: b.sequence < 0
        )
        return [(bucket.sequence, bucket.name) for bucket in ordered]

    def _partner_rows(self):
        """Return a row a customer, company and currency: names, then the amount of each column, then the total."""
        self.env["res.partner"].flush_model(["ref", "complete_name"])
        columns = [index for index, _name in self._columns()]
        amounts = [
            SQL("COALESCE(SUM(l.amount_residual) FILTER (WHERE l.bucket = %s), 0)", index)
            for index in columns
        ]
        lines = self.env["customer.aging.line"]
        query = lines._search([("report_id", "=", self.id)])
        return self.env.execute_query(
            SQL(
                """
                SELECT p.ref, COALESCE(p.complete_name, %(nobody)s), co.name, cu.name,
                       %(amounts)s, SUM(l.amount_residual)
                  FROM (%(lines)s) l
             LEFT JOIN res_partner p ON p.id = l.partner_id
                  JOIN res_company co ON co.id = l.company_id
                  JOIN res_currency cu ON cu.id = l.company_currency_id
                 GROUP BY p.id, co.id, cu.id
                 ORDER BY SUM(l.amount_residual) DESC, p.id
                """,
                nobody=self.env._("Without a customer"),
                amounts=SQL(", ").join(amounts),
                lines=query.select(
                    *(
                        SQL.identifier(query.table, name)
                        for name in (
                            "partner_id",
                            "company_id",
                            "company_currency_id",
                            "bucket",
                            "amount_residual",
                        )
                    )
                ),
            )
        )

    def _adds_up(self):
        """Return whether all amounts are in one currency, so that a total of them means something."""
        return len(self.company_ids.currency_id) == 1

    def _sheet_partners(self):
        adds_up = self._adds_up()
        columns = [
            Column(self.env._("Number"), width=14),
            Column(self.env._("Customer"), width=34),
            Column(self.env._("Company"), width=22),
            Column(self.env._("Currency"), width=9),
            *(Column(name, "money", total=adds_up) for _index, name in self._columns()),
            Column(self.env._("Total"), "money", total=adds_up),
        ]
        return Sheet(
            self.env._("By customer"),
            self.env._("Aged receivables"),
            columns,
            self._partner_rows(),
            self._sheet_head(),
        )

    def _sheet_items(self):
        columns = [
            Column(self.env._("Customer"), width=34),
            Column(self.env._("Document"), width=22),
            Column(self.env._("Account"), width=12),
            Column(self.env._("Invoice date"), "date"),
            Column(self.env._("Due date"), "date"),
            Column(self.env._("Days"), "integer"),
            Column(self.env._("Bucket"), width=18),
            Column(self.env._("Salesperson"), width=18),
            Column(self.env._("Open amount"), "money", total=self._adds_up()),
            Column(self.env._("Document currency"), width=10),
            Column(self.env._("Open in document currency"), "money"),
        ]
        return Sheet(
            self.env._("Items"), self.env._("Open items"), columns, self._item_rows(), self._sheet_head()
        )

    def _item_rows(self, batch=2000):
        """Yield a row an open item, fetched in batches so that memory does not grow with their number."""
        names = dict(self.bucket_ids.mapped(lambda bucket: (bucket.sequence, bucket.name)))
        fields_ = (
            "partner_id",
            "move_name",
            "account_id",
            "invoice_date",
            "date_maturity",
            "days",
            "bucket",
            "user_id",
            "amount_residual",
            "currency_id",
            "amount_residual_currency",
        )
        lines, last = self.env["customer.aging.line"], 0
        while True:
            domain = [("report_id", "=", self.id), ("id", ">", last)]
            found = lines.search_fetch(domain, fields_, limit=batch, order="id")
            for line in found:
                yield (
                    line.partner_id.display_name or self.env._("Without a customer"),
                    line.move_name,
                    line.account_id.with_company(line.company_id).code,
                    line.invoice_date,
                    line.date_maturity,
                    line.days,
                    names[line.bucket],
                    line.user_id.name,
                    line.amount_residual,
                    line.currency_id.name,
                    line.amount_residual_currency,
                )
            if len(found) < batch:
                return
            last = found[-1].id
            lines.invalidate_model()
