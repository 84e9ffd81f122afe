from odoo import api, fields, models
from odoo.tools import SQL

from .credit_hold import OPEN

# Changes of a confirmed order after which it is decided again, even when its total stays the same.
TERMS = {"partner_id", "partner_invoice_id", "payment_term_id", "company_id"}
# Those that change what the same total is worth.
WORTH = {"pricelist_id", "currency_id", "date_order"}


class SaleOrder(models.Model):
    """Orders are decided by the credit rules on every road to confirmation, and when they grow afterwards."""

    _name = "sale.order"
    _inherit = ["sale.order", "customer.credit.subject", "customer.credit.figures"]
    _credit_figures = frozenset(
        ("amount_untaxed", "amount_tax", "amount_total", "currency_rate", "invoice_status")
    )

    credit_decision_ids = fields.One2many("customer.credit.decision", "order_id", string="Credit Decisions")
    credit_hold_ids = fields.One2many("customer.credit.hold", "order_id", string="Credit Holds")
    credit_state = fields.Selection(
        [
            ("none", "Not Checked"),
            ("passed", "Passed"),
            ("warned", "Passed with a Warning"),
            ("held", "Held"),
            ("asked", "Release Asked For"),
            ("refused", "Refused"),
            ("released", "Released"),
        ],
        string="Credit",
        compute="_compute_credit_state",
        search="_search_credit_state",
        compute_sudo=True,
        help="What the credit rules say about the order.",
    )

    # What the exposure reads of a payer's orders, whatever their history.
    _credit_open_idx = models.Index(
        "(partner_invoice_id) WHERE state = 'sale' AND invoice_status IN ('no', 'to invoice')"
    )

    @api.depends("credit_decision_ids.result", "credit_hold_ids.state", "state")
    def _compute_credit_state(self):
        states = dict(self.env.execute_query(SQL("SELECT * FROM (%s) s", self._credit_state_sql(self.ids))))
        for order in self:
            order.credit_state = states.get(order._origin.id, "none")

    @api.model
    def _credit_state_sql(self, ids=None):
        """Return the credit state of orders: rows of (order_id, state); without a row it was not checked."""
        for model in ("customer.credit.decision", "customer.credit.hold"):
            self.env[model].flush_model()
        return SQL(
            """
            SELECT DISTINCT ON (d.order_id) d.order_id,
                   CASE WHEN d.result = 'held' THEN COALESCE(h.state, 'held') ELSE d.result END
              FROM customer_credit_decision d
              LEFT JOIN customer_credit_hold h ON h.decision_id = d.id AND h.state <> 'cancelled'
             WHERE d.stage = 'order' AND d.order_id IS NOT NULL AND %s
             ORDER BY d.order_id, d.id DESC
            """,
            SQL("TRUE") if ids is None else SQL("d.order_id = ANY(%s)", list(ids)),
        )

    def _search_credit_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        known = SQL("SELECT s.order_id FROM (%s) s(order_id, state)", self._credit_state_sql())
        found = SQL("%s WHERE s.state = ANY(%s)", known, [one for one in value if one])
        if "none" in value:
            return ["|", ("id", "in", found), ("id", "not in", known)]
        return [("id", "in", found)]

    # What the rules are asked about

    def _credit_load(self):
        """Override: of the partners nothing else is needed."""
        self.partner_invoice_id.fetch(["commercial_partner_id"])

    def _credit_payer(self):
        """Override: the commercial partner of the invoice address."""
        self.ensure_one()
        return self.partner_invoice_id.commercial_partner_id

    def _credit_order(self):
        """Override: itself."""
        return self

    def _credit_way_out(self):
        """Override: a quotation is held when it is confirmed; a confirmed order says what it shall become."""
        if self.state == "sale":
            return self.env._(
                "Or ask for a release of the larger order: “Ask for Credit Release” in its menu “Actions”."
            )
        return self.env._(
            "Or confirm it with its button: it is then held, and a release can be asked for with “Ask for "
            "Credit Release”."
        )

    def _credit_extent(self, terms=False):
        """Return what makes an order larger: payer with company, days of credit, total in company currency.

        The first two only when asked.
        """
        self.ensure_one()
        days = self._credit_term_days() if terms else 0
        payer = (self._credit_payer(), self._credit_company()) if terms else None
        return payer, days, self.amount_total / (self.currency_rate or 1.0)

    def _credit_has_grown(self, before, terms=False):
        """Return whether an order is larger than it was, longer on credit, or has another payer; or was none."""
        if before is None:
            return True
        payer, days, total = self._credit_extent(terms)
        currency = self.company_id.currency_id
        return currency.compare_amounts(total, before[2]) > 0 or days > before[1] or payer != before[0]

    # The roads to confirmation

    def action_confirm(self):
        """Override of `sale`: what passes the credit rules is confirmed, what does not is held.

        A held order stays the quotation that it is, with its signature.
        """
        held = self.filtered(lambda order: order.state in ("draft", "sent"))._credit_screen("order")
        if not held:
            return super().action_confirm()
        passing = self - held
        result = super(SaleOrder, passing).action_confirm() if passing else True
        return held._credit_notice(passing) or result

    def _credit_notice(self, passing):
        """Override: a single order shows its hold, to who may ask for its release."""
        holds = self.env["customer.credit.hold"]._open_of(self)
        hold = holds.get((self._name, self.id)) if len(self) == 1 and not passing else None
        own = hold and hold.with_env(self.env)
        if own and not self.env.su and own.has_access("write"):
            return self._credit_hold_window(own)
        return super()._credit_notice(passing)

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale`: an order that is made as confirmed is decided as well.

        :raises CreditHoldError: when it does not pass
        """
        orders = super().create(vals_list)
        # Not what was asked for: the context has defaults of its own.
        orders.filtered(lambda order: order.state == "sale")._credit_ensure("order")
        return orders

    def write(self, vals):
        """Override of `sale`: an order that is confirmed, or grows once it is, is decided.

        :raises CreditHoldError: when it does not pass; on this road nothing can be held
        """
        if vals.get("state") == "sale":
            self.filtered(lambda order: order.state != "sale")._credit_ensure("order")
        lines = self.env["sale.order.line"]
        changed = ({"order_line"} | TERMS | WORTH).intersection(vals)
        if vals.get("state") == "sale" and changed == {"date_order"}:
            # So the host confirms: another day is another rate.
            foreign = self.filtered(lambda order: order.currency_id != order.company_id.currency_id)
            with lines._credit_together(foreign, quotations=True):
                return super().write(vals)
        with lines._credit_together(self if changed else self.browse(), not TERMS.isdisjoint(vals)):
            return super().write(vals)

    def action_cancel(self):
        """Override of `sale`: what is cancelled is not held any more."""
        result = super().action_cancel()
        cancelled = self.filtered(lambda order: order.state == "cancel")
        holds = cancelled.sudo().credit_hold_ids.filtered(lambda hold: hold.state in OPEN)
        holds._close("cancelled")
        return result

    def action_open_credit_holds(self):
        """Show the holds of the order."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_credit.credit_hold_action")
        return {**action, "domain": [("order_id", "=", self.id)], "context": {}}

    @api.depends("company_id", "partner_invoice_id", "amount_total", "state", "payment_term_id")
    def _compute_partner_credit_warning(self):
        """Override of `sale`: the host's banner says what our rules would do if it was confirmed now.

        Without an account the host's own warning stays.
        """
        own = self.filtered(
            lambda order: order.state in ("draft", "sent") and order._origin.id and order.partner_invoice_id
        )
        result = super()._compute_partner_credit_warning()
        cases = self.env["customer.credit.engine"]._decide(own._origin, "order", binding=False)
        holds = self.env["customer.credit.hold"]
        for order in own:
            case = cases.get(order._origin)
            texts = holds._reason_texts(case.failed, case.company.currency_id) if case else []
            if texts:
                order.partner_credit_warning = "\n".join([order._credit_outlook(case), *texts])
            elif case and case.standing:
                order.partner_credit_warning = ""
        return result

    def _credit_outlook(self, case):
        """Return what would happen if the order was confirmed now."""
        if case.result == "held" and self.credit_state in ("held", "asked"):
            return self.env._("The order is held by the credit rules:")
        if case.result == "held" and self.credit_state == "refused":
            return self.env._("The credit release was refused. If you confirm again, it will be held again:")
        if case.result == "held":
            return self.env._("If you confirm, the order will be held by the credit rules:")
        if case.result == "released":
            return self.env._("The order does not pass the credit rules, but it is released:")
        return self.env._("You can confirm, but mind:")
