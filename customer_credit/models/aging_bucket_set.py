from odoo import api, fields, models


class CustomerAgingBucketSet(models.Model):
    """A way to divide receivables by age: contiguous buckets with an open end."""

    _name = "customer.aging.bucket.set"
    _description = "Aging Buckets"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Leave empty to offer it in every company.")
    basis = fields.Selection(
        [("due", "Due Date"), ("invoice", "Invoice Date")],
        required=True,
        default="due",
        help="From which date the days are counted.",
    )
    bucket_ids = fields.One2many("customer.aging.bucket", "set_id", copy=True)
    summary = fields.Char(string="Buckets", compute="_compute_summary")

    @api.depends("bucket_ids.day_to", "basis")
    @api.depends_context("lang")
    def _compute_summary(self):
        for bucket_set in self:
            frozen = self.env["customer.aging.report.bucket"]._bounds(bucket_set._limits(), bucket_set.basis)
            names = [self.env["customer.aging.report.bucket"]._label(*bounds) for bounds in frozen]
            bucket_set.summary = " · ".join(names)

    def _limits(self):
        """Return the last day of each bucket, rising; what is older belongs to the open end."""
        self.ensure_one()
        return tuple(sorted(self.bucket_ids.mapped("day_to")))
