from odoo.tests import new_test_user, tagged

from ..exceptions import ContactStateError
from .dealer_case import DealerCase


@tagged("post_install", "-at_install")
class TestDealerContact(DealerCase):
    def _note(self, **values):
        return self.env["customer.dealer.contact"].create(
            {"dealer_id": self.dealer.id, "matter": "New shelves", "date": "2025-03-01", **values}
        )

    def test_what_is_due_is_an_activity_on_the_dealer_until_the_result_is_there(self):
        other = new_test_user(self.env, "contact_other", "customer_channels.group_channel_manager")
        note = self._note(date_due="2025-03-08")
        self.assertEqual((note.state, note.activity_id.user_id), ("open", self.env.user))
        self.assertIn(note.activity_id, self.dealer.activity_ids)
        note.user_id = other
        self.assertEqual((len(self.dealer.activity_ids), note.activity_id.user_id), (1, other))
        note.result = "Delivered"
        self.assertEqual((note.state, len(self.dealer.activity_ids)), ("done", 0))

    def test_a_plain_note_asks_nothing_of_anybody(self):
        self.assertEqual((self._note().state, len(self.dealer.activity_ids)), ("none", 0))

    def test_the_person_belongs_to_the_dealer(self):
        self._note(contact_id=self.anna_buyer.id)
        with self.assertRaises(ContactStateError):
            self._note(contact_id=self.boris.id)

    def test_a_note_that_goes_takes_its_activity_along(self):
        self._note(date_due="2025-03-08").unlink()
        self.assertFalse(self.dealer.activity_ids)
