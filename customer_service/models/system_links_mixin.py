from odoo import api, models

from ..exceptions import ServiceLinkError


class KeptLink(int):
    """The id of a document that the system itself hands on to a part of another one.

    No call from outside can say so: what comes in as JSON or XML is a plain number.
    """


class CustomerSystemLinksMixin(models.AbstractModel):
    """For documents of the host that service makes or asks for: what they belong to is said by service alone.

    Who works in the warehouse, in sales or on questionnaires may write them; with the link he would say that goods
    came back for somebody's complaint, or that somebody was satisfied.
    """

    _name = "customer.system.links.mixin"
    _description = "Document of the Host with Links of Service"

    # What only the system writes.
    _system_links = ()

    @api.model
    def default_get(self, fields):
        """Override of `base`: not taken from the context or from a default of the user either."""
        return super().default_get([name for name in fields if name not in self._system_links])

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`.

        :raises ServiceLinkError: when somebody names by hand what it belongs to
        """
        return super().create([self._own_links(vals) for vals in vals_list])

    @api.model
    def _own_links(self, vals):
        """Return values with the links that the system hands on as plain numbers, as fields want them."""
        links = {name: vals[name] for name in self._system_links if vals.get(name)}
        for name, link in links.items():
            if isinstance(link, KeptLink):
                links[name] = int(link)
            elif not self.env.su:
                self._refuse_system_link(name)
        return {**vals, **links}

    def write(self, vals):
        """Override of `base`.

        :raises ServiceLinkError: when somebody changes by hand what it belongs to
        """
        if not self.env.su:
            for name in self._system_links:
                if name in vals and (vals[name] or any(self.sudo().mapped(name))):
                    self._refuse_system_link(name)
        return super().write(vals)

    def _refuse_system_link(self, name):
        raise ServiceLinkError(
            self.env._(
                "“%s” is written by customer service itself, not by hand or import.",
                self._fields[name]._description_string(self.env),
            )
        )
