from odoo import api, fields, models
from odoo.tools import SQL

PARTS = ("credit", "goods", "repair", "entered", "returned", "recovered")


class CustomerComplaint(models.Model):
    """What a complaint costs the company: one definition, read from its documents and from what was entered.

    Refund and allowance + replaced goods and repairs at cost + freight, rework and claims, less goods that came back,
    salvage, insurance and the supplier's part (domain 8.5). In company currency, without taxes.
    """

    _inherit = "customer.complaint"

    cost_ids = fields.One2many("customer.complaint.cost", "complaint_id", string="Further Costs")
    cost_credit = fields.Monetary(
        "Credit Notes", compute="_compute_cost", compute_sudo=True, currency_field="company_currency_id"
    )
    cost_goods = fields.Monetary(
        "Goods Sent",
        compute="_compute_cost",
        compute_sudo=True,
        currency_field="company_currency_id",
        help="Goods that were replaced or sent again, at cost.",
    )
    cost_repair = fields.Monetary(
        "Parts of Repairs", compute="_compute_cost", compute_sudo=True, currency_field="company_currency_id"
    )
    cost_entered = fields.Monetary(
        "Freight, Rework, Claims",
        compute="_compute_cost",
        compute_sudo=True,
        currency_field="company_currency_id",
    )
    cost_returned = fields.Monetary(
        "Goods That Came Back",
        compute="_compute_cost",
        compute_sudo=True,
        currency_field="company_currency_id",
        help="At cost, less what of them was scrapped. What was only repaired stays the customer's.",
    )
    cost_recovered = fields.Monetary(
        "Salvage, Insurance, Supplier",
        compute="_compute_cost",
        compute_sudo=True,
        currency_field="company_currency_id",
    )
    cost_total = fields.Monetary(
        "Cost of the Complaint",
        compute="_compute_cost",
        compute_sudo=True,
        currency_field="company_currency_id",
    )

    @api.depends("cost_ids.signed_amount", "remedy_ids.line_ids.is_done")
    def _compute_cost(self):
        parts = self._cost_parts()
        for complaint in self:
            own = parts.get(complaint._origin.id, {})
            for part in PARTS:
                complaint[f"cost_{part}"] = own.get(part, 0.0)
            complaint.cost_total = sum(own.values())

    def _complaint_costs(self):
        """Override: what credit notes, goods, repairs and entered rows say; without any of them it is unknown."""
        costs = super()._complaint_costs()
        for complaint, parts in self._cost_parts().items():
            costs[complaint] = costs.get(complaint, 0.0) + sum(parts.values())
        return costs

    def _cost_parts(self):
        """Return what complaints cost, in parts: ``{complaint id: {part: amount}}``.

        In company currency, without taxes; positive costs, negative comes back. As the system, from the statement
        that reports and metrics join.
        """
        found = {}
        if not self.ids:
            return found
        rows = self.env.execute_query(
            SQL(
                """SELECT complaint_id, part, SUM(amount) FROM (%s) cost
                    WHERE complaint_id IN %s GROUP BY complaint_id, part""",
                self._cost_rows_sql(),
                tuple(self.ids),
            )
        )
        for complaint, part, amount in rows:
            found.setdefault(complaint, {})[part] = float(amount)
        return found
