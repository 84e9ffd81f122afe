from odoo import api, fields, models
from odoo.fields import Command

WITH_REBATES = ("beihai", "harvest")


class CustomerDemoStory(models.AbstractModel):
    """Rebates of two distributors: what was settled on account, what waits, and this year's in the making."""

    _inherit = "customer.demo.story"

    @api.model
    def _earn_rebates(self):
        """Give the distributors of the story rebate plans, and settle what they earned last quarter."""
        company = self.env.ref("base.main_company")
        today = fields.Date.today()
        plans = self.env["customer.dealer.rebate.plan"].sudo().with_company(company)
        quarterly = self.env.ref("customer_channels.rebate_plan_quarterly")
        yearly = self.env.ref("customer_channels.rebate_plan_yearly")
        for name in WITH_REBATES:
            dealer = self.env.ref(f"customer_channels.dealer_{name}")
            self._rebate_contract(dealer, today)._approval_write(
                {"rebate_plan_ids": [Command.set((quarterly + yearly).ids)]}
            )
        company.customer_rebate_product_id = self.env.ref("customer_channels.product_rebate")
        engine = self.env["customer.dealer.rebate.engine"].with_company(company)
        last = fields.Date.subtract(plans._period_of("quarter", today)[0], days=1)
        for plan, day in ((quarterly, last), (yearly, last)):
            engine._compute(engine._prepare(plan, day))
        self._settle_rebates(quarterly, yearly, last)
        for plan in (quarterly, yearly):
            engine._compute(engine._prepare(plan, today))

    @api.model
    def _rebate_contract(self, dealer, today):
        """Return the running contract of a dealer, or a new one where the story has none."""
        contracts = self.env["customer.dealer.contract"].sudo()
        found = dealer.sudo().contract_id
        if not found:
            first = fields.Date.subtract(fields.Date.start_of(today, "year"), years=1)
            found = contracts.create(
                {"dealer_id": dealer.id, "date_from": first, "date_to": fields.Date.add(today, years=1)}
            )
            found._approval_write({"approval_state": "approved"})
            found._approval_write({"signed_on": first, "begun_on": first})
        return found

    @api.model
    def _settle_rebates(self, quarterly, yearly, last):
        """Last quarter: what was due on account was taken in goods; the quarter's rebate of one dealer waits."""
        statements = self.env["customer.dealer.rebate.statement"].sudo()
        found = statements.search([("plan_id", "in", (quarterly + yearly).ids), ("date_to", "=", last)])
        found = found.filtered(
            lambda one: (
                one.kind == "interim" or one.dealer_id == self.env.ref("customer_channels.dealer_beihai")
            )
        )
        boss = self.env.ref("customer_management.user_chenjing")
        found._approval_write({"approval_state": "approved", "requested_by_id": boss.id})
        found._approval_write({"confirmed_on": fields.Date.add(last, days=9)})
        taken = found.filtered(lambda one: one.plan_id == yearly)
        taken._approval_write({"settled_on": fields.Date.add(last, days=12)})
