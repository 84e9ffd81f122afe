"""What the tests of receivables have in common: customers, documents and reports in few words."""

from odoo.fields import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class AgingCase(AccountTestInvoicingCommon):
    """A company with a chart of accounts, customers, and short words to make, pay and age documents.

    The tests run as an accountant of this company alone, who sees nothing of a demo company.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["customer.aging.engine"]._today()
        cls.anna = cls._create_partner(name="Anna Ltd", is_company=True)
        cls.anna_buyer = cls._create_partner(name="Anna's buyer", parent_id=cls.anna.id)
        cls.boris = cls._create_partner(name="Boris")
        cls.buckets = cls._create_buckets(30, 60, 90)

    @classmethod
    def _create_buckets(cls, *limits, basis="due", **values):
        """Return a set of buckets that end on these days."""
        commands = [Command.create({"day_to": limit}) for limit in limits]
        values = {"name": f"Up to {limits}", "basis": basis, "bucket_ids": commands, **values}
        return cls.env["customer.aging.bucket.set"].create(values)

    @classmethod
    def _create_term(cls, *instalments):
        """Return a payment term with an instalment for each (percent, days)."""
        commands = [
            Command.create(
                {"value": "percent", "value_amount": percent, "delay_type": "days_after", "nb_days": days}
            )
            for percent, days in instalments
        ]
        return cls.env["account.payment.term"].create({"name": str(instalments), "line_ids": commands})

    @classmethod
    def _use_payment_accounts(cls, company, account):
        """Let payments of a company post entries: without such an account Odoo 19 makes none."""
        journals = cls.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", company.id)])
        (journals.inbound_payment_method_line_ids + journals.outbound_payment_method_line_ids).write(
            {"payment_account_id": account.id}
        )

    @classmethod
    def _invoice_values(cls, amount, day, partner=None, kind="out_invoice", **values):
        """Return the values of an invoice or credit note without taxes, due on its day by default."""
        line = {"name": "Goods", "price_unit": amount, "quantity": 1, "tax_ids": [Command.clear()]}
        if not values.get("invoice_payment_term_id"):
            values = {"invoice_payment_term_id": False, "invoice_date_due": day, **values}
        return {
            "move_type": kind,
            "partner_id": (partner or cls.anna).id,
            "invoice_date": day,
            "invoice_line_ids": [Command.create(line)],
            **values,
        }

    @classmethod
    def _invoice(cls, amount, day, partner=None, company=None, **values):
        """Return a posted invoice."""
        moves = cls.env["account.move"].with_company(company or cls.env.company)
        move = moves.create(cls._invoice_values(amount, day, partner, **values))
        move.action_post()
        return move

    @classmethod
    def _credit_note(cls, amount, day, partner=None, **values):
        """Return a posted credit note, not applied to any invoice."""
        return cls._invoice(amount, day, partner, kind="out_refund", **values)

    @classmethod
    def _payment(cls, amount, day, partner=None, company=None, **values):
        """Return the entry of a posted customer payment, not applied to any invoice."""
        payments = cls.env["account.payment"].with_company(company or cls.env.company)
        payment = payments.create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": (partner or cls.anna).id,
                "amount": amount,
                "date": day,
                **values,
            }
        )
        payment.action_post()
        return payment.move_id

    @classmethod
    def _pay(cls, document, amount, day, **values):
        """Pay a document by a payment of its customer, in its currency, and return the payment's entry."""
        values = {"company": document.company_id, "currency_id": document.currency_id.id, **values}
        move = cls._payment(amount, day, document.partner_id, **values)
        cls._apply(document, move)
        return move

    @classmethod
    def _apply(cls, *moves):
        """Reconcile the receivable items of these entries."""
        cls._receivable(*moves).filtered(lambda line: not line.reconciled).reconcile()

    @classmethod
    def _receivable(cls, *moves):
        """Return the receivable items of these entries, by due date."""
        lines = cls.env["account.move.line"].union(*(move.line_ids for move in moves))
        return lines.filtered(lambda line: line.account_type == "asset_receivable").sorted("date_maturity")

    @classmethod
    def _entry(cls, amount, day, partner=None, company=None, line=None, **values):
        """Return a posted manual entry on the receivable account; a negative amount is a credit.

        :param dict line: values of its receivable item; those of a manual entry have no due date
        """
        company = company or cls.env.company
        data = cls._accounts_of(company)
        line = {
            "account_id": data["receivable"].id,
            "partner_id": partner.id if partner else False,
            **(line or {}),
        }
        move = (
            cls.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "entry",
                    "date": day,
                    "journal_id": data["journal"].id,
                    "line_ids": [
                        Command.create({"name": "By hand", "amount_currency": amount, **line}),
                        Command.create(
                            {
                                "account_id": data["income"].id,
                                "amount_currency": -amount,
                                **({"currency_id": line["currency_id"]} if line.get("currency_id") else {}),
                            }
                        ),
                    ],
                    **values,
                }
            )
        )
        move.action_post()
        return move

    @classmethod
    def _accounts_of(cls, company):
        """Return the journal and the accounts of a manual entry in a company."""
        domain = cls.env["account.account"]._check_company_domain(company)
        here = [("company_id", "=", company.id), ("type", "=", "general")]
        return {
            "journal": cls.env["account.journal"].search(here, limit=1),
            "receivable": cls.partner.with_company(company).property_account_receivable_id,
            "income": cls.env["account.account"].search([*domain, ("account_type", "=", "income")], limit=1),
        }

    @classmethod
    def _report(cls, day, **values):
        """Return a computed report as of a day."""
        values = {"bucket_set_id": cls.buckets.id, "basis": "due", **values}
        report = cls.env["customer.aging.report"].create({"date_to": day, **values})
        report.action_compute()
        return report

    def _columns(self, report):
        """Return the amounts of a report by heading, without the empty ones."""
        amounts = {}
        for line in report.line_ids:
            name = line.bucket_id.name
            amounts[name] = round(amounts.get(name, 0.0) + line.amount_residual, 2)
        return amounts

    def assertColumns(self, report, expected):
        """Check the amounts by heading, and that the report agrees with the ledger."""
        self.assertEqual(self._columns(report), expected)
        self.assertTrue(report.is_equal)
        self.assertEqual(report.difference, 0)
