from odoo import models
from odoo.tools.misc import formatLang

from odoo.addons.customer_management.tools.living_text import table

from .survey_question import AREAS


class CustomerPolicySetting(models.Model):
    """What policies read from how customers are asked how satisfied they are."""

    _inherit = "customer.policy.setting"

    def _setting_satisfaction_weights(self, company):
        """Return the table of the areas of the own index with their weights in percent."""
        names = dict(
            self.env["survey.question"]._fields["satisfaction_area"]._description_selection(self.env)
        )
        weights = [(names[code], company[f"customer_satisfaction_{code}"]) for code, _label in AREAS]
        total = sum(weight for _name, weight in weights)
        if not total:
            return None
        rows = [
            (name, formatLang(self.env, 100 * weight / total, digits=0 if weight == int(weight) else 1))
            for name, weight in weights
        ]
        return table((self.env._("Aspect"), self.env._("Weight (%)")), rows)

    def _setting_satisfaction_goal(self, company):
        """Return the index that the company wants to reach."""
        return f"{company.customer_satisfaction_goal:g}"

    def _setting_satisfaction_sampling(self, company):
        """Return how large a part of each grade is asked, and how often the same contact."""
        return self.env._(
            "%(best)s %% of the customers of the best grade, %(second)s %% of the second, %(others)s %% of all "
            "others, drawn at random; nobody again within %(days)s days",
            best=f"{company.customer_satisfaction_share_a:g}",
            second=f"{company.customer_satisfaction_share_b:g}",
            others=f"{company.customer_satisfaction_share_c:g}",
            days=company.customer_satisfaction_gap_days,
        )

    def _setting_low_answer(self, company):
        """Return what follows from a low answer."""
        action = dict(company._fields["customer_satisfaction_low_action"]._description_selection(self.env))[
            company.customer_satisfaction_low_action
        ]
        if company.customer_satisfaction_low_action == "activity":
            return self.env._(
                "below %(limit)s of 100 points: %(action)s, who calls within %(days)s working days",
                limit=f"{company.customer_satisfaction_low:g}",
                action=action,
                days=company.customer_satisfaction_low_days,
            )
        return self.env._(
            "below %(limit)s of 100 points: %(action)s",
            limit=f"{company.customer_satisfaction_low:g}",
            action=action,
        )
