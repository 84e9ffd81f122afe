from odoo import api, fields, models

from ..exceptions import ContractStateError

CONTRACT_KINDS = [
    ("special_store", "Special-appointment store contract"),
    ("agency", "Agency contract"),
    ("dealership", "Dealer contract"),
    ("closed_channel", "Closed-channel agreement"),
]


class CustomerDealerContract(models.Model):
    """What a dealer and the company agreed: where, which goods, from when to when, on which terms.

    Approved, then signed, then running from its first day to its last, or until it is terminated.
    """

    _name = "customer.dealer.contract"
    _description = "Dealer Contract"
    _inherit = ["customer.steps.mixin", "customer.approval.mixin", "customer.links.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _step_error = ContractStateError
    # The other files of contracts name theirs.
    _step_fields = ("state", "signed_on", "begun_on", "ended_on", "end_kind", "end_reason")
    _checked_links = ("sub_dealer_id",)

    name = fields.Char("Contract Number", readonly=True, copy=False, index=True)
    kind = fields.Selection(
        CONTRACT_KINDS,
        required=True,
        default="dealership",
        tracking=True,
        help="Which text it has: forms 5.12, 5.13, 5.14 and A2.",
    )
    dealer_id = fields.Many2one(
        "customer.dealer", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="dealer_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="dealer_id.partner_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        index=True,
        help="Who is told before it ends.",
        tracking=True,
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today, tracking=True)
    date_to = fields.Date(string="To", required=True, help="The last day, included.", tracking=True)
    pricelist_id = fields.Many2one(
        "product.pricelist",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The dealer prices, while the contract runs.",
        tracking=True,
    )
    payment_term_id = fields.Many2one(
        "account.payment.term", index="btree_not_null", ondelete="restrict", check_company=True, tracking=True
    )
    deposit_amount = fields.Monetary(
        string="Deposit", help="What the dealer has to keep with us while it runs.", tracking=True
    )
    territory_ids = fields.One2many("customer.dealer.territory", "contract_id", copy=True)
    signed_on = fields.Date(readonly=True, copy=False, tracking=True)
    begun_on = fields.Date(readonly=True, copy=False)
    ended_on = fields.Date(readonly=True, copy=False, tracking=True)
    end_kind = fields.Selection(
        [("expired", "Expired"), ("terminated", "Terminated"), ("replaced", "Replaced")],
        string="Ended By",
        readonly=True,
        copy=False,
    )
    end_reason = fields.Char(readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("pending", "To Approve"),
            ("refused", "Refused"),
            ("approved", "To Sign"),
            ("signed", "Signed"),
            ("running", "Running"),
            ("ended", "Ended"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        help="Signed: it runs from its first day on.",
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A contract cannot end before it begins."
    )
    _deposit_positive = models.Constraint("CHECK(deposit_amount >= 0)", "A deposit cannot be negative.")

    @api.depends("approval_state", "signed_on", "begun_on", "ended_on")
    def _compute_state(self):
        for contract in self:
            if contract.ended_on:
                contract.state = "ended"
            elif contract.approval_state != "approved":
                contract.state = contract.approval_state
            elif contract.begun_on:
                contract.state = "running"
            else:
                contract.state = "signed" if contract.signed_on else "approved"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: number them."""
        for values in vals_list:
            dealer = self.env["customer.dealer"].browse(values.get("dealer_id"))
            numbers = self.env["ir.sequence"].with_company(dealer.company_id)
            values["name"] = values.get("name") or numbers.next_by_code("customer.dealer.contract")
        return super().create(vals_list)

    @api.model
    def _on(self, dealers, day):
        """Return the contract that bound each dealer on a day: ``{dealer id: contract}``; an empty one without.

        One query. A contract that has ended bound until the day on which it ended. An agreement of three is none of
        its own: it goes with the dealer's contract.
        """
        found = self.sudo().search(
            [
                ("dealer_id", "in", dealers.ids),
                ("kind", "!=", "closed_channel"),
                ("begun_on", "<=", day),
                ("date_to", ">=", day),
                "|",
                ("ended_on", "=", False),
                ("ended_on", ">=", day),
            ],
            order="date_from, id",
        )
        bound = {contract.dealer_id.id: contract for contract in found}
        return {dealer.id: bound.get(dealer.id, self.sudo().browse()) for dealer in dealers}
