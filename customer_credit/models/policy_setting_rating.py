from odoo import models
from odoo.tools import format_amount

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from credit: ratings, reviews, temporary limits, and the methods for limits."""

    _inherit = "customer.policy.setting"

    def _setting_credit_ratings(self, company):
        """Return a table of the ratings with the score above which each begins, and what follows from it."""
        ratings = self.env["customer.credit.rating"]._scale(company)
        if not ratings:
            return None
        head = [
            self.env._("Rating"),
            self.env._("Score"),
            self.env._("Longest Term"),
            self.env._("Factor"),
            self.env._("Limit at Most"),
            self.env._("Tolerance"),
            self.env._("Reviewed"),
        ]
        rows = [self._rating_row(rating, rating == ratings[-1]) for rating in ratings]
        return table(head, rows)

    def _rating_row(self, rating, is_last):
        name = f"{rating.name} ({rating.meaning})" if rating.meaning else rating.name
        score = self.env._("all below") if is_last else self.env._("above %s", f"{rating.score_above:g}")
        months = rating.review_months
        often = self.env._("every %s months", months) if months else "–"
        if not rating.gives_credit:
            return [name, score, self.env._("paid in advance"), "–", "–", "–", often]
        cap = self.env._("%g %% of the need", rating.need_percent) if rating.has_need_cap else "–"
        term = self.env._("%s days", rating.credit_days)
        return [name, score, term, f"× {rating.limit_factor:g}", cap, f"{rating.tolerance:g} %", often]

    def _setting_credit_review_cycle(self, company):
        """Return in words when accounts are reviewed, and who is asked how long before."""
        words = [
            self.env._(
                "Each rating has its own rhythm; %s days before a review is due, somebody is asked to do it.",
                company.customer_credit_notice_days,
            )
        ]
        if company.customer_credit_rounds:
            words.append(
                self.env._("All limits are looked at together on %s.", company.customer_credit_rounds)
            )
        if company.customer_credit_unrated_months:
            words.append(
                self.env._(
                    "A limit that is given without a rating is reviewed after %s months.",
                    company.customer_credit_unrated_months,
                )
            )
        return " ".join(words)

    def _setting_credit_temporary_limits(self, company):
        """Return in words how long, how large and how often a limit may be raised for a while."""
        env, words = self.env, []
        if company.customer_credit_temporary_days:
            words.append(env._("It lasts %s days at most.", company.customer_credit_temporary_days))
        if company.customer_credit_temporary_percent:
            words.append(
                env._("It is %g %% of the limit at most.", company.customer_credit_temporary_percent)
            )
        if company.customer_credit_temporary_count:
            words.append(
                env._(
                    "A payer gets %(count)s at most within %(days)s days.",
                    count=company.customer_credit_temporary_count,
                    days=company.customer_credit_temporary_period,
                )
            )
        if not company.customer_credit_temporary_overdue:
            words.append(env._("There is none while something is overdue."))
        return " ".join(words) or env._("At present nothing bounds it but the approval.")

    def _setting_credit_expired_review(self, company):
        """Return in words what a review that was not done takes of the limit."""
        if not company.customer_credit_expiry_percent:
            return self.env._("At present the limit stays when a review is not done in time.")
        return self.env._(
            "The limit falls by %(percent)g %% for each %(days)s days after the day of the review, until it is done.",
            percent=company.customer_credit_expiry_percent,
            days=company.customer_credit_expiry_days,
        )

    def _setting_credit_limit_methods(self, company):
        """Return a table of the methods for limits, with their formulas and how much each counts."""
        methods = self.env["customer.credit.limit.method"].search([("active", "=", True)])
        if not methods:
            return None
        kinds = dict(methods._fields["kind"]._description_selection(self.env))
        rows = [
            [
                method.number,
                method.name,
                kinds[method.kind],
                method.formula or "",
                f"{method.weight:g}" if method.weight else self.env._("shown only"),
            ]
            for method in methods
        ]
        head = [
            self.env._("No."),
            self.env._("Method"),
            self.env._("Kind"),
            self.env._("Formula"),
            self.env._("Weight"),
        ]
        return table(head, rows)

    def _setting_credit_limit_combination(self, company):
        """Return in words how the methods become one limit, and what bounds it."""
        env = self.env
        words = [
            {
                "groups": env._(
                    "The limit is the smaller of what the customer needs and what its accounts bear; each is the "
                    "weighted average of its methods."
                ),
                "average": env._("The limit is the weighted average of all methods that have a result."),
                "chosen": env._("The limit is that of the method that the reviewer chooses."),
            }[company.customer_credit_combination],
            env._("The rating caps it."),
        ]
        if company.customer_credit_single_percent:
            words.append(
                env._(
                    "One payer gets %g %% of our own sales of a year at most.",
                    company.customer_credit_single_percent,
                )
            )
        if company.customer_credit_step:
            step = format_amount(env, company.customer_credit_step, company.currency_id)
            words.append(env._("It is rounded down to steps of %s.", step))
        return " ".join(words)
