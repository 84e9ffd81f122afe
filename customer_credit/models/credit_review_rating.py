from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..exceptions import CreditReviewError

# For so many months an override holds at most. (domain 4.2)
OVERRIDE_MONTHS = 6


class CustomerCreditReview(models.Model):
    """From the score to the rating: what caps it, and who overrides it for how long."""

    _inherit = "customer.credit.review"

    assessment_id = fields.Many2one(
        "customer.assessment",
        string="Scorecard",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        copy=False,
        domain="[('kind', '=', 'credit'), ('state', '=', 'done'), ('partner_id', '=', partner_id)]",
        help="Its score gives the rating.",
    )
    assessment_ids = fields.Many2many(
        "customer.assessment",
        "customer_credit_review_assessment_rel",
        "review_id",
        "assessment_id",
        string="Other Models",
        copy=False,
        domain="[('kind', '=', 'credit'), ('state', '=', 'done'), ('partner_id', '=', partner_id)]",
        help="Shown beside the scorecard; their figures feed the limit methods.",
    )
    score = fields.Float(compute="_compute_score", store=True, copy=False, digits=(5, 2), aggregator="avg")
    has_score = fields.Boolean(compute="_compute_score", store=True, copy=False)
    score_rating_id = fields.Many2one(
        "customer.credit.rating",
        string="Rating by Score",
        compute="_compute_score",
        store=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    cap_rating_id = fields.Many2one(
        "customer.credit.rating",
        string="At Most",
        compute="_compute_cap",
        store=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    cap_reason = fields.Char(
        string="Capped By",
        compute="_compute_cap",
        store=True,
        copy=False,
        help="Why the rating is no better.",
    )
    capped_rating_id = fields.Many2one(
        "customer.credit.rating",
        string="Rating by Rule",
        compute="_compute_final_rating_id",
        store=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="By score and caps, without an override.",
    )
    override_rating_id = fields.Many2one(
        "customer.credit.rating",
        string="Override",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', 'in', [company_id, False])]",
        tracking=True,
    )
    override_reason = fields.Char(copy=False)
    override_until = fields.Date(copy=False, help="Six months at most; then the rating by rule returns.")
    override_ended = fields.Boolean(readonly=True, copy=False)
    final_rating_id = fields.Many2one(
        "customer.credit.rating",
        compute="_compute_final_rating_id",
        store=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
    )
    final_color = fields.Integer(related="final_rating_id.color", string="Color of the Final Rating")

    @api.depends("assessment_id", "company_id")
    def _compute_score(self):
        # A finished assessment is frozen. To follow its score would cost a question for each that is filled.
        ratings = self.env["customer.credit.rating"]
        for review in self:
            known = review.assessment_id.sudo()
            review.has_score = known.has_score
            review.score = known.score if known.has_score else 0.0
            review.score_rating_id = known.has_score and ratings._of_score(known.score, review.company_id)

    @api.depends("veto_ids.applies", "veto_ids.rating_id", "veto_ids.name")
    def _compute_cap(self):
        for review in self:
            applying = review.veto_ids.filtered(lambda line: line.applies and line.rating_id)
            worst = applying.sorted(lambda line: (line.rating_id.sequence, line.rating_id.id))[-1:]
            review.cap_rating_id = worst.rating_id
            same = applying.filtered(lambda line, worst=worst: line.rating_id == worst.rating_id)
            review.cap_reason = ", ".join(same.mapped("name")) or False

    @api.depends("score_rating_id", "cap_rating_id", "override_rating_id")
    def _compute_final_rating_id(self):
        for review in self:
            found = review.score_rating_id
            # A cap alone is no rating: without a score the payer is not rated.
            if found and review.cap_rating_id:
                found = (found | review.cap_rating_id).sorted(lambda one: (one.sequence, one.id))[-1:]
            review.capped_rating_id = found
            review.final_rating_id = review.override_rating_id or found

    @api.constrains("assessment_id", "assessment_ids", "account_id")
    def _check_assessments(self):
        for review in self:
            for assessment in (review.assessment_id | review.assessment_ids).sudo():
                if (
                    assessment.partner_id != review.partner_id
                    or assessment.company_id != review.company_id
                    or assessment.kind != "credit"
                ):
                    raise CreditReviewError(
                        self.env._(
                            "“%(assessment)s” is no credit assessment of %(payer)s in %(company)s.",
                            assessment=assessment.display_name,
                            payer=review.partner_id.name,
                            company=review.company_id.name,
                        )
                    )

    def _check_rating(self):
        """See that the rating can be approved.

        :raises CreditReviewError: without a rating, with an unfinished assessment, with a tick without a
            remark, or with an override that says not why or lasts too long
        """
        self.ensure_one()
        unfinished = (self.assessment_id | self.assessment_ids).sudo().filtered(lambda a: a.state != "done")
        if unfinished:
            raise CreditReviewError(
                self.env._("Finish “%s” first: its score is not settled yet.", unfinished[0].display_name)
            )
        if not self.final_rating_id:
            raise CreditReviewError(
                self.env._(
                    "“%s” has no rating yet: choose a finished scorecard, or override the rating with a reason.",
                    self.display_name,
                )
            )
        bare = self.veto_ids.filtered(lambda line: line.applies and line.is_manual and not line.remark)
        if bare:
            raise CreditReviewError(
                self.env._("“%s” is ticked: say in the remark what is known of it.", bare[0].name)
            )
        if self.override_rating_id:
            self._check_override()

    def _check_override(self):
        latest = self.date_from + relativedelta(months=OVERRIDE_MONTHS)
        if not (self.override_reason or "").strip():
            raise CreditReviewError(
                self.env._("Say why the rating of “%s” is overridden.", self.display_name)
            )
        if not self.override_until or not self.date_from <= self.override_until <= latest:
            raise CreditReviewError(
                self.env._(
                    "An override of a rating ends within %(months)s months: choose a last day between %(first)s and "
                    "%(latest)s.",
                    months=OVERRIDE_MONTHS,
                    first=self.date_from,
                    latest=latest,
                )
            )

    @api.model
    def _end_overrides(self):
        """Give back the rating by rule where an override is over and no later review has been approved."""
        over = self.search(
            [
                ("approval_state", "=", "approved"),
                ("override_rating_id", "!=", False),
                ("override_until", "<", fields.Date.context_today(self)),
                ("override_ended", "=", False),
            ]
        )
        current = over & over.account_id._last_reviews()
        over._approval_write({"override_ended": True})
        current.account_id._grant(
            {},
            {review.account_id: review.capped_rating_id for review in current},
            {
                review.account_id: {
                    "trigger": "expired",
                    "review_id": review.id,
                    "reason": self.env._("The override ended on %s.", review.override_until),
                    "approved_by_id": False,
                }
                for review in current
            },
        )
