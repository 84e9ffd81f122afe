from odoo import api, fields, models

from ..exceptions import AnalysisWriteError
from ..tools import split_gap

TYPED = {"has_plan", "plan_quantity", "plan_amount", "cause", "measure"}


class CustomerDealerAnalysisLine(models.Model):
    """What one dealer bought of one product, against its plan or else last year, and why."""

    _name = "customer.dealer.analysis.line"
    _description = "Line of a Dealer Sales Analysis"
    _order = "analysis_id, partner_id, amount desc, id"
    _rec_name = "product_id"

    analysis_id = fields.Many2one(
        "customer.dealer.analysis", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    dealer_id = fields.Many2one(
        "customer.dealer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", readonly=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True, index="btree_not_null")
    product_id = fields.Many2one(
        "product.product", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    quantity = fields.Float(readonly=True, help="In the unit of the product, net of returns.")
    amount = fields.Monetary(string="Actual", readonly=True, help="Invoiced, untaxed, net of credit notes.")
    last_quantity = fields.Float(string="Quantity Last Year", readonly=True)
    last_amount = fields.Monetary(string="Last Year", readonly=True, help="The same period a year before.")
    has_margin = fields.Boolean(readonly=True)
    margin = fields.Monetary(readonly=True, help="Of what has a known cost.")
    has_plan = fields.Boolean(string="Planned", help="Without a plan, last year is what it is compared with.")
    plan_quantity = fields.Float()
    plan_amount = fields.Monetary(string="Plan")
    gap = fields.Monetary(compute="_compute_effects", store=True, help="Actual less plan, or less last year.")
    volume_effect = fields.Monetary(
        compute="_compute_effects", store=True, help="What another quantity made, at the planned price."
    )
    price_effect = fields.Monetary(
        compute="_compute_effects", store=True, help="What another price made, on what was sold."
    )
    cause = fields.Char()
    measure = fields.Char()
    is_empty = fields.Boolean(compute="_compute_is_empty")

    _once = models.UniqueIndex(
        "(analysis_id, dealer_id, COALESCE(product_id, 0))", "A dealer has one line for each product."
    )

    @api.depends(
        "quantity", "amount", "last_quantity", "last_amount", "has_plan", "plan_quantity", "plan_amount"
    )
    def _compute_effects(self):
        for line in self:
            plan = (line.plan_quantity, line.plan_amount)
            base = plan if line.has_plan else (line.last_quantity, line.last_amount)
            line.gap, line.volume_effect, line.price_effect = split_gap(
                line.quantity, line.amount, *base, round_money=line.currency_id.round
            )

    def _recompute_effects(self):
        """Bring the effects up to figures that SQL wrote."""
        for name in ("gap", "volume_effect", "price_effect"):
            self.env.add_to_compute(self._fields[name], self)
        self.env.flush_all()

    def _compute_is_empty(self):
        for line in self:
            figures = (line.quantity, line.amount, line.last_quantity, line.last_amount)
            line.is_empty = not any((*figures, line.has_plan, line.cause, line.measure))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: only computing makes lines.

        :raises AnalysisWriteError: by anybody
        """
        if vals_list:
            raise AnalysisWriteError(self.env._("The lines come from the invoices: compute the analysis."))
        return super().create(vals_list)

    def write(self, vals):
        """Override of `base`: people type the plan, the cause and the measure.

        :raises AnalysisWriteError: for a figure
        """
        if not self.env.su and not TYPED.issuperset(vals):
            raise AnalysisWriteError(
                self.env._("The figures come from the invoices. Type plan, cause and measure only.")
            )
        if {"plan_amount", "plan_quantity"} & set(vals):
            vals = {"has_plan": True, **vals}
        return super().write(vals)
