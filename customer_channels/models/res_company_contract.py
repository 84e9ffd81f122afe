from odoo import fields, models


class ResCompany(models.Model):
    """How contracts with dealers are watched in this company."""

    _inherit = "res.company"

    customer_contract_renewal_days = fields.Integer(
        string="Renewal Looked At (Days Before the End)",
        default=60,
        help="So many days before a contract ends, its responsible is asked to renew it or let it go.",
    )
    customer_contract_deposit_days = fields.Integer(
        string="Days to Pay the Deposit",
        default=15,
        help="A dealer whose deposit is missing for longer after its contract began is suspended.",
    )
    customer_condition_months = fields.Integer(
        string="Months to Meet a Condition", default=3, help="The first deadline that is proposed."
    )
    customer_condition_extensions = fields.Integer(
        string="Extensions at Most", default=2, help="How often the deadline of a condition may be moved."
    )
    customer_condition_extension_months = fields.Integer(
        string="Months of an Extension", default=1, help="By how much each extension moves the deadline."
    )

    _contract_days_positive = models.Constraint(
        "CHECK(customer_contract_renewal_days >= 0 AND customer_contract_deposit_days >= 0)",
        "The days of contracts cannot be negative.",
    )
    _condition_months_positive = models.Constraint(
        "CHECK(customer_condition_months > 0 AND customer_condition_extension_months > 0 "
        "AND customer_condition_extensions >= 0)",
        "A condition and its extensions need at least 1 month; extensions cannot be negative.",
    )
