from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..exceptions import ContractStateError, TerritoryOverlapError
from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestTerritory(DealerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approver = new_test_user(cls.env, "approver", "customer_channels.group_channel_manager")

    @classmethod
    def _line(cls, area, goods=None, exclusive=True):
        return Command.create(
            {"area_id": area.id, "categ_id": goods.id if goods else False, "is_exclusive": exclusive}
        )

    def _pair(self, mine, theirs, **values):
        """Make a contract run with some lines, and return a draft of another dealer with others."""
        self._contract(territory_ids=mine)
        return self._draft_contract(self.other_dealer, territory_ids=theirs, **values)

    def assertRefused(self, draft, *words):
        with self.assertRaises(TerritoryOverlapError) as caught:
            draft.action_submit()
        for word in words:
            self.assertIn(word, str(caught.exception))
        # And by the database, when nobody looks before.
        with self.assertRaises(TerritoryOverlapError) as caught:
            self._run_contract(draft)
        self.assertIn("Anna", str(caught.exception))

    def assertAccepted(self, draft):
        draft.action_submit()
        draft.with_user(self.approver).action_approve()
        self.assertEqual(draft.state, "approved")

    def test_nobody_else_gets_an_exclusive_area(self):
        draft = self._pair([self._line(self.city)], [self._line(self.city)])
        self.assertRefused(draft, "Anna Ltd", "City", "all goods", "2025-12-31")

    def test_an_exclusive_area_holds_all_below_and_above_it(self):
        for mine, theirs in ((self.land, self.city), (self.city, self.land)):
            with self.subTest(mine.name), self.env.cr.savepoint():
                self.assertRefused(self._pair([self._line(mine)], [self._line(theirs, exclusive=False)]))
                self.env.flush_all()
                self.dealer.contract_ids.sudo()._approval_write({"ended_on": "2025-01-01"})

    def test_other_areas_goods_and_days_are_free(self):
        self._contract(territory_ids=[self._line(self.city, self.kitchen)])
        for lines, values in (
            ([self._line(self.other_city)], {}),
            ([self._line(self.city, self.garden)], {}),
            ([self._line(self.city)], {"date_from": "2026-01-01", "date_to": "2026-06-30"}),
        ):
            with self.subTest(values):
                self.assertAccepted(self._draft_contract(self.other_dealer, territory_ids=lines, **values))

    def test_goods_hold_all_below_them(self):
        draft = self._pair([self._line(self.city, self.kitchen)], [self._line(self.city, self.pots)])
        self.assertRefused(draft, "Kitchen", "Pots")

    def test_two_lines_that_are_not_exclusive_live_side_by_side(self):
        self.assertAccepted(
            self._pair([self._line(self.city, exclusive=False)], [self._line(self.city, exclusive=False)])
        )

    def test_ids_that_begin_alike_are_not_above_each_other(self):
        areas = self.env["customer.area"].create([{"name": f"Area {number}"} for number in range(12)])
        self._contract(territory_ids=[self._line(area) for area in areas[:6]])
        self.assertAccepted(
            self._draft_contract(self.other_dealer, territory_ids=[self._line(area) for area in areas[6:]])
        )

    def test_a_dealer_may_have_an_exclusive_city_in_an_open_land(self):
        self.assertAccepted(
            self._draft_contract(
                territory_ids=[self._line(self.land, exclusive=False), self._line(self.city)]
            )
        )

    def test_the_same_exclusive_line_twice_is_one_too_many(self):
        draft = self._draft_contract(territory_ids=[self._line(self.land), self._line(self.city)])
        with self.assertRaisesRegex(TerritoryOverlapError, "Leave one of the two lines out"):
            draft.action_submit()

    def test_a_sub_dealer_works_inside_the_territory_of_its_dealer(self):
        self.other_dealer.parent_id = self.dealer
        self.assertAccepted(self._pair([self._line(self.city)], [self._line(self.city)]))

    def test_an_area_cannot_be_moved_into_somebody_elses(self):
        draft = self._pair([self._line(self.city)], [self._line(self.other_city)])
        self._run_contract(draft)
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.other_city.parent_id = self.city
            self.env.flush_all()
        message = self.env["customer.dealer.territory"]._sql_error_to_message(caught.exception)
        self.assertRegex(message, "(Anna|Boris) Ltd.*City")

    def test_what_has_ended_is_free_again(self):
        first = self._contract(territory_ids=[self._line(self.city)])
        first.sudo()._approval_write({"ended_on": "2025-03-31"})
        self.assertAccepted(self._draft_contract(self.other_dealer, territory_ids=[self._line(self.city)]))

    def test_an_amendment_takes_over_the_territory_of_its_contract(self):
        contract = self._contract(
            date_from="2025-01-01", date_to="2030-12-31", territory_ids=[self._line(self.city)]
        )
        amendment = self.env["customer.dealer.contract"].browse(contract.action_amend()["res_id"])
        self.assertEqual(amendment.name, f"{contract.name}/V2")
        with self.assertRaises(ContractStateError):
            contract.action_amend()
        self.assertAccepted(amendment)
        self.assertLess(contract.territory_ids.claim_to, amendment.territory_ids.claim_from)

    def test_nobody_holds_a_territory_by_hand(self):
        line = self._draft_contract(territory_ids=[self._line(self.city)]).territory_ids
        for values in ({"claim_from": "2025-01-01"}, {"area_path": "1/"}):
            with self.subTest(values), self.assertRaises(TerritoryOverlapError):
                line.write(values)
        with self.assertRaises(TerritoryOverlapError):
            line.copy({"claim_from": "2025-01-01"})
