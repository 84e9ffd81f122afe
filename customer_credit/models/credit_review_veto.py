from odoo import api, fields, models

from ..exceptions import CreditReviewError


class CustomerCreditReviewVeto(models.Model):
    """One veto as it stood in a review: decided by a figure, or ticked with a remark."""

    _name = "customer.credit.review.veto"
    _description = "Cap in a Credit Review"
    _inherit = ["customer.approval.line.mixin"]
    _approval_parent = "review_id"
    _order = "review_id, sequence, id"

    review_id = fields.Many2one("customer.credit.review", required=True, index=True, ondelete="cascade")
    veto_id = fields.Many2one(
        "customer.credit.veto", readonly=True, index="btree_not_null", ondelete="set null"
    )
    name = fields.Char(string="Reason", required=True, readonly=True)
    sequence = fields.Integer(readonly=True)
    rating_id = fields.Many2one(
        "customer.credit.rating",
        string="At Most",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    is_manual = fields.Boolean(readonly=True)
    applies = fields.Boolean()
    figure = fields.Char(readonly=True, help="What decided it.")
    remark = fields.Char()

    def write(self, vals):
        """Override of `base`: people tick and remark, and what a figure decides is not ticked by hand.

        :raises CreditReviewError: when more is tried
        """
        if not self.env.su and not {"applies", "remark"}.issuperset(vals):
            raise CreditReviewError(self.env._("Of a cap only the tick and the remark can be entered."))
        if "applies" in vals and not self.env.su:
            decided = self.filtered(lambda line: not line.is_manual and line.applies != vals["applies"])
            if decided:
                raise CreditReviewError(
                    self.env._(
                        "“%s” follows from a figure and is not ticked by hand. Override the rating instead, with a "
                        "reason.",
                        decided[0].name,
                    )
                )
        return super().write(vals)

    @api.model
    def _of_reviews(self, reviews):
        """Return the values of the lines of drafts, decided by the figures of their days."""
        vals_list = []
        for (company, day), group in reviews.grouped(lambda r: (r.company_id, r.date)).items():
            vetoes = self.env["customer.credit.veto"]._of_company(company)
            decided = vetoes._decide(company, group.partner_id, day)
            for review in group:
                vals_list += [
                    self._values(review, veto, company, decided[review.partner_id.id]) for veto in vetoes
                ]
        return vals_list

    @api.model
    def _values(self, review, veto, company, decided):
        applies, value = decided.get(veto.id, (False, None))
        unit = veto.metric_id.unit
        words = self.env["customer.metric"]._in_unit(value, unit, company.currency_id) if value else False
        return {
            "review_id": review.id,
            "veto_id": veto.id,
            "name": veto.name,
            "sequence": veto.sequence,
            "rating_id": veto._cap_in(company).id,
            "is_manual": veto.id not in decided,
            "applies": applies,
            "figure": words,
        }
