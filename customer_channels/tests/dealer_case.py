"""What the tests of channels have in common: dealers, contracts, goods and areas in few words."""

from odoo.fields import Command

from odoo.addons.customer_credit.tests.credit_case import CreditCase


class DealerCase(CreditCase):
    """A company of its own with two dealers, Anna Ltd and Boris Ltd, a map and two kinds of goods.

    The tests run as somebody who sells, invoices and manages channels; tests of rights make users of their own.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("customer_channels.group_channel_manager")
        cls.boris.is_company = True
        cls.type = cls.env["customer.dealer.type"].create(
            {"name": "Wholesaler", "code": "test_wholesaler", "may_have_sub_dealers": True}
        )
        cls.dealer = cls._dealer(cls.anna)
        cls.other_dealer = cls._dealer(cls.boris)
        cls.land = cls._area("Land")
        cls.city = cls._area("City", cls.land, cities="Springfield")
        cls.other_city = cls._area("Other City", cls.land, cities="Shelbyville")
        cls.kitchen = cls.env["product.category"].create({"name": "Kitchen"})
        cls.pots = cls.env["product.category"].create({"name": "Pots", "parent_id": cls.kitchen.id})
        cls.garden = cls.env["product.category"].create({"name": "Garden"})
        cls.pot = cls._product("Pot", cls.pots)
        cls.spade = cls._product("Spade", cls.garden)

    @classmethod
    def _dealer(cls, partner, **values):
        values = {"partner_id": partner.id, "type_id": cls.type.id, **values}
        return cls.env["customer.dealer"].create(values)

    @classmethod
    def _area(cls, name, parent=None, **values):
        return cls.env["customer.area"].create(
            {"name": name, "parent_id": parent.id if parent else False, **values}
        )

    @classmethod
    def _product(cls, name, category, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "categ_id": category.id,
                "list_price": 100,
                "invoice_policy": "order",
                "taxes_id": False,
                **values,
            }
        )

    @classmethod
    def _draft_contract(cls, dealer=None, date_from="2025-01-01", date_to="2025-12-31", **values):
        return cls.env["customer.dealer.contract"].create(
            {"dealer_id": (dealer or cls.dealer).id, "date_from": date_from, "date_to": date_to, **values}
        )

    @classmethod
    def _contract(cls, dealer=None, date_from="2025-01-01", date_to="2025-12-31", **values):
        """Return a running contract, as its steps leave it."""
        contract = cls._draft_contract(dealer, date_from, date_to, **values)
        cls._run_contract(contract)
        return contract

    @classmethod
    def _run_contract(cls, contract):
        """Take a draft to running on its first day, past the people who approve and sign."""
        contract.sudo()._approval_write({"approval_state": "approved"})
        contract.sudo()._approval_write({"signed_on": contract.date_from, "begun_on": contract.date_from})

    @classmethod
    def _sell(cls, amount, day, partner=None, product=None, quantity=1, kind="out_invoice", **values):
        """Return a posted invoice (or credit note) of one product, ``amount`` in all, without taxes."""
        line = {
            "product_id": (product or cls.pot).id,
            "quantity": quantity,
            "price_unit": amount / quantity,
            "tax_ids": [Command.clear()],
        }
        values = {"invoice_line_ids": [Command.create(line)], **values}
        return cls._invoice(amount, day, partner, kind=kind, **values)
