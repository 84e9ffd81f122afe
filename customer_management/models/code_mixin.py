from itertools import count

from odoo import models


class CustomerCodeMixin(models.AbstractModel):
    """For records with a name and a code that nobody else has: a copy gets its own of both."""

    _name = "customer.code.mixin"
    _description = "Code of Its Own"

    def copy_data(self, default=None):
        """Override: a copy gets a name and a code of its own, as two equal codes are refused."""
        vals_list = super().copy_data(default)
        given = default or {}
        for record, vals in zip(self, vals_list, strict=True):
            if "name" not in given:
                vals["name"] = self.env._("%(name)s (copy)", name=record.name)
            if "code" not in given:
                vals["code"] = record._get_free_code()
        return vals_list

    def _get_free_code(self):
        """Return this record's code with the first number behind it that nobody uses."""
        self.ensure_one()
        domain = [("code", "=like", f"{self.code}-%")]
        taken = set(self.sudo().with_context(active_test=False).search(domain).mapped("code"))
        return next(code for number in count(2) if (code := f"{self.code}-{number}") not in taken)
