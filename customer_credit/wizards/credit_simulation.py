from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import CreditCase


class CustomerCreditSimulation(models.TransientModel):
    """What a set of rules would have held of the orders that were confirmed in the past.

    The exposure and what was overdue are those of the morning of each order; limits, ratings and terms are
    those of today, and so are groups, whose members count together. Nothing is changed: rules to be tried can
    be archived ones.
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
            if case.binding:
                case.exposure = self.currency_id.round(case.binding.taken)
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
        others = self._others_of_groups(rows, by_partner, engine._members(self.company_id, standings))
        return [
            self._case(order, row, self._chain(row, by_partner, standings, others), payers)
            for order, row in zip(orders, rows, strict=True)
        ]

    def _others_of_groups(self, rows, by_partner, members):
        """Return what the other members of the payer's group had taken up before each order.

        :param dict by_partner: ``{payer id: Standing}``
        :param dict members: ``{partner id: path}`` of all members of the groups
        :return: ``{order id: [(path, amount), ...]}`` in company currency
        """
        of_root = {}
        for partner, path in members.items():
            of_root.setdefault(path[0], []).append(partner)
        pairs = [
            (order, partner)
            for order, payer, *_rest in rows
            if payer in by_partner
            for partner in of_root.get(by_partner[payer].path[0], ())
            if partner != payer
        ]
        found = {}
        taken = self.env["customer.credit.exposure"].sudo()._exposure_past_of(pairs)
        for (order, partner), amount in taken.items():
            found.setdefault(order, []).append((members[partner], amount))
        return found

    def _chain(self, row, by_partner, standings, others):
        """Return the accounts that count for an order, from its payer's up, with what each had taken up.

        They are copies, as many orders of one payer stand side by side.
        """
        order, payer, _day, _amount, total, *_rest = row
        own = by_partner.get(payer)
        return [
            replace(
                standings[step],
                taken=float(total) + sum(amount for path, amount in others.get(order, ()) if step in path),
            )
            for step in reversed(own.path if own else ())
            if step in standings
        ]

    def _case(self, order, row, chain, payers):
        _order, payer, day, amount, total, since, overdue = row
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
            standing=chain[0] if chain else None,
            chain=chain,
            exposure=float(total),
        )
