from odoo import api, fields, models
from odoo.tools import format_amount


class CustomerCreditReview(models.Model):
    """From the methods to the proposed limit: combined, capped by rating and appetite, in whole steps."""

    _inherit = "customer.credit.review"

    need_amount = fields.Monetary(string="Need", compute="_compute_proposal", store=True)
    has_need = fields.Boolean(compute="_compute_proposal", store=True)
    capacity_amount = fields.Monetary(string="Capacity", compute="_compute_proposal", store=True)
    has_capacity = fields.Boolean(compute="_compute_proposal", store=True)
    combined_amount = fields.Monetary(string="By the Methods", compute="_compute_proposal", store=True)
    has_combined = fields.Boolean(compute="_compute_proposal", store=True)
    rating_cap = fields.Monetary(
        string="Cap by Rating",
        compute="_compute_proposal",
        store=True,
        help="The part of the need that the rating allows.",
    )
    has_rating_cap = fields.Boolean(compute="_compute_proposal", store=True)
    single_cap = fields.Monetary(
        string="Cap for One Payer", readonly=True, copy=False, help="A part of our own sales of a year."
    )
    has_single_cap = fields.Boolean(readonly=True, copy=False)
    step = fields.Monetary(string="In Steps Of", readonly=True, copy=False)
    proposed_amount = fields.Monetary(
        string="Proposed Limit", compute="_compute_proposal", store=True, tracking=True
    )
    has_proposal = fields.Boolean(compute="_compute_proposal", store=True)
    proposal_note = fields.Text(compute="_compute_proposal_note", help="How the proposal came about.")
    secured_amount = fields.Monetary(
        string="Secured Part",
        readonly=True,
        copy=False,
        help="What securities and insurance add to the limit while they are valid; not part of the base limit.",
    )

    @api.depends(
        "method_ids.result",
        "method_ids.has_result",
        "method_ids.weight",
        "method_ids.is_chosen",
        "combination",
        "final_rating_id",
        "single_cap",
        "has_single_cap",
        "step",
    )
    def _compute_proposal(self):
        for review in self:
            need = review._average(review.method_ids.filtered(lambda line: line.kind == "need"))
            capacity = review._average(review.method_ids.filtered(lambda line: line.kind == "capacity"))
            combined = review._combine(need, capacity)
            cap = review._cap_of_rating(need)
            found = review._bound(combined, cap)
            for name, value in (
                ("need", need),
                ("capacity", capacity),
                ("combined", combined),
            ):
                review[f"{name}_amount"], review[f"has_{name}"] = value or 0.0, value is not None
            review.rating_cap, review.has_rating_cap = cap or 0.0, cap is not None
            review.proposed_amount, review.has_proposal = found or 0.0, found is not None

    def _average(self, lines):
        """Return the weighted average of the results that count, or None when there is none."""
        counting = lines.filtered(lambda line: line.has_result and line.weight > 0)
        weights = sum(counting.mapped("weight"))
        return sum(line.result * line.weight for line in counting) / weights if weights else None

    def _combine(self, need, capacity):
        """Return what the methods say together, or None when none of them says anything.

        By groups: the smaller of what the customer needs and what it can bear; a group without a result is
        left out.
        """
        if self.combination == "average":
            return self._average(self.method_ids)
        if self.combination == "chosen":
            chosen = self.method_ids.filtered(lambda line: line.is_chosen and line.has_result)
            return chosen[0].result if chosen else None
        return min((amount for amount in (need, capacity) if amount is not None), default=None)

    def _cap_of_rating(self, need):
        """Return the most that the rating allows, or None without a cap; a cap of an unknown need is unknown."""
        rating = self.final_rating_id
        if rating and not rating.gives_credit:
            return 0.0
        return need * rating.need_percent / 100 if rating.has_need_cap and need is not None else None

    def _bound(self, combined, cap):
        """Return the proposal in whole steps, or None when the methods say nothing and no cap is zero."""
        bounds = [amount for amount in (combined, cap) if amount is not None]
        if combined is None and cap != 0.0:
            return None
        if self.has_single_cap:
            bounds.append(self.single_cap)
        found = min(bounds)
        if self.step > 0:
            # A hair more, so that 3000 that came out as 2999.9999 stays 3000.
            found = (found + self.currency_id.rounding / 2) // self.step * self.step
        return self.currency_id.round(found)

    @api.depends("has_combined", "proposed_amount", "has_proposal")
    @api.depends_context("lang")
    def _compute_proposal_note(self):
        for review in self:
            review.proposal_note = "\n".join(review._proposal_words())

    def _proposal_words(self):
        """Return how the proposal came about, a sentence a step."""
        self.ensure_one()
        env, words = self.env, self._group_words() if self.combination == "groups" else []
        if self.has_combined:
            words.append(env._("Together the methods give %s.", self._money(self.combined_amount)))
        words += self._cap_words()
        if self.has_single_cap:
            words.append(env._("One payer gets %s at most.", self._money(self.single_cap)))
        if self.step > 0 and self.has_proposal:
            words.append(env._("Rounded down to steps of %s.", self._money(self.step)))
        if not self.has_proposal:
            words.append(env._("There is no proposal: enter the figures that the methods lack."))
        return words

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    def _group_words(self):
        env = self.env
        need = env._("No method of the need has a result, so the need is not known.")
        capacity = env._("No method of the capacity has a result.")
        if self.has_need:
            need = env._("The need is %s.", self._money(self.need_amount))
        if self.has_capacity:
            capacity = env._("Its accounts bear %s.", self._money(self.capacity_amount))
        return [need, capacity]

    def _cap_words(self):
        env, rating = self.env, self.final_rating_id
        if rating and not rating.gives_credit:
            return [env._("%s is given no credit.", rating.name)]
        if self.has_rating_cap:
            cap = self._money(self.rating_cap)
            return [
                env._(
                    "%(rating)s is given %(percent)g %% of the need at most: %(cap)s.",
                    rating=rating.name,
                    percent=rating.need_percent,
                    cap=cap,
                )
            ]
        if rating.has_need_cap:
            return [env._("The cap by rating is a part of the need, which is not known.")]
        return []
