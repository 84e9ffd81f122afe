from odoo import api, fields, models


class RebatePlanPartMixin(models.AbstractModel):
    """A part of a rebate plan: it changes with the plan, and freezes with it."""

    _name = "customer.dealer.rebate.part"
    _description = "Part of a Rebate Plan"

    plan_id = fields.Many2one("customer.dealer.rebate.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: nothing is added to a frozen plan."""
        parts = super().create(vals_list)
        parts.plan_id._refuse_frozen()
        return parts

    def write(self, vals):
        """Override of `base`: nothing is changed in a frozen plan, or moved into one."""
        self.plan_id._refuse_frozen()
        done = super().write(vals)
        self.plan_id._refuse_frozen()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self.plan_id._refuse_frozen()


class CustomerDealerRebateTier(models.Model):
    """A rate of a rebate plan, from an amount (or a percentage of the target) up to where the next begins."""

    _name = "customer.dealer.rebate.tier"
    _description = "Rebate Tier"
    _inherit = ["customer.dealer.rebate.part"]
    _order = "plan_id, amount_from, id"
    _rec_name = "amount_from"

    # Not money: with tiers by attainment it is a percentage.
    amount_from = fields.Float(
        string="From", digits=(16, 2), required=True, help="Whoever reaches it has it."
    )
    rate = fields.Float(string="Rate (%)", digits=(16, 4), required=True)

    _from_unique = models.UniqueIndex(
        "(plan_id, amount_from)", "Two tiers of a plan begin at the same amount."
    )
    _sensible = models.Constraint(
        "CHECK(amount_from >= 0 AND rate >= 0 AND rate <= 100)", "A rate lies between 0 and 100 %, from 0 on."
    )

    @api.constrains("amount_from")
    def _check_first(self):
        self.plan_id._check_tiers()


class CustomerDealerRebateBand(models.Model):
    """How much of the rebate is paid for what was collected within some days."""

    _name = "customer.dealer.rebate.band"
    _description = "Collection Band"
    _inherit = ["customer.dealer.rebate.part"]
    _order = "plan_id, days, id"
    _rec_name = "days"

    days = fields.Integer(
        string="Up To (Days)", required=True, help="The last day, included. Later than all bands: nothing."
    )
    percent = fields.Float(string="Pays (%)", digits=(16, 4), required=True)

    _days_unique = models.UniqueIndex("(plan_id, days)", "Two bands of a plan end on the same day.")
    _sensible = models.Constraint(
        "CHECK(days >= 0 AND percent >= 0 AND percent <= 100)",
        "A band pays between 0 and 100 %, from day 0 on.",
    )
