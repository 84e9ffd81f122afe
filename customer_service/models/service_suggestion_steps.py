from odoo import fields, models

from ..exceptions import SuggestionStepError

ACTIVITY = "mail.mail_activity_data_todo"


class CustomerServiceSuggestion(models.Model):
    """The steps of a suggestion: screened, adopted or declined, told to the customer, carried out."""

    _inherit = "customer.service.suggestion"

    def action_screen(self):
        """Pass it on to who can judge it, with the day until which the customer waits for an answer.

        :raises SuggestionStepError: without somebody assigned
        """
        self._ensure_step("submitted")
        for one in self:
            if not one.user_id:
                raise SuggestionStepError(
                    self.env._("Say to whom “%s” is assigned: somebody has to judge it.", one.summary)
                )
        self.sudo().write({"state": "screened"})
        for (user, due), same in self.sudo().grouped(lambda one: (one.user_id, one.date_due)).items():
            same.activity_schedule(
                ACTIVITY, date_deadline=due, user_id=user.id, summary=self.env._("Answer the suggestion")
            )

    def action_adopt(self):
        """Decide to carry it out.

        :raises AccessError: unless the user manages customer service
        :raises SuggestionStepError: without an answer to the customer
        """
        self._decide("adopted")

    def action_decline(self):
        """Decide not to carry it out; the answer says why.

        :raises AccessError: unless the user manages customer service
        :raises SuggestionStepError: without an answer to the customer
        """
        self._decide("declined")

    def action_tell(self):
        """Note that the customer was told the answer.

        :raises SuggestionStepError: before it is decided, or twice
        """
        self._ensure_step("adopted", "declined", "done")
        for one in self:
            if one.told_on:
                raise SuggestionStepError(
                    self.env._("The customer was told about “%s” already.", one.summary)
                )
        self.sudo().write({"told_on": fields.Date.context_today(self)})

    def action_done(self):
        """Note that it is carried out, and what it earns the customer.

        :raises SuggestionStepError: without a result, or before the customer was told
        """
        self._ensure_step("adopted")
        for one in self:
            if not one.told_on:
                raise SuggestionStepError(
                    self.env._("Tell the customer about “%s” before it is done.", one.summary)
                )
            if not (one.result or "").strip():
                raise SuggestionStepError(
                    self.env._("Write down what was changed by “%s”, as its result.", one.summary)
                )
        for one in self.sudo():
            one.write(
                {
                    "state": "done",
                    "done_on": fields.Date.context_today(self),
                    "reward_amount": one._reward(),
                }
            )

    def action_reopen(self):
        """Judge a declined one again: somebody knows better now."""
        self._ensure_step("declined")
        self._ensure_manager()
        self.sudo().write(
            {"state": "screened", "answered_on": False, "told_on": False, "decided_by_id": False}
        )

    def _reward(self):
        """Return the reward by the benefit of the first year, to the highest one; in company currency."""
        self.ensure_one()
        company = self.company_id
        reward = (self.benefit or self.benefit_estimate) * company.customer_service_reward_percent / 100
        highest = company.customer_service_reward_max
        return self.currency_id.round(min(reward, highest) if highest else reward)

    def _decide(self, state):
        self._ensure_step("screened")
        self._ensure_manager()
        for one in self:
            if not (one.answer or "").strip():
                raise SuggestionStepError(
                    self.env._(
                        "Write down what the customer is told about “%s”, with the reason.", one.summary
                    )
                )
        suggestions = self.sudo()
        suggestions.write(
            {
                "state": state,
                "answered_on": fields.Date.context_today(self),
                "decided_by_id": self.env.uid,
            }
        )
        suggestions.activity_unlink([ACTIVITY])

    def _ensure_manager(self):
        """:raises AccessError: unless the user manages customer service"""
        message = self.env._("Suggestions are decided by managers of customer service.")
        self._ensure_group("customer_service.group_service_manager", message)
