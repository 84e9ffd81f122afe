from odoo import api, fields, models
from odoo.tools import SQL, format_amount

from ..exceptions import DisputeAmountError, DisputeStateError
from .dispute_reason import DEPARTMENTS


class CustomerDispute(models.Model):
    """A part of an invoice that the customer does not accept: why, who clears it up by when, and how it ended.

    Open, in work, settled: by a credit note, by rejection, or because the customer withdraws it. Whether the
    disputed amount takes up credit is set per company. Steps change the state, nothing else does.
    """

    _name = "customer.dispute"
    _description = "Dispute"
    _inherit = ["customer.steps.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "deadline, id"
    _check_company_auto = True
    _step_error = DisputeStateError
    _step_fields = (
        "name",
        "state",
        "is_recognised",
        "outcome",
        "settled_on",
        "settled_by_id",
        "settlement_note",
        "credit_move_id",
        "activity_id",
    )
    # What a dispute is about: it stays once it is settled.
    _step_open = dict.fromkeys(("move_id", "line_id", "amount", "reason_id"), ("open", "work"))

    name = fields.Char(string="Dispute", readonly=True, copy=False, default="/", index=True)
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('move_type', 'in', ('out_invoice', 'out_receipt')), ('state', '=', 'posted'), "
        "('amount_residual', '>', 0)]",
    )
    line_id = fields.Many2one(
        "account.move.line",
        string="Invoice Line",
        index="btree_not_null",
        ondelete="set null",
        domain="[('move_id', '=', move_id), ('display_type', '=', 'product')]",
        help="Empty: the invoice as a whole.",
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        related="move_id.commercial_partner_id", string="Customer", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="move_id.currency_id", store=True, precompute=True)
    residual = fields.Monetary(related="move_id.amount_residual", string="Open on the Invoice")
    amount = fields.Monetary(
        required=True, tracking=True, help="In the currency of the invoice, taxes included."
    )
    amount_company = fields.Monetary(
        string="Amount in Company Currency",
        compute="_compute_amount_company",
        store=True,
        currency_field="company_currency_id",
        help="At the rate of the invoice.",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    reason_id = fields.Many2one(
        "customer.dispute.reason",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    department = fields.Selection(
        DEPARTMENTS, compute="_compute_who", store=True, readonly=False, precompute=True, tracking=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        compute="_compute_who",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        tracking=True,
    )
    deadline = fields.Date(
        compute="_compute_deadline", store=True, readonly=False, precompute=True, tracking=True
    )
    description = fields.Text(string="What the Customer Says")
    origin = fields.Char(readonly=True, help="The document that the dispute came from, such as a complaint.")
    state = fields.Selection(
        [("open", "Open"), ("work", "In Work"), ("settled", "Settled")],
        required=True,
        readonly=True,
        copy=False,
        default="open",
        index=True,
        tracking=True,
        group_expand=True,
    )
    is_recognised = fields.Boolean(
        string="Recognised",
        readonly=True,
        copy=False,
        tracking=True,
        help="A credit controller takes it seriously. Only then it leaves the exposure, where the company has it so.",
    )
    outcome = fields.Selection(
        [("credit", "Credit Note"), ("rejected", "Rejected"), ("withdrawn", "Withdrawn")],
        readonly=True,
        copy=False,
        tracking=True,
    )
    credit_move_id = fields.Many2one(
        "account.move",
        string="Credit Note",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    settled_on = fields.Date(readonly=True, copy=False)
    settled_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    settlement_note = fields.Text(readonly=True, copy=False)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    is_overdue = fields.Boolean(string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue")
    days_open = fields.Integer(compute="_compute_is_overdue", help="Until today, or until it was settled.")

    _amount_positive = models.Constraint("CHECK(amount > 0)", "A disputed amount is more than 0.")
    _settled_complete = models.Constraint(
        "CHECK((state = 'settled') = (outcome IS NOT NULL))", "A settled dispute has an outcome."
    )
    _unsettled = models.Index("(move_id) WHERE state <> 'settled'")

    @api.depends("amount", "move_id.amount_total", "move_id.amount_total_signed")
    def _compute_amount_company(self):
        for dispute in self:
            move = dispute.move_id
            share = dispute.amount / move.amount_total if move.amount_total else 0.0
            dispute.amount_company = share * move.amount_total_signed

    @api.depends("reason_id", "move_id")
    def _compute_who(self):
        for dispute in self:
            reason = dispute.reason_id
            dispute.department = reason.department or "sales"
            dispute.user_id = reason.user_id or dispute.partner_id.user_id or self.env.user

    @api.depends("reason_id")
    def _compute_deadline(self):
        for dispute in self:
            company = dispute.company_id or self.env.company
            days = dispute.reason_id.days or company.customer_credit_dispute_days
            calendar = company.resource_calendar_id
            start = dispute.create_date or fields.Datetime.now()
            # The first day is that of the dispute itself.
            last = calendar.plan_days(days + 1, start, compute_leaves=True) if calendar else False
            dispute.deadline = last.date() if last else fields.Date.add(start.date(), days=days)

    @api.depends("deadline", "state")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for dispute in self:
            dispute.is_overdue = dispute.state != "settled" and bool(
                dispute.deadline and dispute.deadline < today
            )
            start = (dispute.create_date or fields.Datetime.now()).date()
            dispute.days_open = max(((dispute.settled_on or today) - start).days, 0)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        overdue = fields.Domain([("state", "!=", "settled"), ("deadline", "<", today)])
        return overdue if True in value else ~overdue

    @api.constrains("amount", "move_id", "line_id")
    def _check_amount(self):
        """What is disputed on an invoice together is never more than what is open on it.

        :raises DisputeAmountError: by how much it is more, or when it is not an open customer invoice
        """
        moves = self.sudo().move_id
        self._lock_invoices(moves)
        groups = self.sudo()._read_group(
            [("move_id", "in", moves.ids), ("state", "!=", "settled")], ["move_id"], ["amount:sum"]
        )
        disputed = {move.id: amount for move, amount in groups}
        for move in moves:
            total = disputed.get(move.id, 0.0)
            if move.state != "posted" or move.move_type not in ("out_invoice", "out_receipt"):
                raise DisputeAmountError(
                    self.env._(
                        "“%s” is not a posted customer invoice: nothing on it can be disputed.", move.name
                    )
                )
            if move.currency_id.compare_amounts(total, move.amount_residual) > 0:
                raise DisputeAmountError(
                    self.env._(
                        "On %(invoice)s %(disputed)s would be disputed, but only %(open)s is open. Dispute "
                        "%(over)s less.",
                        invoice=move.name,
                        disputed=format_amount(self.env, total, move.currency_id),
                        open=format_amount(self.env, move.amount_residual, move.currency_id),
                        over=format_amount(self.env, total - move.amount_residual, move.currency_id),
                    )
                )
        for dispute in self.sudo():
            if dispute.line_id and dispute.line_id.move_id != dispute.move_id:
                raise DisputeAmountError(
                    self.env._(
                        "The line does not belong to %s. Choose one of its lines.", dispute.move_id.name
                    )
                )

    @api.model
    def _lock_invoices(self, moves):
        """Of two disputes on one invoice at the same moment, let the second wait, retry, and see the first."""
        moves.flush_recordset(["name"])
        self.env.cr.execute(SQL("UPDATE account_move SET name = name WHERE id = ANY(%s)", sorted(moves.ids)))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a dispute begins with an activity for its owner."""
        disputes = super().create(vals_list)
        disputes.move_id.check_access("read")
        disputes._follow_up()
        return disputes

    def _step_begin(self, vals):
        """Override: its number, and whether who opens it lets it free credit."""
        number = self.env["ir.sequence"].sudo().next_by_code("customer.dispute") or "/"
        begins = {"name": number, "is_recognised": self._may_recognise()}
        return {**super()._step_begin(vals), **begins}

    def write(self, vals):
        """Override of `base`: a salesperson who changes the amount has it recognised anew; the activity follows."""
        result = super().write(vals)
        if {"amount", "move_id"} & set(vals) and not self._may_recognise():
            self.sudo().is_recognised = False
        if not {"user_id", "deadline", "amount"}.isdisjoint(vals):
            self.filtered(lambda dispute: dispute.state != "settled")._follow_up()
        return result

    def _may_recognise(self):
        """Return whether the user may let a dispute free credit: else salespeople could free their own."""
        return self.env.user.has_group("customer_credit.group_credit_controller")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_worked_on(self):
        if not self.env.su and any(dispute.state != "open" for dispute in self):
            raise DisputeStateError(
                self.env._(
                    "Only an open dispute can be deleted. Settle it as withdrawn, and it stays on record."
                )
            )
