"""Confirming orders of payers with a credit limit: the suite against the same confirmation without its checks."""

from contextlib import contextmanager

from odoo.fields import Command

from .probe import Side

ENOUGH = 10**12


class Confirming:
    """The confirmation of quotations of some customers, one or many at a time."""

    def __init__(self, env, partners, kind):
        self.env, self.partners, self.kind = env, partners, kind

    def quotations(self):
        """Make the quotations of a round; they are rolled back with it."""
        product = self.env["product.product"].search([("default_code", "=", f"BENCH-{self.kind}")])
        orders = self.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 3})],
                }
                for partner in self.partners
            ]
        )
        orders.flush_recordset()
        self.env.invalidate_all()
        return orders

    def limits(self):
        """Give each customer an account with a limit that is never reached, and the host what it needs to ship."""
        accounts = self.env["customer.credit.account"]
        known = accounts.search([("partner_id", "in", self.partners.ids)]).partner_id
        fresh = accounts.create(
            [
                {"partner_id": partner.id, "company_id": self.env.company.id}
                for partner in self.partners - known
            ]
        )
        self.env["customer.credit.limit"].sudo().create(
            [
                {
                    "account_id": account.id,
                    "amount": ENOUGH,
                    "currency_id": self.env.company.currency_id.id,
                    "date_from": "2000-01-01",
                    "reason": "Bench",
                }
                for account in fresh
            ]
        )
        warehouses = self.env["stock.warehouse"]
        if not warehouses.search_count([("company_id", "=", self.env.company.id)]):
            warehouses.create({"name": "Bench", "code": "BE", "company_id": self.env.company.id})
        products = self.env["product.product"]
        if not products.search_count([("default_code", "=", f"BENCH-{self.kind}")]):
            values = {"name": "Bench", "list_price": 100, "invoice_policy": "order"}
            products.create({**values, "default_code": f"BENCH-{self.kind}", "type": self.kind})
        # Many of them have paid nothing for years: every rule is asked, and none holds.
        overdue = self.env["customer.credit.rule"].search([("kind", "=", "overdue_days")])
        overdue.threshold = 10**6
        self.env.cr.commit()

    @contextmanager
    def unchecked(self):
        """Confirm as the host does, without a question to the credit rules."""
        order = self.env.registry["sale.order"]
        order._credit_screen = lambda orders, stage: orders.browse()
        order._credit_ensure = lambda orders, stage: None
        try:
            yield
        finally:
            del order._credit_screen, order._credit_ensure

    def plain(self, orders):
        with self.unchecked():
            orders.action_confirm()

    def sides(self):
        """Return the suite and the plain confirmation."""
        return [
            Side("suite", lambda orders: orders.action_confirm(), self.quotations),
            Side("items", self.plain, self.quotations),
        ]

    def figures(self):
        """Return what either side confirms: as many orders of the same total."""
        found = {}
        for side in self.sides():
            orders = side.prepare()
            side.call(orders)
            confirmed = orders.filtered(lambda order: order.state == "sale")
            found[side.name] = {"rows": len(confirmed), "total": sum(confirmed.mapped("amount_total"))}
            self.env.cr.rollback()
            self.env.invalidate_all()
        return found
