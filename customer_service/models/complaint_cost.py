from odoo import api, fields, models
from odoo.exceptions import ValidationError

COSTS = [
    ("freight", "Freight"),
    ("rework", "Rework"),
    ("claim", "Claim of a Third Party"),
    ("travel", "Travel"),
    ("other", "Other"),
]
RECOVERED = [
    ("salvage", "Salvage of the Goods"),
    ("insurance", "Paid by the Insurance"),
    ("supplier", "Paid by the Supplier"),
]


class CustomerComplaintCost(models.Model):
    """What a complaint costs or brings back that none of its documents knows, such as freight or the supplier's part.

    Credit notes, goods sent, repairs and goods that came back are never entered here: they are read from their
    documents. With a bill named, its amount is read from it as well.
    """

    _name = "customer.complaint.cost"
    _description = "Cost of a Complaint"
    _order = "date desc, id desc"
    _rec_name = "kind"
    _check_company_auto = True

    complaint_id = fields.Many2one("customer.complaint", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        related="complaint_id.commercial_partner_id", store=True, index="btree_not_null", precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    kind = fields.Selection([*COSTS, *RECOVERED], string="Kind of Cost", required=True, default="freight")
    move_id = fields.Many2one(
        "account.move",
        string="Bill",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('move_type', 'in', ('in_invoice', 'in_receipt', 'in_refund')), ('state', '=', 'posted')]",
        help="The posted bill, or the supplier's credit note; the amount is then read from it, without taxes.",
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Without taxes. What comes back is entered as a positive amount as well: its kind says so.",
    )
    signed_amount = fields.Monetary(
        "Cost",
        compute="_compute_signed_amount",
        store=True,
        help="Positive: it costs; negative: it comes back.",
    )
    note = fields.Char()

    _amount_positive = models.Constraint(
        "CHECK(amount >= 0)", "The amount is positive: whether it costs or comes back, its kind says."
    )

    @api.depends("move_id")
    def _compute_amount(self):
        for cost in self:
            move = cost.sudo().move_id
            cost.amount = abs(move.amount_untaxed_signed) if move else cost.amount

    @api.depends("amount", "kind")
    def _compute_signed_amount(self):
        back = [code for code, _label in RECOVERED]
        for cost in self:
            cost.signed_amount = -cost.amount if cost.kind in back else cost.amount

    @api.constrains("move_id", "amount")
    def _check_move_id(self):
        """A bill is a bill, and its amount is not typed over."""
        for cost in self.sudo().filtered("move_id"):
            move = cost.move_id
            if move.state != "posted" or not move.is_purchase_document(include_receipts=True):
                raise ValidationError(self.env._("%s is no posted bill.", move.display_name))
            if cost.currency_id.compare_amounts(cost.amount, abs(move.amount_untaxed_signed)) != 0:
                raise ValidationError(
                    self.env._("The amount is that of %s; take the bill out to enter another.", move.name)
                )
