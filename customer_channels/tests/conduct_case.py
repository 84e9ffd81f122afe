"""What the tests of the conduct of dealers have in common: accounts, a second manager, cases in few words."""

from odoo.fields import Command
from odoo.tests import new_test_user

from .dealer_case import DealerCase


class ConductCase(DealerCase):
    """The company of ``DealerCase`` with accounts for deposits, a bank, and a manager who decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        accounts = cls.env["account.account"]
        cls.deposits = accounts.create(
            {"name": "Dealer deposits", "code": "224199", "account_type": "liability_current"}
        )
        cls.penalties = accounts.create(
            {"name": "Penalties", "code": "630199", "account_type": "income_other"}
        )
        cls.company.write(
            {
                "customer_dealer_deposit_account_id": cls.deposits.id,
                "customer_dealer_penalty_account_id": cls.penalties.id,
                "customer_dealer_deposit_journal_id": cls.company_data["default_journal_misc"].id,
            }
        )
        cls.bank = cls.company_data["default_journal_bank"]
        groups = "customer_channels.group_channel_manager,account.group_account_invoice"
        cls.boss = new_test_user(
            cls.env,
            "conduct_boss",
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.seller = new_test_user(
            cls.env,
            "conduct_seller",
            "customer_channels.group_channel_user,sales_team.group_sale_salesman",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _target(cls, amount, dealer=None, **values):
        values = {"date_from": "2025-01-01", **values}
        return cls.env["customer.dealer.target"].create(
            {"dealer_id": (dealer or cls.dealer).id, "amount": amount, **values}
        )

    @classmethod
    def _deposit(cls, amount, kind="received", dealer=None, **values):
        """Return a deposit as a draft."""
        values = {"date": "2025-01-05", "journal_id": cls.bank.id, **values}
        return cls.env["customer.dealer.deposit"].create(
            {"dealer_id": (dealer or cls.dealer).id, "kind": kind, "amount": amount, **values}
        )

    @classmethod
    def _paid_deposit(cls, amount, **values):
        deposit = cls._deposit(amount, **values)
        deposit.action_post()
        return deposit

    @classmethod
    def _case(cls, dealer=None, **values):
        """Return a case with evidence, as it is reported."""
        values = {
            "summary": "40 pots on sale elsewhere",
            "date_occurred": "2025-03-10",
            "date_reported": "2025-03-11",
            "document_ids": [Command.create({"name": "slip.txt", "raw": b"seen"})],
            **values,
        }
        return cls.env["customer.dealer.violation"].create({"dealer_id": (dealer or cls.dealer).id, **values})

    @classmethod
    def _heard_case(cls, dealer=None, **values):
        """Return a case that was found, with the dealer's answer."""
        case = cls._case(dealer, **values)
        case.action_accept()
        case.action_found()
        case.answer = "We do not know how they got there."
        case.action_heard()
        case.decision = "The trace codes are those of our delivery."
        return case

    @classmethod
    def _decided_case(cls, dealer=None, **values):
        case = cls._heard_case(dealer, **values)
        case.action_submit()
        case.with_user(cls.boss).action_approve()
        return case
