from odoo import api, fields, models

from ..exceptions import AgingBucketError


class CustomerAgingBucket(models.Model):
    """A bucket, given by its last day only: it begins where the one before it ends.

    So there can be no gap, and buckets overlap only when two of them end on the same day.
    """

    _name = "customer.aging.bucket"
    _description = "Aging Bucket"
    _order = "set_id, day_to, id"

    set_id = fields.Many2one("customer.aging.bucket.set", required=True, index=True, ondelete="cascade")
    day_from = fields.Integer(string="From Day", compute="_compute_day_from")
    day_to = fields.Integer(string="To Day", required=True)

    @api.depends("day_to", "set_id.bucket_ids.day_to", "set_id.basis")
    def _compute_day_from(self):
        for bucket in self:
            before = [other.day_to for other in bucket.set_id.bucket_ids if other.day_to < bucket.day_to]
            first = 0 if bucket.set_id.basis == "invoice" else 1
            bucket.day_from = max(before) + 1 if before else first

    @api.constrains("day_to", "set_id")
    def _check_day_to(self):
        for bucket in self:
            name = bucket.set_id.name
            if bucket.day_to <= 0:
                raise AgingBucketError(
                    self.env._(
                        "“%(set)s”: a bucket ends on day %(day)s. It must end on day 1 or later; what is not "
                        "due and what is older than the last bucket have columns of their own.",
                        set=name,
                        day=bucket.day_to,
                    )
                )
            twins = bucket.set_id.bucket_ids.filtered(
                lambda other, bucket=bucket: other.day_to == bucket.day_to
            )
            if len(twins) > 1:
                raise AgingBucketError(
                    self.env._(
                        "“%(set)s”: two buckets end on day %(day)s, so they overlap. "
                        "Give each bucket a last day of its own.",
                        set=name,
                        day=bucket.day_to,
                    )
                )
