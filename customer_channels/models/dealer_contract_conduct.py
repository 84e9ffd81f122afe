from odoo import fields, models
from odoo.tools import format_date

from odoo.addons.customer_management.tools.living_text import table


class CustomerDealerContract(models.Model):
    """What the contract says of prices and targets."""

    _inherit = "customer.dealer.contract"

    price_floor_ids = fields.One2many(
        "customer.dealer.price.floor", "contract_id", string="Price Floors", copy=True
    )
    target_ids = fields.One2many("customer.dealer.target", "contract_id", string="Targets")

    def _approval_free_fields(self):
        """Override: targets are agreed on from period to period, and have rights of their own."""
        return super()._approval_free_fields() | {"target_ids"}

    def _target_table(self):
        """Override: the targets agreed on under the contract, by period; None without any."""
        targets = self.target_ids.filtered(lambda target: not target.child_ids).sorted("date_from")
        if not targets:
            return None
        names = targets._fields
        head = [
            names[name]._description_string(self.env) for name in ("date_from", "date_to", "basis", "amount")
        ]
        basis = dict(names["basis"]._description_selection(self.env))
        rows = [
            [
                format_date(self.env, target.date_from),
                format_date(self.env, target.date_to),
                " ".join(word for word in (basis[target.basis], target.categ_id.name) if word),
                target.currency_id.format(target.amount),
            ]
            for target in targets
        ]
        return table(head, rows)
