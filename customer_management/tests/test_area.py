from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestArea(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.areas = cls.env["customer.area"]
        cls.zhejiang = cls.env.ref("base.state_cn_ZJ")
        # Shared areas of a demo would find the addresses as well.
        cls.areas.search([]).active = False
        cls.china = cls.areas.create({"name": "China", "country_id": cls.env.ref("base.cn").id})
        cls.east = cls.areas.create(
            {"name": "East", "parent_id": cls.china.id, "state_ids": [(4, cls.zhejiang.id)]}
        )
        cls.hangzhou = cls.areas.create(
            {"name": "Hangzhou", "parent_id": cls.east.id, "cities": "Hangzhou，杭州"}
        )
        cls.north = cls.areas.create({"name": "North", "parent_id": cls.china.id, "zip_prefixes": "1, 06"})

    def _address(self, city=False, state=None, country="base.cn", **values):
        return self.env["res.partner"].create(
            {
                "name": city or "Somewhere",
                "city": city,
                "state_id": state and state.id,
                "country_id": self.env.ref(country).id,
                **values,
            }
        )

    def test_an_address_lies_in_the_deepest_area_that_fits(self):
        addresses = {
            "杭州": (self._address("杭州", self.zhejiang), self.hangzhou),
            "hangzhou": (self._address(" hangzhou ", self.zhejiang), self.hangzhou),
            "another city": (self._address("Wenzhou", self.zhejiang), self.east),
            "a city of that name elsewhere": (self._address("Hangzhou"), self.china),
            "by postcode": (self._address(zip="100080"), self.north),
            "by another postcode": (self._address(zip="065000"), self.north),
            "abroad": (self._address("Hangzhou", country="base.fr"), self.areas),
        }
        found = self.areas._locate(self.env["res.partner"].union(*(one for one, _area in addresses.values())))
        for name, (address, area) in addresses.items():
            with self.subTest(name):
                self.assertEqual(found[address.id], area)

    def test_the_areas_of_another_company_do_not_count(self):
        other = self.env["res.company"].create({"name": "Sister"})
        west = self.areas.create({"name": "Wenzhou", "cities": "Wenzhou", "company_id": other.id})
        address = self._address("Wenzhou", country="base.fr")
        self.assertFalse(self.areas._locate(address)[address.id])
        self.assertEqual(self.areas._locate(address, other)[address.id], west)
        with self.assertRaises(ValidationError):
            self.areas.create({"name": "Below", "parent_id": west.id})

    def test_an_area_is_not_part_of_itself(self):
        with self.assertRaises(UserError):
            self.china.parent_id = self.hangzhou

    def test_names_follow_the_areas_above(self):
        self.assertEqual(self.hangzhou.complete_name, "China / East / Hangzhou")
        self.china.name = "PRC"
        self.assertEqual(self.hangzhou.complete_name, "PRC / East / Hangzhou")
