from odoo import models

from odoo.addons.customer_management.tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from the admission of dealers, their stores, point cards and associations."""

    _inherit = "customer.policy.setting"

    def _setting_dealer_selection(self, company):
        """Return a table of what follows from the score of a candidate's survey."""
        most, least = company.customer_dealer_score_approve, company.customer_dealer_score_conditional
        rows = [
            [self.env._("from %s", f"{most:g}"), self.env._("may become a dealer")],
            [
                self.env._("%(least)s to below %(most)s", least=f"{least:g}", most=f"{most:g}"),
                self.env._("with conditions in writing only"),
            ],
            [self.env._("below %s, or any veto", f"{least:g}"), self.env._("is refused")],
        ]
        return table([self.env._("Score"), self.env._("What Follows")], rows)

    def _setting_dealer_selection_weights(self, company):
        """Return a table of the criteria of the agent selection survey with their weights."""
        template = self.env.ref("customer_channels.assessment_template_agent", raise_if_not_found=False)
        if not template:
            return None
        rows = [
            [one.name, f"{one.weight:g}" if one.weight else self.env._("veto")]
            for one in template.criterion_ids
        ]
        return table([self.env._("Criterion"), self.env._("Weight")], rows)

    def _setting_dealer_funds_months(self, company):
        """Return how many months of committed sales an applicant's funds should carry."""
        return f"{company.customer_dealer_funds_months:g}"

    def _setting_franchise_entry(self, company):
        """Return a table of the rules of entry of franchise stores."""
        rules = [
            (self.env._("People in the trade area"), company.customer_dealer_store_population, ""),
            (self.env._("Distance to the next store"), company.customer_dealer_store_distance, " km"),
            (self.env._("Shop area"), company.customer_dealer_store_surface, " m²"),
        ]
        rows = [[name, f"{value:g}{unit}" if value else self.env._("no rule")] for name, value, unit in rules]
        return table([self.env._("Rule of Entry"), self.env._("At Least")], rows)

    def _setting_dealer_point_rewards(self, company):
        """Return a table of what the points of a quarter earn a sub-dealer."""
        tiers = self.env["customer.dealer.reward.tier"].search([("company_id", "=", company.root_id.id)])
        if not tiers:
            return None
        rows = [[f"{tier.points:g}", tier.reward] for tier in tiers.sorted("points")]
        return table([self.env._("Points in a Quarter"), self.env._("Reward")], rows)

    def _setting_dealer_associations(self, company):
        """Return a table of the associations: who may join and what it costs."""
        found = self.env["customer.dealer.association"].search([("company_id", "=", company.root_id.id)])
        if not found:
            return None
        known = self.env["customer.approval"]
        rows = [
            [
                one.name,
                ", ".join(one.type_ids.mapped("name")) or self.env._("all"),
                known._format(one.fee, one.currency_id) if one.fee else self.env._("none"),
            ]
            for one in found
        ]
        return table([self.env._("Association"), self.env._("Dealer Types"), self.env._("Fee a Year")], rows)
