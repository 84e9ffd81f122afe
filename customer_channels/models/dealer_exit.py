from odoo import api, fields, models

from ..exceptions import ExitStateError
from .dealer_exit_check import PHASES

OPEN = ("before", "during", "after")


class CustomerDealerExit(models.Model):
    """The way out of a dealer in three phases: prepared, agreed and carried out, and the market kept.

    Approved first; then each phase ends when all its checks are met, or a manager has waived them with a reason.
    """

    _name = "customer.dealer.exit"
    _description = "Dealer Exit"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin", "customer.links.mixin"]
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _step_error = ExitStateError
    _step_fields = ("name", "phase", "begun_on", "closed_on", "cancelled_on", "figures")
    _checked_links = ("contract_id", "successor_id")

    name = fields.Char("Exit Number", readonly=True, copy=False, index=True)
    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    contract_id = fields.Many2one(
        "customer.dealer.contract",
        string="Last Contract",
        compute="_compute_contract_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('dealer_id', '=', dealer_id)]",
    )
    contract_to = fields.Date(related="contract_id.date_to", string="Contract Until")
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user, index=True, tracking=True
    )
    reason_kind = fields.Selection(
        [
            ("own", "Wish of the Dealer"),
            ("expired", "Contract Not Renewed"),
            ("target", "Targets Missed"),
            ("violation", "Violations"),
            ("credit", "Does Not Pay"),
            ("insolvent", "Insolvent"),
            ("strategy", "Change of Our Channels"),
            ("other", "Other"),
        ],
        string="Why",
        required=True,
        default="own",
        tracking=True,
    )
    reason = fields.Text(string="In Words", help="The real one: an exit has no pretexts.", tracking=True)
    date_start = fields.Date(string="Begins", required=True, default=fields.Date.context_today, tracking=True)
    date_planned = fields.Date(help="When it should be done.", tracking=True)
    successor_id = fields.Many2one(
        "customer.dealer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('id', '!=', dealer_id)]",
        tracking=True,
    )
    stock_handling = fields.Selection(
        [
            ("sold", "Sold Through by the Dealer"),
            ("bought", "Bought Back"),
            ("moved", "Taken by the Successor"),
        ],
        string="Stock",
        tracking=True,
    )
    materials_back = fields.Boolean(string="Signboard and Papers Back", tracking=True)
    loss = fields.Monetary(help="What the exit costs us and cannot be got back.", tracking=True)
    decision = fields.Text(string="How It Is Settled", tracking=True)
    line_ids = fields.One2many("customer.dealer.exit.line", "exit_id", string="Checks")
    deposit_ids = fields.One2many("customer.dealer.deposit", "exit_id")
    phase = fields.Selection(
        [*PHASES, ("closed", "Closed")], default="before", required=True, readonly=True, copy=False
    )
    begun_on = fields.Date(readonly=True, copy=False)
    closed_on = fields.Date(readonly=True, copy=False)
    cancelled_on = fields.Date(readonly=True, copy=False)
    figures = fields.Json(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("pending", "To Approve"),
            ("refused", "Refused"),
            *PHASES,
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
    )
    left_count = fields.Integer(string="Checks Left", compute="_compute_left_count", compute_sudo=True)

    _one_open = models.UniqueIndex(
        "(dealer_id) WHERE closed_on IS NULL AND cancelled_on IS NULL",
        "An exit of this dealer is under way already.",
    )

    @api.depends("name", "partner_id")
    def _compute_display_name(self):
        for one in self:
            words = [one.name, one.partner_id.name]
            one.display_name = " ".join(word for word in words if word)

    @api.depends("dealer_id")
    def _compute_contract_id(self):
        for one in self:
            last = one.dealer_id.contract_ids.filtered("begun_on").sorted("date_from")[-1:]
            one.contract_id = one.dealer_id.contract_id or last

    @api.depends("approval_state", "phase", "cancelled_on")
    def _compute_state(self):
        for one in self:
            if one.cancelled_on:
                one.state = "cancelled"
            else:
                one.state = one.phase if one.approval_state == "approved" else one.approval_state

    @api.depends("line_ids.is_met", "state")
    def _compute_left_count(self):
        for one in self:
            open_ = one.line_ids.filtered(lambda line: not line.is_met)
            one.left_count = 0 if one.state in ("closed", "cancelled") else len(open_)

    def _step_begin(self, vals):
        """Override: its number."""
        name = self.env["customer.dealer"]._next_number("customer.dealer.exit", vals)
        return {**super()._step_begin(vals), "name": name}

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: give them the checks of their company."""
        exits = super().create(vals_list)
        checks = self.env["customer.dealer.exit.check"].search([("active", "=", True)])
        self.env["customer.dealer.exit.line"].sudo().create(
            [
                {"exit_id": one.id, "check_id": check.id}
                for one in exits
                for check in checks
                if check.company_id in (check.company_id.browse(), one.company_id)
            ]
        )
        return exits

    def _approval_free_fields(self):
        """Override: what is settled on the way stays open until the end."""
        on_the_way = {
            "user_id",
            "date_planned",
            "successor_id",
            "stock_handling",
            "materials_back",
            "loss",
            "decision",
            "line_ids",
        }
        free = super()._approval_free_fields()
        return free if any(one.state in ("closed", "cancelled") for one in self) else free | on_the_way

    def _approval_summary(self):
        """Override: who leaves, why, until when, and what is at stake."""
        self.ensure_one()
        known = self.env["customer.approval"]
        kinds = dict(self._fields["reason_kind"]._description_selection(self.env))
        facts = [
            ("dealer_id", self.partner_id.display_name),
            ("reason_kind", kinds[self.reason_kind]),
            ("reason", self.reason),
            ("contract_id", self.contract_id.sudo().name),
            ("date_start", known._format_day(self.date_start)),
            ("date_planned", self.date_planned and known._format_day(self.date_planned)),
            ("receivable", known._format(self.receivable, self.currency_id)),
            ("deposit_balance", known._format(self.deposit_balance, self.currency_id)),
            ("rebates_open", known._format(self.rebates_open, self.currency_id)),
            ("successor_id", self.successor_id.display_name),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]
