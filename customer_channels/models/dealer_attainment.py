from odoo import api, fields, models
from odoo.tools import SQL

# Of targets for the same days, the ones of longer periods, and of what is invoiced, are the ones to show.
LENGTHS = ("year", "quarter", "month", "other")
BASES = ("invoiced", "collected")


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

    def _target_amounts(self, date_from, date_to):
        """Override: the targets for all goods, of the longest kind of period that there is."""
        groups = self.env["customer.dealer.target"]._read_group(
            [
                ("dealer_id", "in", self.ids),
                ("categ_id", "=", False),
                ("date_from", ">=", date_from),
                ("date_to", "<=", date_to),
            ],
            ["dealer_id", "period", "basis"],
            ["amount:sum"],
        )
        groups.sort(key=lambda row: (LENGTHS.index(row[1]), BASES.index(row[2])), reverse=True)
        found = dict(super()._target_amounts(date_from, date_to))
        found.update((dealer.id, amount) for dealer, _period, _basis, amount in groups)
        return found
