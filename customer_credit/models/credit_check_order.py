from collections import defaultdict

from odoo import fields, models


class CustomerCreditCheck(models.Model):
    """Orders counted by the host's own records: their amounts less what their invoice lines took.

    The exposure counts quantities in SQL and trusts the order's status; this counts money, line by line, and
    trusts the line's. Where the two may differ, the order says why.
    """

    _inherit = "customer.credit.check"

    def _count_orders(self, company):
        """Return what is left of the orders in money, and each order that takes up more or less, with the reason."""
        lines = self.env["sale.order.line"].search(
            [
                ("company_id", "child_of", company.id),
                ("state", "=", "sale"),
                ("display_type", "=", False),
                ("invoice_status", "in", ("no", "to invoice")),
            ]
        )
        invoiced = self._invoiced(lines)
        counted, reasons = 0.0, defaultdict(float)
        for line in lines:
            rate = line.order_id.currency_rate or 1.0
            money = invoiced.get(line.id, 0.0)
            counted += (line.price_total - money) / rate
            for why, amount in self._order_reasons(line, money, company):
                reasons[line.order_id.name, why] += amount / rate
        currency = company.currency_id
        return counted, [
            (name, why, amount) for (name, why), amount in reasons.items() if not currency.is_zero(amount)
        ]

    def _invoiced(self, lines):
        """Return what posted and draft invoice lines took of order lines, in the currency of the order."""
        found = defaultdict(float)
        for line in lines:
            for taken in line.invoice_lines:
                move = taken.move_id
                if move.state == "cancel" and move.payment_state != "invoicing_legacy":
                    continue
                amount = taken.currency_id._convert(
                    taken.price_total, line.currency_id, line.company_id, move.invoice_date or self._today()
                )
                found[line.id] += -amount if move.move_type == "out_refund" else amount
        return found

    def _today(self):
        return fields.Date.context_today(self)

    def _order_reasons(self, line, money, company):
        """Return why an order line takes up another amount than it has left: pairs of (reason, amount)."""
        ordered, delivered, taken = line.product_uom_qty, line.qty_delivered, line.qty_invoiced
        price = line.price_total / ordered if ordered else line.price_unit
        left = max(ordered - max(delivered, taken), 0.0) * price
        yield self.env._("Invoiced at another price"), money - taken * price
        if line.is_downpayment:
            return
        yield self.env._("More than ordered"), (max(delivered, taken, ordered) - ordered) * price
        if self._is_closed(line):
            yield self.env._("Will not be delivered any more"), -left
        elif self._is_later(line, company):
            yield self.env._("Due later than counted"), -left

    def _is_closed(self, line):
        """Return whether what is left of a line will not be delivered: all its transfers are done or cancelled."""
        if line.qty_delivered_method != "stock_move":
            return False
        return all(move.state in ("done", "cancel") for move in line.move_ids)

    def _is_later(self, line, company):
        """Return whether a line is due after the days within which orders count."""
        if not company.customer_credit_horizon:
            return False
        order = line.order_id
        due = order.commitment_date or fields.Datetime.add(order.date_order, days=line.customer_lead)
        return due >= fields.Datetime.add(fields.Datetime.now(), days=company.customer_credit_horizon)
