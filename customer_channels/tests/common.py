from odoo.addons.base.tests.common import BaseCommon


class ChannelCase(BaseCommon):
    """Two companies, two dealer types and three dealers, without the addon's own data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Sister Company"})
        cls.types = cls._create_type("wholesaler"), cls._create_type("kiosk")
        cls.wholesaler, cls.kiosk = cls.types
        cls.dealers = cls._create_dealer(cls.wholesaler) + cls._create_dealer(cls.wholesaler)
        cls.kiosk_dealer = cls._create_dealer(cls.kiosk)

    @classmethod
    def _create_type(cls, code, **values):
        return cls.env["customer.dealer.type"].create({"name": code.title(), "code": code, **values})

    @classmethod
    def _create_dealer(cls, dealer_type, **values):
        values = {"name": f"A {dealer_type.name}", "is_company": True, **values}
        return cls.env["res.partner"].create({**values, "customer_dealer_type_id": dealer_type.id})
