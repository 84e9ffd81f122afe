from odoo import api, fields, models

from ..exceptions import DepositStateError

IN = ("received", "topup")


class CustomerDealerDeposit(models.Model):
    """Money that a dealer leaves with us, tops up, loses by a decided case, or gets back: an entry of the ledger each.

    The balance is that of the account of deposits for the dealer, never a sum kept here.
    """

    _name = "customer.dealer.deposit"
    _description = "Dealer Deposit"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin", "customer.links.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _step_error = DepositStateError
    _step_fields = ("name", "move_id", "topup_asked_on")
    _checked_links = ("contract_id", "violation_id", "exit_id")

    name = fields.Char("Deposit Number", readonly=True, copy=False, index=True)
    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", tracking=True
    )
    contract_id = fields.Many2one(
        "customer.dealer.contract",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('dealer_id', '=', dealer_id)]",
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("received", "Received"),
            ("topup", "Topped Up"),
            ("deducted", "Deducted"),
            ("refunded", "Paid Back"),
        ],
        required=True,
        default="received",
        tracking=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    amount = fields.Monetary(required=True, tracking=True)
    journal_id = fields.Many2one(
        "account.journal",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('type', 'in', kind == 'deducted' and ['general'] or ['bank', 'cash'])]",
        help="Bank or cash for money; the journal of deductions is set in the settings.",
    )
    violation_id = fields.Many2one(
        "customer.dealer.violation",
        string="Case",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('dealer_id', '=', dealer_id)]",
        help="A deduction needs a decided case.",
    )
    exit_id = fields.Many2one(
        "customer.dealer.exit",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('dealer_id', '=', dealer_id)]",
    )
    note = fields.Char()
    move_id = fields.Many2one(
        "account.move",
        string="Entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    topup_asked_on = fields.Date(readonly=True, copy=False)
    change = fields.Monetary(compute="_compute_change", store=True, help="Deductions are negative.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("pending", "To Approve"),
            ("refused", "Refused"),
            ("approved", "To Post"),
            ("posted", "Posted"),
            ("cancelled", "Entry Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )

    _amount_positive = models.Constraint("CHECK(amount > 0)", "An amount of a deposit is more than 0.")

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for deposit in self:
            words = [deposit.name, deposit.partner_id.name]
            deposit.display_name = " ".join(word for word in words if word)

    @api.depends("kind", "dealer_id")
    def _compute_journal_id(self):
        for deposit in self:
            company = deposit.dealer_id.company_id or self.env.company
            if deposit.kind == "deducted":
                deposit.journal_id = company.customer_dealer_deposit_journal_id
            elif deposit.journal_id.type not in ("bank", "cash"):
                journals = self.env["account.journal"]
                deposit.journal_id = journals.search(
                    [*journals._check_company_domain(company), ("type", "=", "bank")], limit=1
                )

    @api.depends("kind", "amount")
    def _compute_change(self):
        for deposit in self:
            deposit.change = deposit.amount if deposit.kind in IN else -deposit.amount

    @api.depends("approval_state", "move_id")
    def _compute_state(self):
        for deposit in self:
            if deposit.move_id:
                deposit.state = "posted" if deposit.move_id.state == "posted" else "cancelled"
            else:
                deposit.state = deposit.approval_state

    def _step_begin(self, vals):
        """Override: its number."""
        name = self.env["customer.dealer"]._next_number("customer.dealer.deposit", vals)
        return {**super()._step_begin(vals), "name": name}

    def _approval_amount(self):
        """Override: what is moved."""
        self.ensure_one()
        return self.amount, self.currency_id

    def _approval_summary(self):
        """Override: whose deposit, what happens to it and why."""
        self.ensure_one()
        known = self.env["customer.approval"]
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        facts = [
            ("dealer_id", self.partner_id.display_name),
            ("kind", kinds[self.kind]),
            ("amount", known._format(self.amount, self.currency_id)),
            ("date", known._format_day(self.date)),
            ("violation_id", self.violation_id.sudo().display_name),
            ("exit_id", self.exit_id.sudo().display_name),
            ("note", self.note),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]
