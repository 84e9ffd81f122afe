from markupsafe import Markup

from odoo import fields, models

from ..exceptions import CreditReviewError

# What people enter in the lines: the key by which a line is found again, and the fields.
TYPED = {
    "input_ids": ("input_id", ("value", "amounts", "is_known", "source", "statement_id")),
    "method_ids": ("method_id", ("weight", "is_chosen")),
    "veto_ids": ("veto_id", ("applies", "remark")),
}


class CustomerCreditReview(models.Model):
    """The steps of a review: fill it anew, assess, submit, and what an approval grants."""

    _inherit = "customer.credit.review"

    def action_fill(self):
        """Take the figures, vetoes and methods of the day anew; what people entered is kept."""
        self.check_access("write")
        for review in self.sudo():
            review._approval_refuse_locked(["input_ids"])
            typed = review._typed()
            review.input_ids.unlink()
            review.method_ids.unlink()
            review.veto_ids.unlink()
            review._draft()
            for name, values in typed.items():
                for line in review[name]:
                    kept = values.get(line[TYPED[name][0]])
                    if kept:
                        line.write(kept)

    def _typed(self):
        """Return what people entered in the lines: ``{field: {key of the line: values}}``."""
        found = {}
        for name, (key, copied) in TYPED.items():
            lines = self[name]
            if name == "input_ids":
                lines = lines.filtered(lambda line: line.source == "typed")
            if name == "veto_ids":
                lines = lines.filtered("is_manual")
            found[name] = {line[key]: {field: line[field] for field in copied} for line in lines}
        return found

    def action_assess(self):
        """Open a new scorecard of the payer."""
        self.ensure_one()
        template = self.env.ref("customer_credit.assessment_template_scorecard", raise_if_not_found=False)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assess the Credit"),
            "res_model": "customer.assessment",
            "views": [(False, "form")],
            "context": {
                "default_template_id": template and template.id,
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
                "default_date": self.date,
            },
        }

    def _approval_check(self):
        """Override: a review has a rating, a decision on the limit, and a next review in time.

        :raises CreditReviewError: saying what is missing or contradicts itself
        """
        for review in self:
            review._check_rating()
            review._check_limit()
            review._check_next_review()
        return super()._approval_check()

    def _check_limit(self):
        known, currency = self.env["customer.approval"], self.currency_id
        if self.limit_choice != "limit":
            return
        if not self.amount and not self.has_proposal:
            raise CreditReviewError(
                self.env._(
                    "“%s” has no proposal and no limit. Enter the figures that the methods lack, or decide “Cash "
                    "Only”, “No Limit” or to keep the limit.",
                    self.display_name,
                )
            )
        if not self.final_rating_id.gives_credit and self.amount:
            raise CreditReviewError(
                self.env._(
                    "%(rating)s is given no credit, but “%(review)s” has a limit of %(amount)s. Decide “Cash Only”, "
                    "or override the rating.",
                    rating=self.final_rating_id.name,
                    review=self.display_name,
                    amount=known._format(self.amount, currency),
                )
            )
        above = not self.has_proposal or currency.compare_amounts(self.amount, self.proposed_amount) > 0
        if self.amount and above and not (self.amount_reason or "").strip():
            raise CreditReviewError(
                self.env._(
                    "The limit of “%(review)s”, %(amount)s, is more than the proposal of %(proposed)s: say why.",
                    review=self.display_name,
                    amount=known._format(self.amount, currency),
                    proposed=known._format(self.proposed_amount, currency),
                )
            )

    def _check_next_review(self):
        latest = self._latest_review()
        if latest and (not self.next_review or self.next_review > latest):
            raise CreditReviewError(
                self.env._(
                    "%(rating)s is reviewed again by %(latest)s: the next review of “%(review)s” is later, or not set.",
                    rating=self.final_rating_id.name,
                    latest=latest,
                    review=self.display_name,
                )
            )

    def _approval_granted(self):
        """Override: the accounts get rating, limit, terms and the day of their next review."""
        accounts = self.account_id
        accounts._bump()
        before = accounts._limits()
        values, ratings, log, limits = {}, {}, {}, []
        for review in self.sorted("id"):
            account = review.account_id
            values[account] = review._granted_values()
            ratings[account], log[account] = review.final_rating_id, review._change_values()
            if review.limit_choice != "keep":
                limits.append(review._limit_values())
        accounts._grant_base_limits(limits)
        accounts._grant(values, ratings, log, before)
        accounts._review_done()
        self._tell(before)
        return super()._approval_granted()

    def _granted_values(self):
        """Return what the account gets besides its rating."""
        terms = {"payment_term_id": self.payment_term_id.id} if self.payment_term_id else {}
        return {"next_review": self.next_review, **terms}

    def _change_values(self):
        """Return what the history of ratings says about this review."""
        reasons = [self.cap_reason if self.final_rating_id == self.cap_rating_id else False]
        if self.override_rating_id:
            reasons = [self.override_reason]
        return {
            "trigger": "review",
            "review_id": self.id,
            "reason": "; ".join(filter(None, reasons)) or self.env._("Score %g", self.score),
            "approved_by_id": self.env.uid,
            "notified": ", ".join(self._told().mapped("name")),
        }

    def _limit_values(self):
        return {
            "account": self.account_id,
            # A limit of zero is what cash only means.
            "state": "none" if self.limit_choice == "none" else "limit",
            "amount": self.amount if self.limit_choice == "limit" else 0.0,
            "currency": self.currency_id,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "reason": self.amount_reason or self.display_name,
        }

    def _told(self):
        """Return who is told of the outcome: who prepared it, and the salesperson if credit is his business."""
        sees = self.env.ref("customer_credit.group_credit_user").all_user_ids
        return self.user_id | (self.account_id.user_id & sees)

    def _tell(self, before):
        """Note on each account what its review has brought."""
        after = self.account_id._limits()
        for review in self:
            account = review.account_id
            words = self.env._(
                "Reviewed: rating %(old)s → %(new)s, limit %(was)s → %(is)s, next review %(next)s.",
                old=review.old_score_name,
                new=review.final_rating_id.name,
                next=review.next_review and fields.Date.to_string(review.next_review),
                **{
                    "was": account._limit_words(before[account]),
                    "is": account._limit_words(after[account]),
                },
            )
            account.message_post(
                body=Markup("<p>%s</p>") % words,
                partner_ids=(review._told() - self.env.user).partner_id.ids,
                subtype_xmlid="mail.mt_note",
            )
