from odoo import api, fields, models
from odoo.fields import Command

from ..exceptions import RebateStateError, RebateWriteError


class CustomerDealerGoodsCredit(models.AbstractModel):
    """Rebates that are taken in goods: what is left of each, by the orders that drew on it."""

    _name = "customer.dealer.goods.credit"
    _description = "Goods Credit"

    @api.model
    def _left(self, statements):
        """Return what is left of each goods credit: ``{statement id: amount}``; one query.

        Quotations draw too, so that two of them cannot take the same; cancelled ones give it back.
        """
        credits_ = statements.sudo().filtered(
            lambda one: one.settle_by == "goods" and one.settled_on and one.amount > 0
        )
        groups = (
            self.env["sale.order.line"]
            .sudo()
            ._read_group(
                [("rebate_statement_id", "in", credits_.ids), ("state", "!=", "cancel")],
                ["rebate_statement_id"],
                ["price_subtotal:sum"],
            )
        )
        used = {statement.id: -amount for statement, amount in groups}
        return {one.id: one.currency_id.round(one.amount - used.get(one.id, 0.0)) for one in credits_}

    @api.model
    def _credits(self, dealers):
        """Return the statements that were settled as goods credits, the oldest first."""
        return (
            self.env["customer.dealer.rebate.statement"]
            .sudo()
            .search(
                [
                    ("dealer_id", "in", dealers.ids),
                    ("plan_id.settle_by", "=", "goods"),
                    ("settled_on", "!=", False),
                    ("amount", ">", 0),
                ],
                order="settled_on, id",
            )
        )

    @api.model
    def _balances(self, dealers):
        """Return the goods credit of each dealer: ``{dealer id: amount}``."""
        found = {}
        statements = self._credits(dealers)
        left = self._left(statements)
        for one in statements:
            found[one.dealer_id.id] = found.get(one.dealer_id.id, 0.0) + left[one.id]
        return found


class SaleOrder(models.Model):
    """An order draws on the goods credits of its dealer."""

    _inherit = "sale.order"

    has_goods_credit = fields.Boolean(compute="_compute_has_goods_credit")

    @api.depends("partner_id", "company_id", "state")
    def _compute_has_goods_credit(self):
        open_ = self.filtered(lambda order: order.state in ("draft", "sent") and order.partner_id)
        (self - open_).has_goods_credit = False
        for company, orders in open_.grouped("company_id").items():
            dealers = self.env["customer.dealer"]._of(orders.partner_id, company)
            all_dealers = self.env["customer.dealer"].union(*dealers.values())
            left = self.env["customer.dealer.goods.credit"]._balances(all_dealers) if all_dealers else {}
            for order in orders:
                order.has_goods_credit = left.get(dealers[order.partner_id.id].id, 0) > 0

    @api.constrains("partner_id", "state", "company_id")
    def _check_goods_credit(self):
        self.order_line._check_goods_credit()

    def action_use_goods_credit(self):
        """Take the goods credits of the dealer off quotations, the oldest first, as far as the goods go.

        :raises RebateStateError: when there is none, or the order is confirmed or in another currency
        """
        self.check_access("write")
        for order in self:
            dealer = self.env["customer.dealer"]._of(order.partner_id, order.company_id)[order.partner_id.id]
            credits_ = self.env["customer.dealer.goods.credit"]
            rows = credits_._credits(dealer)
            left = credits_._left(rows)
            rows = rows.filtered(lambda one, left=left: left[one.id] > 0)
            order._refuse_goods_credit(rows)
            order._draw_goods_credit(rows, left)

    def _refuse_goods_credit(self, rows):
        self.ensure_one()
        if not rows or self.state not in ("draft", "sent") or self.currency_id != rows[:1].currency_id:
            raise RebateStateError(
                self.env._(
                    "No goods credit can be used on %s: it needs a quotation in the currency of the company, of a "
                    "dealer with a credit that is left.",
                    self.name,
                )
            )

    def _draw_goods_credit(self, rows, left):
        """Add a line for each goods credit, up to the untaxed amount of the order."""
        self.ensure_one()
        open_ = self.amount_untaxed
        product = self.company_id.root_id._rebate_product()
        commands = []
        for one in rows:
            amount = min(left[one.id], open_)
            if self.currency_id.compare_amounts(amount, 0) > 0:
                open_ -= amount
                values = {
                    "product_id": product.id,
                    "name": self.env._("Goods credit of rebate statement %s", one.name),
                    "product_uom_qty": 1,
                    "price_unit": -amount,
                    "rebate_statement_id": one.id,
                }
                commands.append(Command.create(values))
        self.sudo().write({"order_line": commands})


class SaleOrderLine(models.Model):
    """The line of an order that draws on a goods credit."""

    _inherit = "sale.order.line"

    rebate_statement_id = fields.Many2one(
        "customer.dealer.rebate.statement",
        string="Goods Credit",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: the server alone says that a line draws on a goods credit."""
        if not self.env.su and any(vals.get("rebate_statement_id") for vals in vals_list):
            self._refuse_goods_credit()
        return super().create(vals_list)

    def write(self, vals):
        """Override of `sale`: likewise."""
        if not self.env.su and "rebate_statement_id" in vals:
            self._refuse_goods_credit()
        return super().write(vals)

    def _refuse_goods_credit(self):
        raise RebateWriteError(
            self.env._(
                "A goods credit is drawn by “Use Goods Credit” on the quotation, not by hand or import."
            )
        )

    @api.constrains("rebate_statement_id", "price_unit", "product_uom_qty", "discount", "tax_ids", "order_id")
    def _check_goods_credit(self):
        """Refuse lines that draw more than is left, whoever changes them and however."""
        statements = self.sudo().rebate_statement_id
        if not statements:
            return
        # Of two orders at the same moment, the second is run again and sees the first.
        statements._approval_touch()
        left = self.env["customer.dealer.goods.credit"]._left(statements)
        for line in self.filtered("rebate_statement_id"):
            credit = line.sudo().rebate_statement_id
            if (
                line.price_subtotal > 0
                or credit.currency_id.compare_amounts(left.get(credit.id, -1), 0) < 0
                or line.order_id.partner_id.commercial_partner_id != credit.partner_id
            ):
                raise RebateStateError(
                    self.env._(
                        "%(order)s draws more than is left of the goods credit %(statement)s, or is not an order of "
                        "its dealer.",
                        order=line.order_id.name,
                        statement=credit.name,
                    )
                )

    def _prepare_invoice_line(self, **optional_values):
        """Override of `sale`: the invoice says so too, and charges the accrued rebates."""
        values = super()._prepare_invoice_line(**optional_values)
        if self.rebate_statement_id:
            values["rebate_statement_id"] = self.rebate_statement_id.id
            account = self.company_id.root_id.sudo().customer_rebate_accrual_account_id
            if account:
                values["account_id"] = account.id
        return values
