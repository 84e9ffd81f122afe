from odoo import api, fields, models
from odoo.tools import format_amount

from ..exceptions import RemedyStepError

# Provisional rules on the payment of wages, article 16: at most this part of the month's wage, and never below the
# minimum wage.
LEGAL_PART = 20


class CustomerComplaintDeduction(models.Model):
    """What is deducted for a penalty in one month: within the bonus and the law; the rest is carried over."""

    _name = "customer.complaint.deduction"
    _description = "Deduction for a Penalty"
    _order = "month desc, id desc"
    _rec_name = "month"

    penalty_id = fields.Many2one("customer.complaint.penalty", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="penalty_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    employee_id = fields.Many2one(related="penalty_id.employee_id", store=True, index=True, precompute=True)
    user_id = fields.Many2one(related="penalty_id.user_id", store=True, index="btree_not_null")
    month = fields.Date(
        required=True, default=lambda self: fields.Date.start_of(fields.Date.today(), "month")
    )
    bonus = fields.Monetary("Bonus of the Month", required=True)
    wage = fields.Monetary("Wage of the Month", required=True)
    minimum_wage = fields.Monetary(required=True)
    amount = fields.Monetary("Deducted", readonly=True)

    _positive = models.Constraint(
        "CHECK(bonus >= 0 AND wage >= 0 AND minimum_wage >= 0 AND amount >= 0)",
        "Wages, bonuses and deductions are not negative.",
    )
    _once = models.UniqueIndex("(penalty_id, month)", "There is a deduction for this month already.")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: how much is deducted follows from bonus and law, whatever the values say.

        :raises RemedyStepError: when nothing may be deducted
        """
        rows = super().create(
            [
                {
                    **{name: value for name, value in vals.items() if name != "amount"},
                    "month": fields.Date.start_of(fields.Date.to_date(vals["month"]), "month")
                    if vals.get("month")
                    else fields.Date.start_of(fields.Date.today(), "month"),
                }
                for vals in vals_list
            ]
        )
        for row in rows:
            penalty = row.penalty_id
            if penalty.mode != "money" or penalty.state != "decided":
                raise RemedyStepError(
                    self.env._(
                        "Only a decided penalty in money is deducted; the settings say whether there are any."
                    )
                )
            row.sudo().write({"amount": row._allowed(penalty.remaining)})
        return rows

    def write(self, vals):
        """Override of `base`: a deduction stays as it was made; take it out and make another.

        :raises RemedyStepError: for anybody but the system
        """
        if not self.env.su:
            raise RemedyStepError(self.env._("A deduction is not changed: delete it, and make another."))
        return super().write(vals)

    def _allowed(self, remaining):
        """Return what may be deducted in the month: of the rest, within the bonus, the legal part and the minimum wage.

        Deductions for other penalties of the person in the month count as well.
        """
        self.ensure_one()
        others = self.sudo().search(
            [("employee_id", "=", self.employee_id.id), ("month", "=", self.month), ("id", "!=", self.id)]
        )
        taken = sum(others.mapped("amount"))
        cap = self.company_id.sudo().customer_complaint_bonus_cap
        room = min(
            self.bonus * cap / 100,
            self.wage * LEGAL_PART / 100,
            self.wage - self.minimum_wage,
        )
        return self.currency_id.round(max(min(remaining, room - taken), 0.0))

    @api.depends("month", "amount")
    def _compute_display_name(self):
        for row in self:
            amount = format_amount(self.env, row.amount, row.currency_id)
            row.display_name = f"{fields.Date.to_string(row.month)[:7]} {amount}" if row.month else amount
