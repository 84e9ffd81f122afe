from odoo.tests import tagged

from .door_case import DoorCase


@tagged("post_install", "-at_install")
class TestComplaintMailCompany(DoorCase):
    """To whom a complaint goes that comes in at an address of several companies."""

    def test_a_shared_team_takes_it_in_for_the_company_that_mail_is_fetched_for(self):
        domain = self.env.company.alias_domain_id
        other = self.env["res.company"].create({"name": "AAA comes first", "alias_domain_id": domain.id})
        self.team.company_id = False
        self.assertIn(other, domain.company_ids)
        complaint = self._write_in()
        self.assertEqual((complaint.company_id, complaint.partner_id), (self.env.company, self.anna))
        self.team.company_id = other
        self.assertEqual(self._write_in("Another one").company_id, other)
