from odoo import api, fields, models
from odoo.tools import format_amount, format_date

COLORS = {
    "approved": "text-bg-success",
    "none_needed": "text-bg-success",
    "refused": "text-bg-danger",
    "pending": "text-bg-warning",
}


class CustomerApproval(models.Model):
    """What the form of an approval shows: the document in brief, and all steps with their reasons."""

    _inherit = "customer.approval"

    approval_chain = fields.Html(string="Steps", compute="_compute_approval_chain", sanitize=False)
    summary = fields.Html(compute="_compute_summary", sanitize=False)

    @api.depends_context("lang", "tz", "uid")
    @api.depends("state")
    def _compute_approval_chain(self):
        for name, rows in self.grouped("res_model").items():
            documents = self.browse().sudo()
            if name:
                everything = documents.search(
                    [("res_model", "=", name), ("res_id", "in", rows.mapped("res_id"))]
                )
                documents = everything.sorted(lambda row: (row.round, row.sequence, row.id))
            chains = documents.grouped("res_id")
            for row in rows:
                row.approval_chain = chains[row.res_id]._render_chain() if row.res_id in chains else False

    @api.depends_context("lang", "uid")
    @api.depends("res_model", "res_id")
    def _compute_summary(self):
        for row in self:
            document = row._document()
            readable = document._filtered_access("read") if document else None
            values = {"facts": readable._approval_summary() if readable else []}
            row.summary = self.env["ir.qweb"]._render("customer_management.approval_summary", values)

    def _render_chain(self):
        """Return these rows, all of one document, as a table: step by step, each submission on its own."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        rounds = self.grouped("round")
        values = {
            "rounds": [rounds[number] for number in sorted(rounds, reverse=True)],
            "labels": labels,
            "colors": COLORS,
        }
        return self.env["ir.qweb"]._render("customer_management.approval_chain", values)

    @api.model
    def _format_day(self, day):
        """Return a day in the user's format, for the summary of a document."""
        return format_date(self.env, day)

    @api.model
    def _format(self, amount, currency):
        """Return an amount in words of the user's language, for the summary of a document."""
        return format_amount(self.env, amount, currency)
