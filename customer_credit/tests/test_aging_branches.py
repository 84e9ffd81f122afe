from odoo.fields import Command
from odoo.tests import tagged

from .common import AgingCase


@tagged("post_install", "-at_install")
class TestAgingBranches(AgingCase):
    """A company and its branch share a ledger, and the one may settle what is owed to the other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parent = cls.env.company
        cls.branch = cls.env["res.company"].create({"name": "Branch", "parent_id": cls.parent.id})
        cls.env.user.company_ids |= cls.branch
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": [cls.parent.id, cls.branch.id]})
        cls.receivable = cls.anna.property_account_receivable_id
        owed = cls._entry(100, "2024-01-10", cls.branch)
        paid = cls._entry(-100, "2024-02-01", cls.parent)
        (owed + paid).reconcile()

    @classmethod
    def _entry(cls, amount, day, company):
        """Return the receivable item of a posted entry: owed when positive, paid when negative."""
        lines = [
            {"account_id": cls.receivable.id, "partner_id": cls.anna.id, "balance": amount},
            {"account_id": cls.company_data["default_account_revenue"].id, "balance": -amount},
        ]
        move = cls.env["account.move"].create(
            {
                "journal_id": cls.company_data["default_journal_misc"].id,
                "company_id": company.id,
                "date": day,
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        move.action_post()
        return move.line_ids.filtered(lambda line: line.account_id == cls.receivable)

    def _aged(self, day, companies, partners=None):
        """Return total, ledger balance and proof of a report on these companies."""
        report = self.env["customer.aging.report"].create(
            {
                "date_to": day,
                "company_id": companies[0].id,
                "company_ids": [Command.set(companies.ids)],
                "bucket_set_id": self.buckets.id,
                "partner_ids": [Command.set(partners.ids if partners else [])],
            }
        )
        report.action_compute()
        return report.total, report.ledger_balance, report.is_equal

    def test_what_a_company_settles_for_its_branch_is_settled_for_both_together(self):
        both = self.parent + self.branch
        self.assertEqual(self._aged("2024-01-20", both), (100, 100, True))
        self.assertEqual(self._aged("2024-03-01", both), (0, 0, True))

    def test_each_alone_shows_what_stands_in_its_own_ledger(self):
        for partners in (None, self.anna):
            with self.subTest(partners=partners):
                self.assertEqual(self._aged("2024-01-20", self.branch, partners), (100, 100, True))
                self.assertEqual(self._aged("2024-03-01", self.branch, partners), (100, 100, True))
                self.assertEqual(self._aged("2024-01-20", self.parent, partners), (0, 0, True))
                self.assertEqual(self._aged("2024-03-01", self.parent, partners), (-100, -100, True))
