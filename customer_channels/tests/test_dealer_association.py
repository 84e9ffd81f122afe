from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealerAssociation(DealerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.association = cls.env["customer.dealer.association"].create(
            {"name": "Stores of the Land", "needs_contract": True, "fee": 100}
        )

    def _join(self, dealer=None, **values):
        return self.env["customer.dealer.association.member"].create(
            {"association_id": self.association.id, "dealer_id": (dealer or self.dealer).id, **values}
        )

    def test_only_dealers_with_a_contract_in_force_join(self):
        with self.assertRaises(ValidationError):
            self._join()
        contract = self._contract()
        member = self._join()
        self.assertTrue(member.is_member)
        contract.sudo()._approval_write({"ended_on": "2025-06-30", "end_kind": "terminated"})
        member.invalidate_recordset()
        self.assertIn("contract", member.obstacle)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.association.needs_contract = False
            self._join()

    @freeze_time("2025-12-01")
    def test_the_sales_of_the_past_year_count(self):
        self.association.write({"needs_contract": False, "sales_min": 1000})
        self._sell(999, "2025-03-01")
        with self.assertRaises(ValidationError):
            self._join()
        self._sell(1, "2025-04-01")
        self._join()

    def test_officers_are_elected_for_one_year(self):
        self.association.needs_contract = False
        with freeze_time("2025-05-31"):
            member = self._join(joined_on="2025-01-01", office="president", elected_on="2025-03-01")
            self.assertEqual(str(member.office_until), "2026-02-28")
            self.assertIn(self.anna.name, self.association.board)
        with freeze_time("2026-03-01"):
            self.association.invalidate_recordset()
            member.invalidate_recordset()
            self.assertFalse(self.association.board)
        with self.assertRaises(ValidationError):
            self._join(self.other_dealer, office="vice")

    def test_a_meeting_stands_in_the_calendar_and_moves_there(self):
        meeting = self.env["customer.dealer.meeting"].create(
            {"name": "Prices", "association_id": self.association.id, "start": "2025-09-01 08:00:00"}
        )
        event = meeting.event_id
        self.assertEqual((str(event.start), str(event.stop)), ("2025-09-01 08:00:00", "2025-09-01 10:00:00"))
        meeting.write({"start": "2025-09-02 08:00:00", "stop": "2025-09-02 09:00:00"})
        self.assertEqual(str(event.start), "2025-09-02 08:00:00")
        meeting.activity_schedule("mail.mail_activity_data_todo", summary="Print the price list")
        self.assertEqual(meeting.decision_ids.mapped("summary"), ["Print the price list"])
        meeting.decision_ids.action_done()
        meeting.invalidate_recordset()
        self.assertEqual(len(meeting.decision_ids), 1)
        meeting.unlink()
        self.assertFalse(event.exists())

    def test_members_are_admitted_by_managers(self):
        self.association.needs_contract = False
        seller = new_test_user(
            self.env, "assoc_seller", "customer_channels.group_channel_user", company_id=self.env.company.id
        )
        with self.assertRaises(AccessError):
            self.env["customer.dealer.association.member"].with_user(seller).create(
                {"association_id": self.association.id, "dealer_id": self.dealer.id}
            )
