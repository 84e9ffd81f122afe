from odoo import fields, models

from ..exceptions import CreditGrowthError, CreditReleaseError
from .credit_hold import OPEN


class SaleOrder(models.Model):
    """Asking for the release of an order, of its delivery, or of what it shall grow by."""

    _inherit = "sale.order"

    credit_hold_count = fields.Integer(
        string="Holds",
        compute="_compute_credit_hold_count",
        compute_sudo=True,
        help="Credit holds of the order.",
    )

    def _compute_credit_hold_count(self):
        holds = self.env["customer.credit.hold"]
        counts = dict(holds._read_group([("order_id", "in", self.ids)], ["order_id"], ["__count"]))
        for order in self:
            order.credit_hold_count = counts.get(order._origin, 0)

    def action_ask_credit_release(self):
        """Ask for a release of what is held: the quotation, or a delivery of the order.

        Nothing is held for being asked about: a quotation that passes the rules is said to pass. Of a confirmed
        order of which nothing is held, it is asked what it shall become.

        :raises CreditReleaseError: when the order is cancelled
        """
        self.ensure_one()
        self.check_access("write")
        if self.state == "cancel":
            raise CreditReleaseError(
                self.env._("%s is cancelled: there is nothing to release.", self._credit_name())
            )
        quotation = self.state in ("draft", "sent")
        hold = self._credit_open_hold()
        if quotation and self.state == "sale":
            return self._credit_message(
                self.env._("%s passes the credit rules by now, and is confirmed.", self._credit_name())
            )
        hold = hold or (quotation and self._credit_hold_if_failing())
        if hold:
            return self._credit_show_hold(hold)
        if quotation:
            return self._credit_message(
                self.env._("%s passes the credit rules: you can confirm it.", self._credit_name())
            )
        return self._credit_ask_to_grow()

    def _credit_open_hold(self):
        """Return what is held of the order, checked again: itself first, then its deliveries."""
        holds = self.env["customer.credit.hold"].sudo()
        found = holds.search([("order_id", "=", self.id), ("state", "in", OPEN)])
        found.filtered(lambda hold: hold.stage != "growth")._recheck()
        still = found.filtered(lambda hold: hold.state in OPEN)
        return still.sorted(lambda hold: (bool(hold.picking_id or hold.move_id), -hold.id))[:1]

    def _credit_hold_if_failing(self):
        """Hold a quotation if the rules would, and return the hold; without one, nothing is written."""
        cases = self.env["customer.credit.engine"]._decide(self, "order", binding=False)
        held = [case for case in cases.values() if case.result == "held"]
        self.env["customer.credit.decision"].sudo()._record(held)
        return self.env["customer.credit.hold"]._hold(held)

    def _credit_show_hold(self, hold):
        """Return the window in which the current user asks for a release, or sees what it waits for."""
        own = hold.with_env(self.env(su=False))
        if not own.has_access("write"):
            return self._credit_notice(self.browse())
        return own._get_records_action() if own.state == "asked" else self._credit_hold_window(own)

    def _credit_hold_window(self, hold):
        """Return the window that says why something is held, and in which its release is asked for."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Held by the Credit Rules"),
            "res_model": hold._name,
            "res_id": hold.id,
            "views": [(self.env.ref("customer_credit.credit_hold_view_form_ask").id, "form")],
            "target": "new",
        }

    def _credit_ask_to_grow(self, **defaults):
        """Return the window that asks what a confirmed order shall become.

        :param defaults: what is known of it, as values of the window
        """
        action = self.env["ir.actions.actions"]._for_xml_id("customer_credit.credit_growth_action")
        defaults = {"order_id": self.id, **defaults}
        return {**action, "context": {f"default_{name}": value for name, value in defaults.items()}}

    def _credit_growth_error(self, error):
        """Return the refusal of a change of a confirmed order, with the window that asks for its release."""
        defaults = {
            "order_id": self.id,
            "wanted_total": self.amount_total,
            "wanted_partner_id": self.partner_invoice_id.id,
            "wanted_term_id": self.payment_term_id.id,
        }
        return CreditGrowthError(
            str(error),
            "customer_credit.credit_growth_action",
            self.env._("Ask for Credit Release"),
            {f"default_{name}": value for name, value in defaults.items()},
        )

    def _credit_message(self, text, after="soft_reload"):
        """Return a short notice, and have the page read again.

        :param str after: None only closes the window: a page with changes that are refused is not saved by it
        """
        following = {"type": "ir.actions.client", "tag": after}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": text,
                "next": following if after else {"type": "ir.actions.act_window_close"},
            },
        }
