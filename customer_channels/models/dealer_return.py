from datetime import datetime, time, timedelta

from odoo import api, fields, models

from ..exceptions import DealerReturnError


class CustomerDealerReturn(models.Model):
    """A consumer brings goods of a direct seller back: asked, checked, decided, goods in, refunded, closed.

    The goods come back by the return of the host, the money by its credit note.
    """

    _name = "customer.dealer.return"
    _description = "Return of Direct Sales"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin", "customer.links.mixin"]
    _order = "asked_on desc, id desc"
    _check_company_auto = True
    _step_error = DealerReturnError
    _step_fields = (
        "name",
        "checked_on",
        "checked_by_id",
        "return_picking_id",
        "refund_id",
        "closed_on",
        "commission_reversed",
    )
    _checked_links = ("picking_id", "invoice_id")

    name = fields.Char("Return Number", readonly=True, copy=False, index=True)
    dealer_id = fields.Many2one(
        "customer.dealer",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('type_id.is_direct', '=', True)]",
        tracking=True,
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    end_customer = fields.Char(string="Consumer")
    asked_on = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    due_on = fields.Date(
        compute="_compute_due_on",
        store=True,
        help="Until when it is handled, by the working days of the type.",
    )
    reason = fields.Text(required=True)
    is_unopened = fields.Boolean(string="Unopened")
    picking_id = fields.Many2one(
        "stock.picking",
        string="Delivery",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('partner_id', 'child_of', partner_id), ('state', '=', 'done'),"
        " ('picking_type_code', '=', 'outgoing')]",
    )
    invoice_id = fields.Many2one(
        "account.move",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('commercial_partner_id', '=', partner_id), ('state', '=', 'posted'),"
        " ('move_type', '=', 'out_invoice')]",
    )
    line_ids = fields.One2many("customer.dealer.return.line", "return_id", string="Goods", copy=True)
    checked_on = fields.Date(readonly=True, copy=False, tracking=True)
    checked_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    return_picking_id = fields.Many2one(
        "stock.picking", string="Goods Back", readonly=True, copy=False, index="btree_not_null"
    )
    refund_id = fields.Many2one(
        "account.move", string="Credit Note", readonly=True, copy=False, index="btree_not_null"
    )
    commission_reversed = fields.Monetary(
        readonly=True, copy=False, help="The commission of what was refunded, taken back from the seller."
    )
    closed_on = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("asked", "Asked For"),
            ("checked", "Checked"),
            ("pending", "To Approve"),
            ("refused", "Refused"),
            ("approved", "Approved"),
            ("received", "Goods In"),
            ("refunded", "Refunded"),
            ("closed", "Closed"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )

    @api.depends("approval_state", "checked_on", "return_picking_id", "refund_id", "closed_on")
    def _compute_state(self):
        for one in self:
            if one.closed_on:
                one.state = "closed"
            elif one.refund_id.state == "posted":
                one.state = "refunded"
            elif one.return_picking_id.state == "done":
                one.state = "received"
            elif one.approval_state == "draft":
                one.state = "checked" if one.checked_on else "asked"
            else:
                one.state = one.approval_state

    @api.depends("asked_on", "dealer_id.type_id.return_workdays")
    def _compute_due_on(self):
        for one in self:
            days, calendar = one.dealer_id.type_id.return_workdays, one.company_id.resource_calendar_id
            if not one.asked_on or not days:
                one.due_on = one.asked_on
            elif calendar:
                start = datetime.combine(one.asked_on + timedelta(days=1), time.min)
                planned = calendar.plan_days(days, start, compute_leaves=True)
                one.due_on = planned.date() if planned else False
            else:
                one.due_on = one.asked_on + timedelta(days=days)

    def _step_begin(self, vals):
        """Override: its number."""
        name = self.env["customer.dealer"]._next_number("customer.dealer.return", vals)
        return {**super()._step_begin(vals), "name": name}

    @api.onchange("picking_id")
    def _onchange_picking_id(self):
        """Propose all that the delivery brought."""
        self.line_ids = [fields.Command.clear()] + [
            fields.Command.create({"move_id": move.id, "quantity": move.quantity})
            for move in self.picking_id.move_ids.filtered(lambda move: move.state == "done")
        ]


class CustomerDealerReturnLine(models.Model):
    """How much of what was delivered comes back."""

    _name = "customer.dealer.return.line"
    _description = "Goods of a Return"
    _inherit = ["customer.approval.line.mixin", "customer.links.mixin"]
    _approval_parent = "return_id"
    _checked_links = ("move_id",)

    return_id = fields.Many2one("customer.dealer.return", required=True, index=True, ondelete="cascade")
    dealer_id = fields.Many2one(related="return_id.dealer_id", store=True, index=True)
    company_id = fields.Many2one(related="return_id.company_id", store=True, index=True)
    move_id = fields.Many2one(
        "stock.move", string="Delivered", required=True, index=True, ondelete="restrict"
    )
    product_id = fields.Many2one(related="move_id.product_id")
    quantity = fields.Float(required=True, default=1)

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "What comes back is more than nothing.")
