from odoo import fields, models


class CustomerDealerRewardTier(models.Model):
    """What the points of a quarter earn a sub-dealer: the highest tier that they reach."""

    _name = "customer.dealer.reward.tier"
    _description = "Reward Tier"
    _order = "points desc, id"
    _rec_name = "reward"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company.root_id
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    points = fields.Float(string="From Points", required=True, digits=(12, 2), help="In a quarter.")
    reward = fields.Char(required=True, translate=True, help="What the sub-dealer gets, in words.")
    amount = fields.Monetary(string="Worth", help="What it costs us.")

    _points_positive = models.Constraint("CHECK(points > 0)", "A tier begins above zero points.")
    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A reward cannot cost less than nothing.")
    _points_unique = models.UniqueIndex("(company_id, points)", "Two tiers begin at the same points.")

    def _reached(self, points):
        """Return the highest of these tiers that so many points reach; an empty one when none."""
        return self.filtered(lambda tier: tier.points <= points).sorted("points")[-1:]
