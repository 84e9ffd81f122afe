from odoo import api, fields, models

from ..exceptions import CreditReviewError


class CustomerCreditReviewMethod(models.Model):
    """One limit method in a review: its result, or what it lacks, and how much it counts. (4.16)

    The weight and the chosen method are people's; all else follows from the inputs.
    """

    _name = "customer.credit.review.method"
    _description = "Method of a Credit Review"
    _inherit = ["customer.approval.line.mixin"]
    _approval_parent = "review_id"
    _order = "review_id, number, id"

    review_id = fields.Many2one("customer.credit.review", required=True, index=True, ondelete="cascade")
    partner_id = fields.Many2one(related="review_id.partner_id", string="Payer", store=True, index=True)
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="review_id.currency_id")
    method_id = fields.Many2one(
        "customer.credit.limit.method", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(related="method_id.number", store=True, aggregator=None)
    name = fields.Char(related="method_id.name")
    formula = fields.Char(related="method_id.formula")
    kind = fields.Selection(related="method_id.kind", store=True)
    weight = fields.Float(aggregator=None)
    is_chosen = fields.Boolean(string="Chosen", help="Used when the review goes by one method alone.")
    result = fields.Monetary(compute="_compute_result", store=True, aggregator=None)
    has_result = fields.Boolean(compute="_compute_result", store=True)
    used = fields.Json(
        compute="_compute_result", store=True, help="The figures that it worked with, by code."
    )
    inputs = fields.Char(compute="_compute_inputs", help="The figures that it worked with.")
    missing = fields.Char(compute="_compute_inputs", help="What it would need.")

    @api.depends(
        "review_id.input_ids.value",
        "review_id.input_ids.amounts",
        "review_id.input_ids.is_known",
        "review_id.term_days",
        "review_id.final_rating_id",
        "review_id.old_amount",
        "review_id.old_state",
    )
    def _compute_result(self):
        for review, lines in self.grouped("review_id").items():
            known = review._known_inputs()
            for line in lines:
                method = line.method_id.sudo()
                result = method._work_out(known)
                line.has_result = result is not None
                line.result = line.currency_id.round(result) if result is not None else 0.0
                codes = method.input_ids.mapped("code")
                line.used = {code: known[code] for code in codes if code in known}

    @api.depends("used", "has_result")
    @api.depends_context("lang")
    def _compute_inputs(self):
        every = {
            one.code: one for one in self.env["customer.credit.limit.input"].sudo().search([("id", "!=", 0)])
        }
        for line in self:
            used = line.used or {}
            line.inputs = " · ".join(
                f"{every[code].name} {every[code]._in_words(value, every[code].unit, line.currency_id)}"
                for code, value in used.items()
                if code in every
            )
            missing = [] if line.has_result else line.method_id.sudo()._missing(used)
            line.missing = ", ".join(every[code].name for code in missing if code in every)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: the review makes its methods itself."""
        if not self.env.su:
            raise CreditReviewError(self.env._("A review brings its methods itself: weigh or choose them."))
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: people weigh and choose methods; of a review one is chosen.

        :raises CreditReviewError: when they write more than that
        """
        if not self.env.su and not {"weight", "is_chosen"}.issuperset(vals):
            raise CreditReviewError(self.env._("Only the weight of a method and the choice can be changed."))
        if vals.get("is_chosen"):
            (self.review_id.method_ids - self).filtered("is_chosen").write({"is_chosen": False})
        return super().write(vals)
