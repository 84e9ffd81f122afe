from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_date

from ..exceptions import DealerReturnError


class CustomerDealerReturn(models.Model):
    """The steps of a return."""

    _inherit = "customer.dealer.return"

    def _approval_amount(self):
        """Override: what was paid for the goods."""
        self.ensure_one()
        return self._worth(), self.currency_id

    def _worth(self):
        """Return the untaxed price of the goods on the order, in the currency of the company."""
        total = 0
        for line in self.sudo().line_ids:
            sold = line.move_id.sale_line_id
            if sold.product_uom_qty:
                rate = sold.order_id.currency_rate or 1
                total += line.quantity * sold.price_subtotal / sold.product_uom_qty / rate
        return total

    def _approval_summary(self):
        """Override: who brings what back, from when, and why."""
        self.ensure_one()
        goods = ", ".join(f"{line.quantity:g} {line.product_id.display_name}" for line in self.line_ids)
        facts = [
            ("dealer_id", self.dealer_id.display_name),
            ("end_customer", self.end_customer),
            ("picking_id", self.picking_id.sudo().name),
            ("invoice_id", self.invoice_id.sudo().name),
            ("line_ids", goods),
            ("reason", self.reason),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]

    def _approval_check(self):
        """Override: only what was checked is decided.

        :raises DealerReturnError: when it was not
        """
        for one in self:
            if not one.checked_on:
                raise DealerReturnError(self.env._("“%s” is not checked yet.", one.name))
        return super()._approval_check()

    def action_check(self):
        """Check that the goods are unopened, in time, with their invoice, and not more than delivered.

        :raises DealerReturnError: naming what is not as it is agreed
        """
        self.check_access("write")
        for one in self:
            if wrong := one._objection():
                raise DealerReturnError(f"{one.name}: {wrong}")
        self.sudo()._approval_write(
            {"checked_on": fields.Date.context_today(self), "checked_by_id": self.env.uid}
        )

    def _objection(self):
        """Return in words what stands against the return, False when nothing does."""
        kind, picking = self.dealer_id.type_id, self.picking_id.sudo()
        last = picking.date_done and (picking.date_done + timedelta(days=kind.return_days)).date()
        mine = self.partner_id
        if not kind.is_direct:
            return self.env._("%s does not sell to consumers.", self.dealer_id.display_name)
        if picking.state != "done" or picking.partner_id.commercial_partner_id != mine:
            return self.env._("the delivery is not done, or not one of this dealer.")
        if self.invoice_id.sudo().state != "posted" or self.invoice_id.sudo().commercial_partner_id != mine:
            return self.env._("there is no posted invoice of this dealer.")
        if not self.is_unopened:
            return self.env._("only unopened goods come back.")
        if self.asked_on > last:
            return self.env._("it could be asked for until %s.", format_date(self.env, last))
        return self._objection_to_lines()

    def _objection_to_lines(self):
        if not self.line_ids:
            return self.env._("say which goods come back.")
        claimed = (
            self.env["customer.dealer.return.line"]
            .sudo()
            ._read_group(
                [
                    ("move_id", "in", self.line_ids.move_id.ids),
                    ("return_id.approval_state", "!=", "refused"),
                ],
                ["move_id"],
                ["quantity:sum"],
            )
        )
        for move, quantity in claimed:
            if move.picking_id != self.picking_id:
                return self.env._("%s is not of this delivery.", move.product_id.display_name)
            if move.product_uom.compare(quantity, move.quantity) > 0:
                return self.env._(
                    "of %(goods)s only %(delivered)s were delivered, returns ask for %(claimed)s.",
                    goods=move.product_id.display_name,
                    delivered=f"{move.quantity:g}",
                    claimed=f"{quantity:g}",
                )
        return False

    def _approval_granted(self):
        """Override: the host's return is there, to be received."""
        for one in self:
            wizard = (
                self.env["stock.return.picking"]
                .sudo()
                .with_context(active_id=one.picking_id.id, active_model="stock.picking")
                .create({"picking_id": one.picking_id.id})
            )
            wanted = {line.move_id: line.quantity for line in one.line_ids}
            for row in wizard.product_return_moves:
                row.quantity = wanted.get(row.move_id, 0)
            one._approval_write({"return_picking_id": wizard.action_create_returns()["res_id"]})
        return super()._approval_granted()

    def action_refund(self):
        """Make the credit note of the goods that are in, and take the commission back.

        :raises DealerReturnError: before the goods are in
        """
        self._ensure_step("received")
        self.env["account.move"].check_access("create")
        for one in self:
            reversal = (
                self.env["account.move.reversal"]
                .with_context(active_model="account.move", active_ids=one.invoice_id.ids)
                .create({"journal_id": one.invoice_id.journal_id.id, "reason": one.name})
            )
            refund = self.env["account.move"].browse(reversal.refund_moves()["res_id"])
            one._keep_returned(refund)
            refund.action_post()
            rate = one.dealer_id.type_id.commission_rate
            one.sudo()._approval_write(
                {
                    "refund_id": refund.id,
                    "commission_reversed": one.currency_id.round(rate * abs(refund.amount_untaxed_signed)),
                }
            )

    def _keep_returned(self, refund):
        """Leave on a draft credit note only what came back."""
        left = {}
        for line in self.line_ids:
            left[line.product_id] = left.get(line.product_id, 0) + line.quantity
        for row in refund.invoice_line_ids.filtered(lambda row: row.display_type == "product"):
            quantity = min(left.get(row.product_id, 0), row.quantity)
            left[row.product_id] = left.get(row.product_id, 0) - quantity
            if quantity:
                row.quantity = quantity
            else:
                row.unlink()

    def action_close(self):
        """Close returns that are refunded.

        :raises DealerReturnError: before the credit note is posted
        """
        self._ensure_step("refunded")
        self.sudo()._approval_write({"closed_on": fields.Date.context_today(self)})
