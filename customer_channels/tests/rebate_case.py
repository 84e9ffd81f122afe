"""What the tests of rebates have in common: plans, statements and settlements in few words."""

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from .dealer_case import DealerCase


class RebateCase(DealerCase):
    """Anna Ltd and Boris Ltd have contracts through 2025; plans are named in them where a test makes some."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contract, cls.other_contract = cls._contract(), cls._contract(cls.other_dealer)
        cls.engine = cls.env["customer.dealer.rebate.engine"]
        cls.rebate = cls._product(
            "Rebate", cls.env["product.category"].create({"name": "Rebates"}), type="service"
        )
        cls.env.company.customer_rebate_product_id = cls.rebate
        cls.checkers = [
            new_test_user(cls.env, name, groups)
            for name, groups in (
                ("rebate_sales", "customer_channels.group_channel_manager"),
                (
                    "rebate_finance",
                    "customer_credit.group_credit_controller,customer_channels.group_channel_manager",
                ),
            )
        ]

    @classmethod
    def _plan(cls, *tiers, contracts=None, bands=(), **values):
        """Return a plan of (from, rate) tiers that both dealers have, for the year by default."""
        plan = cls.env["customer.dealer.rebate.plan"].create(
            {
                "name": "Rebate",
                "tier_ids": [Command.create({"amount_from": low, "rate": rate}) for low, rate in tiers],
                "band_ids": [Command.create({"days": days, "percent": part}) for days, part in bands],
                **({"basis": "collected"} if bands else {}),
                **values,
            }
        )
        for contract in contracts or (cls.contract + cls.other_contract):
            contract.sudo()._approval_write({"rebate_plan_ids": [Command.link(plan.id)]})
        return plan

    @classmethod
    def _statements(cls, plan, *days, today="2026-01-15"):
        """Make and compute the statements around these days, as the daily job would on another day."""
        found = cls.env["customer.dealer.rebate.statement"]
        for day in days or ("2025-12-31",):
            found |= cls.engine._prepare(plan, fields.Date.to_date(day))
        cls.engine._compute(found, fields.Date.to_date(today))
        return found.with_env(cls.env)

    @classmethod
    def _statement(cls, plan, day="2025-12-31", kind="final", dealer=None, today="2026-01-15"):
        """Return the statement of a dealer around a day."""
        found = cls._statements(plan, day, today=today)
        return found.filtered(lambda one: one.kind == kind and one.dealer_id == (dealer or cls.dealer))

    @classmethod
    def _confirmed(cls, statement):
        """Take a computed statement past those who check it and the dealer."""
        statement.sudo()._approval_write({"approval_state": "approved"})
        statement.action_confirm()
        return statement

    @classmethod
    def _settled(cls, statement):
        cls._confirmed(statement).action_settle()
        return statement

    def assertExplained(self, statement, expected=None):
        """Check that the lines add up to the amount; and the lines as (kind, amount), where given."""
        currency = statement.currency_id
        self.assertEqual(
            currency.compare_amounts(sum(statement.line_ids.mapped("amount")), statement.amount), 0
        )
        if expected is not None:
            self.assertEqual([(line.kind, line.amount) for line in statement.line_ids], expected)
