from odoo import api, fields, models

from ..exceptions import CreditReleaseError


class CustomerCreditGrowth(models.TransientModel):
    """What a confirmed order shall become, when the credit rules refuse the change: decided before it is made.

    Those who release holds are asked; once they agree, the change can be made.
    """

    _name = "customer.credit.growth"
    _description = "Credit Release of a Larger Order"
    _inherit = ["customer.credit.subject"]

    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id")
    currency_id = fields.Many2one(related="order_id.currency_id")
    total = fields.Monetary(related="order_id.amount_total", string="Total Now")
    wanted_total = fields.Monetary(
        string="Total Wanted",
        compute="_compute_wanted_total",
        store=True,
        readonly=False,
        help="Taxes included.",
    )
    wanted_partner_id = fields.Many2one(
        "res.partner", string="Invoice To", compute="_compute_wanted_partner_id", store=True, readonly=False
    )
    wanted_term_id = fields.Many2one(
        "account.payment.term",
        string="Payment Terms",
        compute="_compute_wanted_term_id",
        store=True,
        readonly=False,
    )
    reason = fields.Text(help="Why it should go on all the same.")
    promise_date = fields.Date(string="Payment Promised By")
    reasons = fields.Html(compute="_compute_reasons")

    @api.depends("order_id")
    def _compute_wanted_total(self):
        for wish in self:
            wish.wanted_total = wish.order_id.amount_total

    @api.depends("order_id")
    def _compute_wanted_partner_id(self):
        for wish in self:
            wish.wanted_partner_id = wish.order_id.partner_invoice_id

    @api.depends("order_id")
    def _compute_wanted_term_id(self):
        for wish in self:
            wish.wanted_term_id = wish.order_id.payment_term_id

    @api.depends("order_id", "wanted_total", "wanted_partner_id", "wanted_term_id")
    def _compute_reasons(self):
        for wish in self:
            case = wish._decided()
            failed = case.failed if case and case.result == "held" else None
            currency = wish.order_id.company_id.currency_id
            wish.reasons = self.env["customer.credit.hold"]._list_reasons(failed, currency)

    # What the rules are asked about

    def _credit_payer(self):
        """Override: who shall pay it."""
        return self.wanted_partner_id.commercial_partner_id

    def _credit_order(self):
        """Override: the confirmed order."""
        return self.order_id

    def _credit_name(self):
        """Override: messages speak of the order."""
        return self.order_id._credit_name()

    def _credit_term_days(self):
        """Override: those of the terms that it shall have."""
        return max(self.wanted_term_id.line_ids.mapped("nb_days"), default=0)

    def _credit_amounts(self, case, taken):
        """Override: with what is to be added; for another payer, nothing of it is counted yet."""
        whole, counted = super()._credit_amounts(case, taken)
        order = self.order_id
        grown = (self.wanted_total - order.amount_total) / (order.currency_rate or 1.0)
        if self._credit_payer() != order._credit_payer():
            counted = 0.0
        return case.company.currency_id.round(whole + grown), counted

    def _grows(self):
        """Return whether it is more than the order is: a larger total, longer terms, or another payer."""
        order = self.order_id
        return (
            self.currency_id.compare_amounts(self.wanted_total, order.amount_total) > 0
            or self._credit_term_days() > order._credit_term_days()
            or self._credit_payer() != order._credit_payer()
        )

    def _decided(self):
        """Return what the rules say, or None when there is nothing to decide; nothing is written."""
        if not self.order_id or not self._credit_payer() or not self._grows():
            return None
        cases = self.env["customer.credit.engine"]._decide(self, "order", binding=False)
        return next(iter(cases.values()), None)

    def action_ask(self):
        """Ask those who release holds for what the order shall become.

        :raises CreditReleaseError: when the order is not confirmed, or nothing of it is to grow
        """
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        if order.state != "sale" or not self._grows():
            raise CreditReleaseError(
                self.env._(
                    "Say what %s shall become: a larger total, another payer or longer payment terms. A release "
                    "is for confirmed orders only.",
                    order._credit_name(),
                )
            )
        case = self._decided()
        if not case or case.result != "held":
            text = self.env._(
                "Like this, %s passes the credit rules: you can change it.", order._credit_name()
            )
            return order._credit_message(text, after=None)
        hold = self.env["customer.credit.hold"]._hold_growth(self, case)
        hold.write({"reason": self.reason, "promise_date": self.promise_date})
        hold.action_submit()
        if hold.state == "released":
            text = self.env._("It is released: you can change the order.")
        else:
            text = self.env._(
                "The release was asked for. Leave the order as it is until it is decided by %s.",
                hold.approval_waits_for,
            )
        return order._credit_message(text, after=None)
