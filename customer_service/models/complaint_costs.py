from odoo import api, fields, models
from odoo.fields import Domain
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

    @api.model
    def _cost_sql(self):
        """Override: the same figures, of all complaints that cost something, as rows of one array."""
        complaints = self.sudo().search(Domain("cost_ids", "!=", False) | Domain("remedy_ids", "!=", False))
        costs = {key: sum(parts.values()) for key, parts in complaints._cost_parts().items()}
        return SQL(
            "%s UNION ALL SELECT * FROM unnest(%s::integer[], %s::numeric[])",
            super()._cost_sql(),
            list(costs),
            list(costs.values()),
        )

    def _cost_parts(self):
        """Return what complaints cost, in parts: ``{complaint id: {part: amount}}``.

        In company currency, without taxes; positive costs, negative comes back. As the system.
        """
        found = {}
        lines = self.env["customer.complaint.remedy.line"].sudo()
        lines.flush_model()
        lines = lines.search([("complaint_id", "in", self.ids), ("remedy_id.step", "=", "running")])
        for complaint, part, amount in (
            *self._cost_credits(lines),
            *self._cost_goods(lines),
            *self._cost_entered(),
        ):
            own = found.setdefault(complaint, {})
            own[part] = own.get(part, 0.0) + amount
        return found

    def _cost_credits(self, lines):
        """Return what posted credit notes took off the revenue: ``[(complaint id, part, amount)]``."""
        seen = {(line.complaint_id.id, line.credit_move_id) for line in lines if line.credit_move_id}
        return [
            (complaint, "credit", -move.amount_untaxed_signed)
            for complaint, move in seen
            if move.state == "posted" and move.payment_state != "reversed"
        ]

    def _cost_goods(self, lines):
        """Return what goods cost that were sent, used in repairs, or came back: ``[(complaint id, part, amount)]``."""
        rows = []
        scrapped = self._cost_scrapped(lines.return_move_ids.picking_id)
        for line in lines:
            complaint = line.complaint_id.id
            sent = line.order_line_id.move_ids
            rows += [
                (
                    complaint,
                    "goods",
                    (1 if move.location_dest_id.usage == "customer" else -1) * self._cost_of(move),
                )
                for move in sent
                if move.state == "done"
                and "customer" in (move.location_dest_id.usage, move.location_id.usage)
            ]
            used = line.repair_id.move_ids.filtered(lambda move: move.repair_line_type == "add")
            rows += [(complaint, "repair", self._cost_of(move)) for move in used if move.state == "done"]
            if line.kind != "repair":
                rows += [
                    (complaint, "returned", self._cost_part_scrapped(move, scrapped) - self._cost_of(move))
                    for move in line.return_move_ids
                    if move.state == "done" and move.location_dest_id.usage == "internal"
                ]
        return rows

    def _cost_entered(self):
        """Return what was entered: ``[(complaint id, part, amount)]``."""
        groups = (
            self.env["customer.complaint.cost"]
            .sudo()
            ._read_group([("complaint_id", "in", self.ids)], ["complaint_id", "kind"], ["signed_amount:sum"])
        )
        back = ("salvage", "insurance", "supplier")
        return [
            (complaint.id, "recovered" if kind in back else "entered", amount)
            for complaint, kind, amount in groups
        ]

    @api.model
    def _cost_of(self, move):
        """Return what the goods of a done move cost: as valued, or else at the cost of the product."""
        product = move.product_id.with_company(move.company_id)
        count = move.product_uom._compute_quantity(move.quantity, product.uom_id, round=False)
        return abs(move.value) or count * product.standard_price

    @api.model
    def _cost_scrapped(self, pickings):
        """Return what was scrapped from transfers, at cost: ``{(picking, product): amount}``."""
        scraps = (
            self.env["stock.scrap"]
            .sudo()
            .search([("picking_id", "in", pickings.ids), ("state", "=", "done")])
        )
        found = {}
        for scrap in scraps:
            key = scrap.picking_id, scrap.product_id
            found[key] = found.get(key, 0.0) + sum(self._cost_of(move) for move in scrap.move_ids)
        return found

    @api.model
    def _cost_part_scrapped(self, move, scrapped):
        """Return the part of what was scrapped that is of this move, where a transfer brought the product twice."""
        amount = scrapped.get((move.picking_id, move.product_id), 0.0)
        siblings = move.picking_id.move_ids.filtered(
            lambda one: one.product_id == move.product_id and one.state == "done"
        )
        whole = sum(siblings.mapped("quantity"))
        return min(amount * move.quantity / whole, self._cost_of(move)) if whole else 0.0
