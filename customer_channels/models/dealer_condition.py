from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..exceptions import ConditionStateError


class CustomerDealerCondition(models.Model):
    """What a dealer has to meet by a day, or else: extensions are few and logged, the result decides on renewal."""

    _name = "customer.dealer.condition"
    _description = "Condition with a Deadline"
    _inherit = ["customer.steps.mixin", "mail.thread", "mail.activity.mixin", "customer.links.mixin"]
    _order = "deadline, id"
    _check_company_auto = True
    _step_error = ConditionStateError
    _step_fields = (
        "state",
        "first_deadline",
        "decided_on",
        "decided_by_id",
        "result",
        "evidence",
        "evidence_ids",
        "warned_on",
    )
    _step_open = dict.fromkeys(("dealer_id", "name", "consequence", "measure"), ("open", "overdue"))
    _checked_links = ("contract_id",)

    name = fields.Char(string="What Is to Be Met", required=True, tracking=True)
    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", tracking=True
    )
    contract_id = fields.Many2one(
        "customer.dealer.contract",
        compute="_compute_contract_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('dealer_id', '=', dealer_id)]",
        help="The contract whose renewal depends on it.",
    )
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user, index=True, tracking=True
    )
    problem = fields.Text(help="What gave rise to it.")
    measure = fields.Text(string="How It Is Measured", help="What will show that it is met.")
    date_from = fields.Date(string="Set On", required=True, default=fields.Date.context_today)
    deadline = fields.Date(
        compute="_compute_deadline",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
        help="The last day. Later it is moved by extensions only.",
    )
    first_deadline = fields.Date(readonly=True, copy=False)
    extension_ids = fields.One2many(
        "customer.dealer.condition.extension", "condition_id", string="Extensions"
    )
    extension_count = fields.Integer(compute="_compute_extension_count", string="Number of Extensions")
    consequence = fields.Selection(
        [
            ("warning", "Warning"),
            ("downgrade", "Smaller territory or lower terms"),
            ("suspension", "Suspension"),
            ("no_renewal", "No renewal"),
            ("termination", "Termination"),
        ],
        required=True,
        default="no_renewal",
        tracking=True,
        help="What follows when it is not met. A suspension begins at once; the rest is decided.",
    )
    result = fields.Selection(
        [("met", "Met"), ("failed", "Failed")], readonly=True, copy=False, tracking=True
    )
    evidence = fields.Text(readonly=True, copy=False)
    evidence_ids = fields.Many2many(
        "ir.attachment", "customer_dealer_condition_evidence_rel", string="Proof", readonly=True, copy=False
    )
    decided_on = fields.Date(readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    warned_on = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [("open", "Open"), ("overdue", "Overdue"), ("met", "Met"), ("failed", "Failed")],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
    )

    @api.depends("dealer_id")
    def _compute_contract_id(self):
        for condition in self:
            if condition.contract_id.dealer_id != condition.dealer_id:
                condition.contract_id = condition.dealer_id.contract_id

    @api.depends("date_from", "dealer_id")
    def _compute_deadline(self):
        for condition in self.filtered(lambda one: not one._origin.id and one.date_from):
            months = (condition.dealer_id.company_id or self.env.company).customer_condition_months
            condition.deadline = condition.date_from + relativedelta(months=months)

    @api.depends("extension_ids")
    def _compute_extension_count(self):
        for condition in self:
            condition.extension_count = len(condition.extension_ids)

    @api.depends("result", "deadline", "warned_on")
    def _compute_state(self):
        # The daily job notes the day on which it found a condition overdue.
        for condition in self:
            overdue = condition.warned_on and condition.deadline and condition.warned_on > condition.deadline
            condition.state = condition.result or ("overdue" if overdue else "open")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: the first deadline is remembered."""
        conditions = super().create(vals_list)
        for condition in conditions.sudo():
            condition.first_deadline = condition.deadline
        return conditions

    def write(self, vals):
        """Override of `base`: a deadline is moved by extensions only.

        :raises ConditionStateError: otherwise
        """
        if not self.env.su and {"deadline", "date_from", "extension_ids"} & set(vals):
            raise ConditionStateError(
                self.env._("The deadline of a condition is moved by an extension, with its reason.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(condition.result or condition.extension_ids for condition in self):
            raise ConditionStateError(
                self.env._(
                    "A condition that was decided or extended is kept: it is part of the dealer's file."
                )
            )
