"""What the tests of receivables have in common: customers, documents and how to read a report."""

from datetime import date

from odoo.fields import Command
from odoo.tests import Form

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

CONTEXT = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_notrack": True}


class AgingCase(AccountTestInvoicingCommon):
    """A company with a chart of accounts, customers, and short words to make and to pay documents.

    The tests run as an accountant of that company alone: ``cls.env.user`` sees no demo company.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["customer.aging.engine"]._today()
        cls.anna = cls._create_partner(name="Anna Ltd", is_company=True)
        cls.anna_buyer = cls._create_partner(name="Anna's buyer", parent_id=cls.anna.id, type="contact")
        cls.boris = cls._create_partner(name="Boris")
        cls.buckets = cls._create_buckets(30, 60, 90)

    @classmethod
    def _create_buckets(cls, *limits, basis="due"):
        """Return a set of buckets that end on these days."""
        return cls.env["customer.aging.bucket.set"].sudo().create(
            {
                "name": f"Up to {limits}",
                "basis": basis,
                "bucket_ids": [Command.create({"day_to": limit}) for limit in limits],
            }
        )
