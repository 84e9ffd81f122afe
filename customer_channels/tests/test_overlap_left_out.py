from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..exceptions import TerritoryOverlapError
from .conduct_case import ConductCase


@tagged("post_install", "-at_install")
class TestOverlapLeftOut(ConductCase):
    """An update leaves out a constraint that old rows break: new overlaps are refused all the same."""

    def _leave_out(self, model):
        """Take the constraints away, as if an update had found rows that break them."""
        self.env.flush_all()
        for name in model._overlap_constraints:
            self.env.cr.execute(f"ALTER TABLE {model._table} DROP CONSTRAINT {name}")
        self.env.registry.clear_cache()
        self.addCleanup(self.env.registry.clear_cache)

    def _line(self, area):
        return [Command.create({"area_id": area.id, "is_exclusive": True})]

    def test_the_database_refuses_overlaps_itself(self):
        for name in ("customer.dealer.target", "customer.dealer.territory"):
            self.assertEqual(self.env[name]._find_left_out(), ())

    def test_overlapping_targets_are_refused_in_the_same_words(self):
        first = self._target(1000)
        self._leave_out(first)
        with self.assertRaisesRegex(ValidationError, "01/01/2025 to 12/31/2025"):
            self._target(2000)
        other = self._target(2000, self.other_dealer)
        with self.assertRaisesRegex(ValidationError, "for the same goods"):
            other.dealer_id = self.dealer

    def test_old_overlaps_of_targets_are_named_and_hinder_nobody_else(self):
        first, second = self._target(1000), self._target(2000, self.other_dealer)
        self._leave_out(first)
        self.env.cr.execute(
            "UPDATE customer_dealer_target SET dealer_id = %s WHERE id = %s", [self.dealer.id, second.id]
        )
        self.env.invalidate_all()
        with self.assertLogs("odoo.addons.customer_channels.models.dealer_overlap", "WARNING") as log:
            first._register_hook()
        self.assertIn(f"id {first.id}", log.output[0])
        self.assertIn(f"id {second.id}", log.output[0])
        first.amount = 1500
        second.date_from = "2026-01-01"
        self.assertFalse(first._overlaps())

    def test_overlapping_territories_are_refused_in_the_same_words(self):
        self._leave_out(self.env["customer.dealer.territory"])
        self._contract(territory_ids=self._line(self.city))
        draft = self._draft_contract(self.other_dealer, territory_ids=self._line(self.city))
        with self.assertRaisesRegex(TerritoryOverlapError, "Anna Ltd"), self.env.cr.savepoint():
            self._run_contract(draft)
            self.env.flush_all()
        free = self._draft_contract(self.other_dealer, territory_ids=self._line(self.other_city))
        self._run_contract(free)
        with self.assertRaisesRegex(TerritoryOverlapError, "City"), self.env.cr.savepoint():
            self.other_city.parent_id = self.city
            self.env.flush_all()

    def test_an_amendment_takes_over_the_territory_all_the_same(self):
        contract = self._contract(
            date_from="2025-01-01", date_to="2030-12-31", territory_ids=self._line(self.city)
        )
        self._leave_out(contract.territory_ids)
        amendment = self.env["customer.dealer.contract"].browse(contract.action_amend()["res_id"])
        self._run_contract(amendment)
        self.assertLess(contract.territory_ids.claim_to, amendment.territory_ids.claim_from)
        self.assertFalse(contract.territory_ids._overlaps())
