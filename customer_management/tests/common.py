"""What the tests of customer management have in common: a company, its documents and its people."""

from datetime import date

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.base.tests.common import DISABLED_MAIL_CONTEXT

# The day as of which most tests grade: the period is the calendar year 2024.
TODAY = date(2024, 12, 31)
USER = "customer_management.group_customer_user"
MANAGER = "customer_management.group_customer_manager"


class CustomerCase(TransactionCase):
    """A trading company of its own with books, and short words to make documents in it.

    Documents are made by the system (``cls.env``); what is tested is done as one of the people.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls._make_company("Lantern Trading", currency_id=cls.env.ref("base.USD").id)
        cls.env = cls.env(context={**DISABLED_MAIL_CONTEXT, "allowed_company_ids": cls.company.ids})
        cls.company = cls.env.company
        # Nobody is a customer yet but those of the test: shared demo customers are out of the way.
        others = cls.env["res.partner"].with_context(active_test=False).search([("customer_rank", ">", 0)])
        others.customer_rank = 0
        cls.product = cls.env["product.product"].create(
            {"name": "Rice cooker", "list_price": 100, "standard_price": 60, "taxes_id": [Command.clear()]}
        )

    # People

    @classmethod
    def _make_user(cls, login, groups, **values):
        """Return a person who works for the company only."""
        values = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)], **values}
        return new_test_user(cls.env, f"cm_{login}", groups, context=DISABLED_MAIL_CONTEXT, **values)

    @classmethod
    def _make_people(cls):
        """Make a salesperson, two managers, and an employee who has nothing to do with customers."""
        cls.seller = cls._make_user("seller", USER)
        cls.manager = cls._make_user("manager", MANAGER)
        cls.second_manager = cls._make_user("second_manager", MANAGER)
        cls.outsider = cls._make_user("outsider", "base.group_user")

    # Companies

    @classmethod
    def _make_company(cls, name, books=True, **values):
        """Return a company, or with a parent a branch; ``books`` are needed to post an invoice in it."""
        company = cls.env["res.company"].create({"name": name, **values})
        if books:
            cls.env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
        return company

    @classmethod
    def _make_currency(cls, code, rates):
        """Return a currency with its rates by day, in units for one of the company's."""
        currency = cls.env["res.currency"].with_context(active_test=False).search([("name", "=", code)])
        currency.active = True
        currency.rate_ids.unlink()
        values = [{"name": day, "rate": rate, "company_id": cls.company.id} for day, rate in rates.items()]
        currency.rate_ids = [Command.create(rate) for rate in values]
        return currency

    # Schemes and runs

    @classmethod
    def _make_scheme(cls, *cuts, **values):
        """Return a scheme with the grades A, B, ... that end at these cuts; the last one has none."""
        names = "ABCDEFGH"[: len(cuts) + 1]
        grades = [
            Command.create({"name": name, "sequence": 10 * i, "cut": cut})
            for i, (name, cut) in enumerate(zip(names, (*cuts, 0), strict=True), 1)
        ]
        scheme = {"name": "ABC", "company_id": cls.company.id, "grade_ids": grades, **values}
        return cls.env["customer.grade.scheme"].create(scheme)

    @classmethod
    def _metric(cls, code):
        return cls.env.ref(f"customer_management.metric_{code}")

    @staticmethod
    def _grades(run, kind="grade_id"):
        """Return the names of the grades of a run by the names of the customers, best first."""
        return {result.partner_id.name: result[kind].name for result in run.result_ids.sorted("position")}

    @staticmethod
    def _result(run, customer):
        return run.result_ids.filtered(lambda result: result.partner_id == customer)

    # Customers and documents

    @classmethod
    def _make_customer(cls, name, **values):
        return cls.env["res.partner"].create({"name": name, "is_company": True, "customer_rank": 1, **values})

    @classmethod
    def _invoice_values(cls, partner, amount, day, **values):
        line = {"name": "Goods", "quantity": 1, "price_unit": abs(amount), "tax_ids": [Command.clear()]}
        return {
            "move_type": "out_invoice" if amount >= 0 else "out_refund",
            "partner_id": partner.id,
            "invoice_date": day,
            "date": day,
            "invoice_line_ids": [Command.create(line)],
            **values,
        }

    @classmethod
    def _invoice(cls, partner, amount, day=TODAY, post=True, company=None, **values):
        """Post an invoice, or a credit note when the amount is negative."""
        moves = cls.env["account.move"].with_company(company or cls.company)
        move = moves.create(cls._invoice_values(partner, amount, day, **values))
        if post:
            move.action_post()
        return move

    @classmethod
    def _invoice_all(cls, amounts, day=TODAY):
        """Make a customer for each name and post its amount; return the customers by name."""
        customers = {name: cls._make_customer(name) for name in amounts}
        values = [
            cls._invoice_values(customers[name], amount, day) for name, amount in amounts.items() if amount
        ]
        cls.env["account.move"].create(values).action_post()
        return customers
