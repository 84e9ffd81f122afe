from odoo import models

LOW = 70


class CustomerAssessment(models.Model):
    """The quarterly review of dealers: two low ones after each other ask for conditions."""

    _inherit = "customer.assessment"

    def action_finish(self):
        """Override: two reviews below 70 in a row suggest to set the dealer conditions with a deadline."""
        done = super().action_finish()
        template = self.env.ref(
            "customer_channels.assessment_template_dealer_review", raise_if_not_found=False
        )
        low = self.filtered(lambda one: one.template_id == template and one.has_score and one.score < LOW)
        for company, reviews in low.grouped("company_id").items():
            dealers = self.env["customer.dealer"]._of(reviews.partner_id, company)
            for review in reviews:
                dealer = dealers[review.partner_id.id]
                before = review._review_before()
                if dealer and before.has_score and before.score < LOW:
                    dealer._suggest_condition(review)
        return done

    def _review_before(self):
        """Return the review that was finished before this one; without any, an empty one."""
        domain = [
            ("template_id", "=", self.template_id.id),
            ("partner_id", "=", self.partner_id.id),
            ("company_id", "=", self.company_id.id),
            ("state", "=", "done"),
            ("id", "!=", self.id),
        ]
        return self.sudo().search(domain, order="date desc, id desc", limit=1)
