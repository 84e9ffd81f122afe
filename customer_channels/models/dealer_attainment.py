from odoo import api, fields, models
from odoo.tools import SQL


class CustomerDealer(models.Model):
    """The targets of a dealer."""

    _inherit = "customer.dealer"

    target_ids = fields.One2many("customer.dealer.target", "dealer_id", string="Targets")
    attainment = fields.Float(
        compute="_compute_attainment",
        compute_sudo=True,
        help="This year until today: what was attained as part of what the targets expect by today.",
    )
    has_attainment = fields.Boolean(compute="_compute_attainment", compute_sudo=True)

    @api.depends("target_ids")
    def _compute_attainment(self):
        today = fields.Date.context_today(self)
        found = self._origin._attainments(fields.Date.start_of(today, "year"), today) if self._origin else {}
        for dealer in self:
            dealer.attainment = found.get(dealer._origin.id, 0.0)
            dealer.has_attainment = dealer._origin.id in found

    def _attainments(self, date_from, date_to):
        """Override: what was invoiced or collected in the period, as part of the targets for its days.

        Of these dealers, or without any of all dealers of the current company.
        """
        self.env.flush_all()
        groups = self.grouped("company_id") if self else {self.env.company: None}
        ratios = dict(super()._attainments(date_from, date_to))
        targets = self.env["customer.dealer.target"]
        for company, dealers in groups.items():
            statement = targets._ratio_sql(company, date_from, date_to, dealers)
            rows = self.env.execute_query(
                SQL(
                    "SELECT dealer_id, attained / expected FROM (%s) reached WHERE expected > 0",
                    statement,
                )
            )
            ratios.update((dealer, float(ratio)) for dealer, ratio in rows)
        return ratios
