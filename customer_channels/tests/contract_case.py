"""What the tests of contracts have in common: clauses, somebody who approves, signatures, the nightly job."""

from odoo.tests import new_test_user

from .dealer_case import DealerCase

PDF = "JVBERi0xLjQKJSVFT0Y="


class ContractCase(DealerCase):
    """Contracts of a kind with two clauses of its own, and somebody who approves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approver = new_test_user(cls.env, "approver", "customer_channels.group_channel_manager")
        cls.env["customer.dealer.clause"].search([("kind", "=", "agency")]).active = False
        cls.clauses = cls.env["customer.dealer.clause"].create(
            [
                {
                    "kind": "agency",
                    "sequence": 1,
                    "name": "Deposit",
                    "body": "<p>[[dealer_name]] pays [[deposit_amount]] within [[deposit_topup_days]] days.</p>",
                },
                {
                    "kind": "agency",
                    "sequence": 2,
                    "name": "Territory",
                    "body": "<p>From [[date_from]] for [[months]] months:</p><p>[[territory_table]]</p>",
                },
                {
                    "kind": "agency",
                    "sequence": 3,
                    "name": "Training",
                    "body": "<p>Signed on [[signed_on]].</p>",
                    "is_optional": True,
                },
            ]
        )

    @classmethod
    def _agency(cls, date_from="2025-01-01", date_to="2025-12-31", **values):
        values = {"kind": "agency", "deposit_amount": 5000, "lang": "en_US", **values}
        return cls._draft_contract(None, date_from, date_to, **values)

    def _approved(self, contract):
        contract.action_submit()
        contract.with_user(self.approver).action_approve()
        self.assertEqual(contract.state, "approved")
        return contract

    def _night(self, job="dealer_contract_cron_daily"):
        """Let a scheduled job run."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"customer_channels.{job}").method_direct_trigger()
        self.env.invalidate_all()

    def _scan(self):
        return self.env["ir.attachment"].create({"name": "scan.pdf", "datas": PDF})

    def _signed(self, contract, day=None):
        self._approved(contract)._sign("Anna", day, scans=self._scan())
        return contract
