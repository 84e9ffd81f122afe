"""What the tests of credit have in common: goods, services, orders, accounts and limits in few words."""

from odoo.fields import Command
from odoo.tests import new_test_user

from .common import AgingCase


class CreditCase(AgingCase):
    """The tests run as somebody who sells, ships, invoices and manages credit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = (
            "sales_team.group_sale_manager",
            "stock.group_stock_manager",
            "customer_credit.group_credit_manager",
        )
        cls.env.user.group_ids += cls.env["res.groups"].union(*map(cls.env.ref, groups))
        cls.goods = cls.env["product.product"].create(
            {
                "name": "Kettle",
                "type": "consu",
                "list_price": 100,
                "invoice_policy": "delivery",
                "taxes_id": False,
            }
        )
        cls.service = cls.env["product.product"].create(
            {
                "name": "Setup",
                "type": "service",
                "list_price": 50,
                "invoice_policy": "order",
                "taxes_id": False,
            }
        )

    @classmethod
    def _account(cls, partner=None, limit=None, **values):
        """Return the credit account of a payer, with a base limit when one is given."""
        values = {"partner_id": (partner or cls.anna).id, "company_id": cls.env.company.id, **values}
        # As the system: terms, rating and limits come by reviews and requests only.
        account = cls.env["customer.credit.account"].sudo().create(values).with_env(cls.env)
        if limit is not None:
            cls._limit(account, limit)
        return account

    @classmethod
    def _limit(cls, account, amount, day_from="2024-01-01", day_to=False, kind="base"):
        """Give an account a limit, as the approval of a request does."""
        return (
            cls.env["customer.credit.limit"]
            .sudo()
            .create(
                {
                    "account_id": account.id,
                    "kind": kind,
                    "amount": amount,
                    "currency_id": account.currency_id.id,
                    "date_from": day_from,
                    "date_to": day_to,
                    "reason": "Review",
                }
            )
        )

    @classmethod
    def _user(cls, login, groups):
        """Return a user of this company alone."""
        return new_test_user(
            cls.env, login, groups, company_id=cls.env.company.id, company_ids=cls.env.company.ids
        )

    def _quotation(self, *lines, partner=None, **values):
        """Return a quotation of (product, quantity) lines, without taxes."""
        return self.env["sale.order"].create(
            {
                "partner_id": (partner or self.anna).id,
                "order_line": [
                    Command.create(
                        {"product_id": product.id, "product_uom_qty": quantity, "tax_ids": [Command.clear()]}
                    )
                    for product, quantity in lines
                ],
                **values,
            }
        )

    def _order(self, *lines, partner=None, **values):
        """Return a confirmed order of (product, quantity) lines."""
        order = self._quotation(*lines, partner=partner, **values)
        order.action_confirm()
        return order

    def _ship(self, order, quantity, backorder=True):
        picking = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))[:1]
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True, cancel_backorder=not backorder)._action_done()
