from datetime import datetime, timedelta

from pytz import UTC, timezone

from odoo import api, models
from odoo.tools import format_datetime

from ..exceptions import OrderWindowError


class SaleOrder(models.Model):
    """Direct sellers order in their window only, on every road to confirmation."""

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: an order that is confirmed from its birth is in the window too."""
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sale")._check_order_window()
        return orders

    def write(self, vals):
        """Override of `sale`: a button, a signature, a payment or an import, they all write the state.

        :raises OrderWindowError: when a direct seller may not order now
        """
        if vals.get("state") == "sale":
            self.filtered(lambda order: order.state != "sale")._check_order_window()
        return super().write(vals)

    def _check_order_window(self):
        for company, orders in self.grouped("company_id").items():
            dealers = self.env["customer.dealer"]._of(orders.partner_id, company)
            for dealer in self.env["customer.dealer"].union(*dealers.values()):
                calendar = dealer.type_id.order_calendar_id
                if dealer.type_id.is_direct and calendar:
                    self._check_open(dealer, calendar)

    def _check_open(self, dealer, calendar):
        now = datetime.now(UTC)
        spans = calendar._work_intervals_batch(now - timedelta(minutes=1), now + timedelta(days=14))[False]
        starts = [start for start, _stop, _rows in spans]
        if starts and starts[0] <= now:
            return
        opens = starts[0].astimezone(UTC).replace(tzinfo=None) if starts else None
        zone = timezone(calendar.tz or "UTC").zone
        raise OrderWindowError(
            self.env._(
                "%(dealer)s may not order now: its order window is “%(window)s”. It opens again: %(day)s.",
                dealer=dealer.partner_id.name,
                window=calendar.name,
                day=format_datetime(self.env, opens, tz=zone)
                if opens
                else self.env._("not within two weeks"),
            )
        )
