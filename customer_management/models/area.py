from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerArea(models.Model):
    """A part of the map in the way the company sells: regions, provinces, cities, districts, as a tree.

    An address lies in the deepest area whose conditions, and those of the areas above it, it meets. A condition
    that is empty is met by everybody.
    """

    _name = "customer.area"
    _description = "Area"
    _parent_store = True
    _order = "complete_name, id"
    _rec_name = "complete_name"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="A short name for lists and imports.")
    complete_name = fields.Char(
        compute="_compute_complete_name", recursive=True, store=True, string="Full Name"
    )
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("customer.area", string="Part Of", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("customer.area", "parent_id", string="Parts")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty to share the area among all companies."
    )
    country_id = fields.Many2one("res.country", index="btree_not_null")
    state_ids = fields.Many2many("res.country.state", string="Provinces", help="Empty: any province.")
    cities = fields.Char(help="Names of cities, separated by commas. Empty: any city.")
    zip_prefixes = fields.Char(
        string="Postcodes", help="How the postcodes begin, separated by commas. Empty: any postcode."
    )

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for area in self:
            above = area.parent_id.complete_name
            area.complete_name = f"{above} / {area.name}" if above else area.name

    @api.constrains("parent_id", "company_id")
    def _check_company_id(self):
        for area in self:
            above = area.parent_id.company_id
            if above and area.company_id != above:
                raise ValidationError(
                    self.env._(
                        "“%(area)s” is part of an area of %(company)s, so it belongs to that company too.",
                        area=area.name,
                        company=above.name,
                    )
                )

    @api.model
    def _locate(self, addresses, company=None):
        """Return in which area each address lies: ``{address id: area}``; an empty area where in none.

        One query for any number of addresses, whoever asks.

        :param addresses: partners, each with an address of its own
        :param company: areas of this company and shared ones count (default: the current company)
        """
        company = company or self.env.company
        areas = self.sudo().search([("company_id", "in", [False, company.root_id.id])], order="parent_path")
        tree = defaultdict(list)
        for area in areas:
            tree[area.parent_id.id].append((area, area._conditions()))
        return {address.id: self._descend(tree, address.sudo()) for address in addresses}

    @api.model
    def _descend(self, tree, address):
        """Return the deepest area of the tree that an address meets; of several, the first in the tree."""
        found, below = self.browse(), tree[False]
        place = (address.country_id.id, address.state_id.id, _plain(address.city), _plain(address.zip))
        while below:
            area = next((area for area, conditions in below if _meets(place, conditions)), None)
            if area is None:
                break
            found, below = area.with_env(self.env), tree[area.id]
        return found

    def _conditions(self):
        """Return what an address has to meet: country, provinces, cities, beginnings of the postcode."""
        self.ensure_one()
        return (
            self.country_id.id,
            set(self.state_ids.ids),
            {_plain(name) for name in _split(self.cities)},
            tuple(_plain(prefix) for prefix in _split(self.zip_prefixes)),
        )


def _split(text):
    return [part for part in (text or "").replace("，", ",").replace("、", ",").split(",") if part.strip()]


def _plain(text):
    return (text or "").strip().casefold()


def _meets(place, conditions):
    (country, state, city, postcode), (countries, states, cities, prefixes) = place, conditions
    return (
        (not countries or country == countries)
        and (not states or state in states)
        and (not cities or city in cities)
        and (not prefixes or postcode.startswith(prefixes))
    )
