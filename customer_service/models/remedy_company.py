from odoo import fields, models


class ResCompany(models.Model):
    """How complaints of this company are disputed, paid and charged to whom caused them."""

    _inherit = "res.company"

    customer_complaint_dispute = fields.Selection(
        [("confirm", "When the Facts Are Confirmed"), ("hand", "By Hand")],
        string="Dispute on the Invoice",
        required=True,
        default="confirm",
        help="When the contested amount becomes a dispute, which pauses reminders of the invoice.",
    )
    customer_complaint_slip = fields.Boolean(
        "Signed Allowance Slip",
        default=True,
        help="A refund or allowance counts as accepted only with the signed slip, or another proof, attached.",
    )
    customer_complaint_account_id = fields.Many2one(
        "account.account",
        string="Account of Compensations",
        check_company=True,
        domain="[('account_type', 'in', ('expense', 'expense_other', 'income', 'income_other'))]",
        help="For a compensation without an invoice; empty: the account of the sales journal.",
    )
    customer_complaint_penalty_mode = fields.Selection(
        [("points", "Points of the Appraisal"), ("money", "Deducted from the Bonus")],
        string="Penalties",
        required=True,
        default="points",
        help="Points only, unless the company's lawyers have agreed to deductions.",
    )
    customer_complaint_bonus_cap = fields.Float(
        "At Most of the Month's Bonus (%)", default=50, help="The rest is carried over to the next months."
    )

    _complaint_bonus_cap = models.Constraint(
        "CHECK(customer_complaint_bonus_cap BETWEEN 0 AND 100)", "A part of a bonus is between 0 and 100 %."
    )
