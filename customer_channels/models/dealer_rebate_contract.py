from odoo import fields, models

from odoo.addons.customer_management.tools.living_text import table


class CustomerDealerContract(models.Model):
    """Which rebates a contract grants, and how they read in its text."""

    _inherit = "customer.dealer.contract"

    rebate_plan_ids = fields.Many2many(
        "customer.dealer.rebate.plan",
        "customer_dealer_contract_rebate_rel",
        "contract_id",
        "plan_id",
        string="Rebate Plans",
        check_company=True,
    )

    def _rebate_table(self):
        """Return the table of the rebates of the contract, for its text: Markup; None without any."""
        self.ensure_one()
        return self.sudo().rebate_plan_ids._plans_table()


class CustomerDealerRebatePlan(models.Model):
    """How plans read, in a contract or a policy."""

    _inherit = "customer.dealer.rebate.plan"

    def _plans_table(self):
        """Return the table of these plans, a line each; None for none."""
        if not self:
            return None
        head = [
            self.env._("Rebate"),
            self.env._("Period"),
            self.env._("Of"),
            self.env._("Rates"),
            self.env._("Conditions"),
        ]
        return table(head, [plan._row() for plan in self])

    def _row(self):
        self.ensure_one()

        def label(name):
            return dict(self._fields[name]._description_selection(self.env))[self[name]]

        basis = label("basis")
        goods = self.categ_ids.mapped("name") + self.product_ids.mapped("name")
        if goods:
            basis = f"{basis}: {', '.join(goods)}"
        period = label("period")
        if self.interim != "none":
            period = self.env._(
                "%(period)s, on account: %(interim)s", period=period, interim=label("interim")
            )
        return [self.name, period, basis, self._rates_text(), self._conditions_text()]

    def _rates_text(self):
        """Return tiers and bands in words."""
        self.ensure_one()
        unit = " %" if self.measure == "attainment" else ""
        parts = [
            self.env._(
                "from %(from)s: %(rate)s %%",
                **{"from": f"{tier.amount_from:,g}{unit}", "rate": f"{tier.rate:g}"},
            )
            for tier in self.tier_ids.sorted("amount_from")
        ]
        text = (
            "; ".join(parts) + f" ({dict(self._fields['mode']._description_selection(self.env))[self.mode]})"
        )
        if self.band_ids:
            text = f"{text}. {self._bands_text()}"
        return text

    def _bands_text(self):
        """Return how much is paid by collection days, in words."""
        self.ensure_one()
        bands = [
            self.env._(
                "paid within %(days)s days: %(percent)s %%", days=band.days, percent=f"{band.percent:g}"
            )
            for band in self.band_ids.sorted("days")
        ]
        return "; ".join([*bands, self.env._("later: nothing")])

    def _conditions_text(self):
        """Return the conditions in words."""
        self.ensure_one()
        found = [
            (self.min_attainment, self.env._("at least %s %% of the target", f"{self.min_attainment:g}")),
            (self.no_violation, self.env._("no proven violation")),
            (
                self.no_overdue,
                self.env._("nothing overdue by more than %s days at the end", self.overdue_days),
            ),
            (self.needs_contract, self.env._("contract in force all the time")),
            (self.needs_reports, self.env._("stock reports filed")),
            (self.has_cap, self.env._("at most %s %% of the base", f"{self.cap:g}")),
        ]
        return "; ".join(text for holds, text in found if holds) or self.env._("none")
