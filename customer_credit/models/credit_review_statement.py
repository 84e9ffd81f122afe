from dateutil.relativedelta import relativedelta

from odoo import fields, models

from .credit_review_figures import OTHER_CODES

# What a balance sheet says; taken from one sheet, as parts of different ones do not belong together.
BALANCE = ("current_assets", "inventory", "current_liabilities", "total_liabilities", "equity")
# What a whole year brought; of an interim statement it would be a part of one.
YEARLY = ("sales", "pretax_profit")


class CustomerCreditReview(models.Model):
    """What the financial statements of a payer say for its limit. (domain 4.3)"""

    _inherit = "customer.credit.review"

    def _review_statement_inputs(self):
        """Override: the balance of the latest statement, and the results of the latest annual one."""
        found = dict(super()._review_statement_inputs())
        statements = self._usable_statements()
        for review in self:
            rows = statements[review]
            figures = dict(found.get(review) or {})
            figures.update(review._figures_of_balance(rows))
            figures.update(review._figures_of_year(rows.filtered(lambda row: row.kind == "annual")))
            found[review] = figures
        return found

    def _usable_statements(self):
        """Return the statements that count for each review, the latest first, in one search.

        Those of its company, or of all, whose day is not after that of the review, and not further before it
        than the setting says. ``{review: statements}``
        """
        rows = self.env["customer.credit.statement"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", [*self.company_id.ids, False]),
                ("date", "<=", max(self.mapped("date"), default=fields.Date.context_today(self))),
            ],
            order="date DESC, id DESC",
        )
        of_payer = rows.grouped("partner_id")
        return {
            review: of_payer.get(review.partner_id, rows.browse()).filtered(review._is_usable)
            for review in self
        }

    def _is_usable(self, statement):
        """Return whether a statement of the payer counts on the day of the review."""
        months = self.company_id.customer_credit_statement_months
        return (
            statement.company_id in (self.company_id, self.env["res.company"])
            and statement.date <= self.date
            and (not months or statement.date >= self.date - relativedelta(months=months))
        )

    def _figures_of_balance(self, statements):
        """Return ``{code: (value, statement)}`` of the first statement that has a balance at all."""
        for statement in statements:
            known = statement._figures()
            if known["equity"] is None and None not in (known["total_assets"], known["total_liabilities"]):
                known["equity"] = known["total_assets"] - known["total_liabilities"]
            found = self._in_company_currency(statement, {code: known[code] for code in BALANCE})
            if found:
                return found
        return {}

    def _figures_of_year(self, statements):
        """Return ``{code: (value, statement)}`` of the first annual statement that has results."""
        for statement in statements:
            known = statement._figures()
            found = self._in_company_currency(statement, {code: known[code] for code in YEARLY})
            if known["sales"] and known["cost_of_sales"] is not None:
                found["cost_rate"] = (known["cost_of_sales"] / known["sales"] * 100, statement)
            if found:
                return found
        return {}

    def _in_company_currency(self, statement, figures):
        """Return known amounts by the codes of the inputs, at the rate of the day of the review.

        A limit says what the customer is good for on that day; what is missing stays missing.
        """
        convert, company = statement.currency_id._convert, self.company_id
        return {
            OTHER_CODES.get(code, code): (
                convert(amount, company.currency_id, company, self.date),
                statement,
            )
            for code, amount in figures.items()
            if amount is not None
        }
