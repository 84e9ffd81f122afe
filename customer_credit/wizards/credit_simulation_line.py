from odoo import api, fields, models

from ..models.credit_rule import ACTIONS


class CustomerCreditSimulationLine(models.TransientModel):
    """An order that the rules would have held, or passed with a warning."""

    _name = "customer.credit.simulation.line"
    _description = "Simulated Credit Decision"
    _order = "date desc, id desc"

    simulation_id = fields.Many2one(
        "customer.credit.simulation", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="simulation_id.currency_id")
    order_id = fields.Many2one("sale.order", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Payer", readonly=True)
    date = fields.Date(readonly=True)
    amount = fields.Monetary(readonly=True)
    exposure = fields.Monetary(string="Exposure Before", readonly=True)
    has_limit = fields.Boolean(readonly=True)
    limit = fields.Monetary(readonly=True)
    overdue_days = fields.Integer(readonly=True)
    action = fields.Selection(
        ACTIONS,
        string="What Follows",
        readonly=True,
    )
    failed = fields.Json(readonly=True)
    cause = fields.Char(compute="_compute_cause")

    @api.depends("failed")
    @api.depends_context("lang")
    def _compute_cause(self):
        holds = self.env["customer.credit.hold"]
        for line in self:
            line.cause = "; ".join(holds._reason_texts(line.failed, line.currency_id))
