from odoo import api, fields, models


class CustomerAgingReportBucket(models.Model):
    """A column of one aging report, as the buckets were when it was computed."""

    _name = "customer.aging.report.bucket"
    _description = "Column of an Aging Report"
    _order = "sequence, id"

    report_id = fields.Many2one("customer.aging.report", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(required=True, help="-1 unapplied credits, 0 not due, then the buckets by age.")
    day_from = fields.Integer()
    day_to = fields.Integer(help="0 for the open end.")
    kind = fields.Selection(
        [("credit", "Unapplied Credits"), ("current", "Not Due"), ("aged", "By Age"), ("open", "Open End")],
        required=True,
    )
    name = fields.Char(compute="_compute_name")

    @api.depends("kind", "day_from", "day_to")
    @api.depends_context("lang")
    def _compute_name(self):
        for bucket in self:
            bucket.name = self._label(bucket.sequence, bucket.kind, bucket.day_from, bucket.day_to)

    @api.depends("name")
    def _compute_display_name(self):
        for bucket in self:
            bucket.display_name = bucket.name

    @api.model
    def _label(self, _sequence, kind, day_from, day_to):
        """Return what a column is called in the user's language."""
        if kind == "credit":
            return self.env._("Unapplied credits")
        if kind == "current":
            return self.env._("Not due")
        if kind == "open":
            return self.env._("Over %s days", day_from - 1) if day_from else self.env._("Any age")
        return self.env._("%(day_from)s–%(day_to)s days", day_from=day_from, day_to=day_to)

    @api.model
    def _bounds(self, limits, basis):
        """Return the columns for these limits: tuples of (sequence, kind, first day, last day)."""
        first = 1 if basis == "due" else 0
        columns = [(-1, "credit", 0, 0)]
        if basis == "due":
            columns.append((0, "current", 0, 0))
        for i, limit in enumerate(limits, 1):
            columns.append((i, "aged", first, limit))
            first = limit + 1
        columns.append((len(limits) + 1, "open", first, 0))
        return columns

    @api.model
    def _chart(self, columns, amounts, total, currency):
        """Return the data of an aging bar.

        :param columns: (number, kind, name) of each column, in order
        :param dict amounts: the amount of each column by its number
        """
        return {
            "buckets": [
                {
                    "name": name,
                    "kind": "aged" if kind == "open" else kind,
                    "amount": currency.round(amounts.get(index, 0.0)),
                    "index": index,
                }
                for index, kind, name in columns
            ],
            "total": total,
            "overdue": sum(amount for index, amount in amounts.items() if index > 0),
            "currency_id": currency.id,
        }
