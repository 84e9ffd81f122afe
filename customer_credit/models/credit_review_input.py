from math import isfinite

from odoo import api, fields, models

from ..exceptions import CreditInputError, CreditReviewError

SOURCES = [
    ("typed", "Entered"),
    ("metric", "Our Books"),
    ("assessment", "Assessment"),
    ("statement", "Statements"),
    ("before", "Last Review"),
]


class CustomerCreditReviewInput(models.Model):
    """One figure of a review, for its limit methods: known or not, and where it comes from."""

    _name = "customer.credit.review.input"
    _description = "Input of a Credit Review"
    _inherit = ["customer.approval.line.mixin"]
    _approval_parent = "review_id"
    _order = "review_id, sequence, id"

    review_id = fields.Many2one("customer.credit.review", required=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="review_id.currency_id")
    input_id = fields.Many2one(
        "customer.credit.limit.input", required=True, readonly=True, index=True, ondelete="restrict"
    )
    name = fields.Char(related="input_id.name")
    code = fields.Char(related="input_id.code")
    unit = fields.Selection(related="input_id.unit")
    sequence = fields.Integer(related="input_id.sequence", store=True)
    value = fields.Float(digits=(16, 2), aggregator=None)
    amounts = fields.Char(help="Of a list: amounts with semicolons between them.")
    is_known = fields.Boolean(string="Known", help="Without it there is no figure, whatever the value is.")
    source = fields.Selection(SOURCES, readonly=True)
    statement_id = fields.Many2one(
        "customer.credit.statement", index="btree_not_null", readonly=True, ondelete="restrict"
    )
    statement_date = fields.Date(related="statement_id.date")

    _input_unique = models.UniqueIndex("(review_id, input_id)", "Each input stands in a review once.")

    @api.constrains("value", "amounts")
    def _check_value(self):
        for line in self:
            line.input_id._read_list(line.amounts)
            if not isfinite(line.value):
                raise CreditInputError(self.env._("“%s”: enter a number.", line.name))

    @api.onchange("value", "amounts")
    def _onchange_value(self):
        for line in self:
            line.is_known = True

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: the review makes its inputs itself."""
        if not self.env.su:
            raise CreditReviewError(
                self.env._("A review brings its inputs itself: enter the values of those that are there.")
            )
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: what people enter is known, and is theirs.

        :raises CreditReviewError: when they write more than the value
        """
        if self.env.su:
            return super().write(vals)
        if not {"value", "amounts", "is_known"}.issuperset(vals):
            raise CreditReviewError(self.env._("Only the value of an input can be entered."))
        return super().write({"is_known": True, **vals, "source": "typed", "statement_id": False})

    def _known(self):
        """Return the known figures by code: numbers, and lists of them."""
        return {
            line.code: line.input_id._read_list(line.amounts) if line.unit == "list" else line.value
            for line in self
            if line.is_known
        }
