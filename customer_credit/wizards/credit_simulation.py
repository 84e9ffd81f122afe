from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import CreditCase


class CustomerCreditSimulation(models.TransientModel):
    """What a set of rules would have held of the orders that were confirmed in the past.

    The exposure and what was overdue are those of the morning of each order; limits, ratings and terms are
    those of today, each payer by itself. Nothing is changed: rules to be tried can be archived ones.
    """

    _name = "customer.credit.simulation"
    _description = "Credit Rule Simulation"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self) - timedelta(days=90),
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    rule_ids = fields.Many2many(
        "customer.credit.rule",
        string="Rules",
        context={"active_test": False},
        default=lambda self: self.env["customer.credit.rule"].search(
            [("company_id", "in", [self.env.company.id, False])]
        ),
        help="Archived rules can be tried as well: they are in force nowhere.",
    )
    line_ids = fields.One2many("customer.credit.simulation.line", "simulation_id")
    order_count = fields.Integer(string="Orders", readonly=True)
    held_count = fields.Integer(string="Would Be Held", readonly=True)
    amount = fields.Monetary(readonly=True)
    held_amount = fields.Monetary(readonly=True)

    @api.depends_context("lang")
    def _compute_display_name(self):
        for simulation in self:
            simulation.display_name = self.env._("Try Credit Rules")

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for simulation in self:
            if simulation.date_from > simulation.date_to:
                raise ValidationError(
                    self.env._(
                        "The simulation ends on %(last)s, before it begins on %(first)s.",
                        last=simulation.date_to,
                        first=simulation.date_from,
                    )
                )

    def action_simulate(self):
        """Decide the orders of the period by the chosen rules, and keep those that do not pass them all."""
        self.ensure_one()
        self.check_access("write")
        rules = [rule._as_active() for rule in self.with_context(active_test=False).rule_ids]
        rules = [rule for rule in rules if "order" in rule.stages]
        cases = self._cases()
        engine = self.env["customer.credit.engine"].sudo()
        for case in cases:
            case.failed = engine._hardest([fail for rule in rules if (fail := engine._check(rule, case))])
            case.result = engine._result(case)
        self._keep(cases)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _keep(self, cases):
        held = [case for case in cases if case.result == "held"]
        self.line_ids.unlink()
        self.env["customer.credit.simulation.line"].create(
            [
                {
                    "simulation_id": self.id,
                    "order_id": case.order.id,
                    "partner_id": case.payer.id,
                    "date": case.today,
                    "amount": case.amount,
                    "exposure": case.exposure,
                    "has_limit": bool(case.binding),
                    "limit": case.binding.limit if case.binding else 0.0,
                    "overdue_days": (case.today - since).days
                    if (since := case.facts["overdue_since"])
                    else 0,
                    "action": case.action,
                    "failed": case.failed,
                }
                for case in cases
                if case.failed
            ]
        )
        self.write(
            {
                "order_count": len(cases),
                "held_count": len(held),
                "amount": sum(case.amount for case in cases),
                "held_amount": sum(case.amount for case in held),
            }
        )

    def _cases(self):
        """Return the orders as they stood on their mornings, in two statements and those of the limits."""
        self.ensure_one()
        rows = (
            self.env["customer.credit.exposure"]
            .sudo()
            ._exposure_past(self.company_id, self.date_from, self.date_to)
        )
        orders = self.env["sale.order"].sudo().browse(row[0] for row in rows)
        payers = self.env["res.partner"].sudo().browse({row[1] for row in rows})
        engine = self.env["customer.credit.engine"].sudo()
        standings = engine._standings(self.company_id, payers, binding=False)
        limits = self.env["customer.credit.account"].sudo().browse(standings)._limits()
        for account, limit in limits.items():
            standings[account.id].limit = limit
        by_partner = {standing.partner_id: standing for standing in standings.values()}
        return [
            self._case(order, row, by_partner.get(row[1]), payers)
            for order, row in zip(orders, rows, strict=True)
        ]

    def _case(self, order, row, standing, payers):
        _order, payer, day, amount, total, since, overdue = row
        own = None
        if standing:
            # Of its own, as many orders of one payer stand side by side.
            own = replace(standing, taken=float(total))
        facts = {"total": float(total), "overdue": float(overdue or 0), "overdue_since": since}
        return CreditCase(
            order,
            "order",
            self.company_id,
            payers.browse(payer),
            order,
            day,
            amount=self.company_id.currency_id.round(float(amount)),
            facts=facts,
            standing=own,
            chain=[own] if own else [],
            exposure=float(total),
        )
