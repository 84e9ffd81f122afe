from odoo import api, fields, models
from odoo.exceptions import AccessError


class SaleOrder(models.Model):
    """Orders of dealers are watched on every road to confirmation, and when they change afterwards."""

    _inherit = "sale.order"

    customer_dealer_flag_ids = fields.One2many(
        "customer.dealer.flag",
        "order_id",
        string="Flags",
        groups="customer_channels.group_channel_user",
    )
    customer_dealer_warning = fields.Text(
        string="Watch Over Dealers",
        compute="_compute_customer_dealer_warning",
        compute_sudo=True,
        groups="base.group_user",
        help="What is outside of what the contract of the dealer allows.",
    )

    @api.depends(
        "partner_id", "partner_shipping_id", "order_line.price_subtotal", "order_line.product_id", "state"
    )
    @api.depends_context("lang")
    def _compute_customer_dealer_warning(self):
        own = self._origin.filtered(lambda order: order.state in ("draft", "sent"))
        findings = self.env["customer.dealer.watch"]._findings(own) if own else []
        agreed = (
            self.env["customer.dealer.flag"]._known(findings, ["consented", "dismissed"]) if findings else ()
        )
        texts = {}
        for finding in findings:
            if self.env["customer.dealer.flag"]._place(finding) not in agreed:
                texts.setdefault(finding["order_id"], []).append(finding["text"])
        for order in self:
            order.customer_dealer_warning = "\n".join(texts.get(order._origin.id, ())) or False

    # What the watch asks

    def _dealer_reference(self):
        """Return the values that tie a flag to the order."""
        return {"order_id": self.id, "picking_id": False}

    def _dealer_ship_to(self):
        """Return the address that the goods go to."""
        return self.partner_shipping_id or self.partner_id

    def _dealer_lines(self):
        return self.order_line.filtered(
            lambda line: not line.display_type
            and not line.is_downpayment
            and line.product_id.type != "service"
            and line.product_uom_qty > 0
        )

    def _dealer_goods(self):
        """Return what goes there: pairs of (product, untaxed amount in company currency)."""
        rate = self.currency_rate or 1.0
        return [(line.product_id, line.price_subtotal / rate) for line in self._dealer_lines()]

    def _dealer_prices(self):
        """Return what is asked: (product, price of one of its units, amount), untaxed, in company currency."""
        rate = self.currency_rate or 1.0
        prices = []
        for line in self._dealer_lines():
            price = line.price_subtotal / line.product_uom_qty / rate
            own = line.product_uom_id._compute_price(price, line.product_id.uom_id)
            prices.append((line.product_id, own, line.price_subtotal / rate))
        return prices

    # The roads

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: an order that is made as confirmed is watched as well."""
        orders = super().create(vals_list)
        confirmed = orders.filtered(lambda order: order.state == "sale")
        if confirmed:
            self.env["customer.dealer.watch"]._watch(confirmed)
        return orders

    def write(self, vals):
        """Override of `sale`: what is confirmed, or shipped to another place once it is, is watched.

        :raises DealerFlagError: when it is outside of what the contract allows, and stopped
        """
        confirming = (
            self.filtered(lambda order: order.state != "sale") if vals.get("state") == "sale" else self
        )
        done = super().write(vals)
        if {"state", "partner_shipping_id", "partner_id"} & set(vals):
            confirmed = confirming.filtered(lambda order: order.state == "sale")
            if confirmed:
                self.env["customer.dealer.watch"]._watch(confirmed)
        return done

    def action_dealer_consent(self):
        """Consent to what is outside of what the contract allows: the order may be confirmed as it is.

        :raises AccessError: unless the user decides on dealers
        """
        if not self.env.user.has_group("customer_channels.group_channel_manager"):
            raise AccessError(self.env._("This step is for managers of channels."))
        self.check_access("read")
        findings = self.env["customer.dealer.watch"]._findings(self)
        flags = self.env["customer.dealer.flag"]
        known = flags._known(findings)
        own = flags.sudo().search([("order_id", "in", self.ids), ("state", "=", "open")])
        own.write({"state": "consented", "decided_by_id": self.env.uid})
        new = [one for one in findings if flags._place(one) not in known]
        flags._record(new, "consented").write({"decided_by_id": self.env.uid})
        for order in self.sudo():
            order.message_post(
                body=self.env._("Consented: %s", order.customer_dealer_warning or ""),
                author_id=self.env.user.partner_id.id,
            )
