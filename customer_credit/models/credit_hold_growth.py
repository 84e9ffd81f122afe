from odoo import api, fields, models


class CustomerCreditHold(models.Model):
    """Confirmed orders that shall grow past the rules: the order stays as it is, the growth waits.

    Its release covers the order up to what was wanted, so that the change can then be made.
    """

    _inherit = "customer.credit.hold"

    order_currency_id = fields.Many2one(related="order_id.currency_id", string="Currency of the Order")
    wanted_total = fields.Monetary(
        string="Total Wanted",
        currency_field="order_currency_id",
        readonly=True,
        copy=False,
        aggregator=None,
        help="What the confirmed order shall come to, taxes included.",
    )
    wanted_partner_id = fields.Many2one(
        "res.partner", string="Invoice To", readonly=True, copy=False, index="btree_not_null"
    )
    wanted_term_id = fields.Many2one(
        "account.payment.term", string="Payment Terms Wanted", readonly=True, copy=False
    )

    @api.model
    def _hold_growth(self, growth, case):
        """Hold what a confirmed order shall become.

        :param growth: the wish, a ``customer.credit.growth``
        :param CreditCase case: what was decided about it
        :return: the hold
        """
        order = growth.order_id
        case.record, case.stage = case.order, "growth"
        self.env["customer.credit.decision"].sudo()._record([case])
        self._hold([case])
        hold = self._open_of(order)[order._name, order.id]
        hold._approval_write(
            {
                "wanted_total": growth.wanted_total,
                "wanted_partner_id": growth.wanted_partner_id.id,
                "wanted_term_id": growth.wanted_term_id.id,
            }
        )
        return hold.with_env(self.env)

    def _growth_values(self):
        """Return the wish behind a hold, as values of ``customer.credit.growth``."""
        self.ensure_one()
        return {
            "order_id": self.order_id.id,
            "wanted_total": self.wanted_total,
            "wanted_partner_id": self.wanted_partner_id.id,
            "wanted_term_id": self.wanted_term_id.id,
        }

    def _tell(self):
        """Override: of an order that stays confirmed, its log says only that a release was asked for."""
        growth = self.filtered(lambda hold: hold.stage == "growth")
        for hold in growth:
            hold.order_id._message_log(
                body=self.env._(
                    "A credit release was asked for, for a total of %s.",
                    hold.order_currency_id.format(hold.wanted_total or hold.order_id.amount_total),
                )
            )
        return super(CustomerCreditHold, self - growth)._tell()

    def _is_over(self):
        """Override: a wish is over when its order is not confirmed any more, or is that large by now."""
        if self.stage != "growth":
            return super()._is_over()
        order = self.order_id
        return order.state != "sale" or (
            order.currency_id.compare_amounts(self.wanted_total, order.amount_total) <= 0
            and self.wanted_partner_id == order.partner_invoice_id
            and self.wanted_term_id == order.payment_term_id
        )

    def _recheck(self):
        """Override: of a larger order, what it shall become is decided again."""
        growth = self.filtered(lambda hold: hold.stage == "growth")
        growth._recheck_growth()
        return super(CustomerCreditHold, self - growth)._recheck()

    def _recheck_growth(self):
        """Decide again what confirmed orders shall become; who wanted it is told when it passes."""
        gone = self.filtered(lambda hold: hold._is_over())
        gone._close("cancelled")
        left = self - gone
        wishes = self.env["customer.credit.growth"].create([hold._growth_values() for hold in left])
        cases = self.env["customer.credit.engine"]._decide(wishes, "order", binding=False)
        for hold, wish in zip(left, wishes, strict=True):
            case = cases.get(wish)
            if case and case.result == "held":
                case.record, case.stage = case.order, "growth"
                self._refresh([case], {hold.order_id: hold})
            else:
                hold._close("cured")
                hold._go_on()

    def _go_on(self):
        """Override: a confirmed order is not changed by itself; who wanted it is told that it can be."""
        growth = self.filtered(lambda hold: hold.stage == "growth")
        for hold in growth:
            text = self.env._(
                "By the credit rules, %(order)s can be changed to a total of %(total)s now.",
                order=hold.document,
                total=hold.order_currency_id.format(hold.wanted_total),
            )
            hold.order_id._message_log(body=text)
            user = hold.held_by_id if not hold.held_by_id.share else hold.user_id
            hold.order_id.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=(user or hold.user_id).id or self.env.uid,
                summary=text,
            )
        return super(CustomerCreditHold, self - growth)._go_on()
