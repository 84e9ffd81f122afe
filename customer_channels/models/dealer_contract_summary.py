from odoo import api, fields, models


class CustomerDealerContract(models.Model):
    """What whoever approves a contract sees at once."""

    _inherit = "customer.dealer.contract"

    def _approval_summary(self):
        """Override: with whom, where, for how long, on which terms, and what is unusual about it."""
        self.ensure_one()
        own = self.env["customer.approval"]
        days = f"{own._format_day(self.date_from)} – {own._format_day(self.date_to)}"
        failed = ", ".join(self._conditions_failed().mapped("name"))
        edited = ", ".join(self.clause_ids.filtered("is_edited").mapped("name"))
        facts = [
            ("dealer_id", self.dealer_id.display_name),
            ("kind", self._clause_contract_kind()),
            ("date_from", days),
            ("territory_ids", "\n".join(line._words() for line in self.territory_ids)),
            ("pricelist_id", self.pricelist_id.display_name),
            ("payment_term_id", self.payment_term_id.display_name),
            ("deposit_amount", self.deposit_amount and own._format(self.deposit_amount, self.currency_id)),
            ("edited_count", edited),
            ("amends_id", self.amends_id.name),
            ("renews_id", self.renews_id.name),
            ("condition_ids", failed and self.env._("Failed: %s", failed)),
            ("renewal_reason", self.renewal_reason),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]


class CustomerDealerTerritory(models.Model):
    """A line of a territory in words."""

    _inherit = "customer.dealer.territory"

    def _words(self):
        """Return where and which goods, and whether nobody else gets it."""
        self.ensure_one()
        right = self.env._("exclusive") if self.is_exclusive else self.env._("not exclusive")
        return f"{self.area_id.display_name} · {self._goods_words()} · {right}"


class CustomerDealer(models.Model):
    """The conditions that a dealer has to meet."""

    _inherit = "customer.dealer"

    condition_ids = fields.One2many("customer.dealer.condition", "dealer_id", string="Conditions")
    condition_open_count = fields.Integer(string="Open Conditions", compute="_compute_condition_open_count")

    @api.depends("condition_ids.result")
    def _compute_condition_open_count(self):
        groups = self.env["customer.dealer.condition"]._read_group(
            [("dealer_id", "in", self.ids), ("result", "=", False)], ["dealer_id"], ["__count"]
        )
        counts = {dealer.id: number for dealer, number in groups}
        for dealer in self:
            dealer.condition_open_count = counts.get(dealer.id, 0)
