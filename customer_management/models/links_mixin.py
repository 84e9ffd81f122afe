from odoo import models


class CustomerLinksMixin(models.AbstractModel):
    """For documents that name other documents: nobody names one that he may not read.

    The screens offer no other; a call from outside or an import could, and would then show figures of it. A
    constraint cannot say so, as the host runs constraints as the system.
    """

    _name = "customer.links.mixin"
    _description = "Document with Links"

    # The many2one and many2many fields whose documents the writer must be allowed to read.
    _checked_links = ()

    def _validate_fields(self, field_names, excluded_names=()):
        """Override of `base`: whoever links a document may read it; the system may link any.

        :raises AccessError: as reading it would
        """
        names = set(field_names)
        result = super()._validate_fields(names, excluded_names)
        if not self.env.su:
            for name in names.intersection(self._checked_links):
                self[name].check_access("read")
        return result
