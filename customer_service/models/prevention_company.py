from odoo import fields, models


class ResCompany(models.Model):
    """How this company learns from complaints: actions, inspections, suggestions and goals."""

    _inherit = "res.company"

    customer_service_check_days = fields.Integer(
        string="Days Until the Effect Is Checked",
        default=90,
        help="So many days after an action is done: the same cause at the same product has not come back.",
    )
    customer_service_action_severity = fields.Selection(
        [("none", "Of No Severity"), ("urgent", "Urgent"), ("major", "Major and Urgent"), ("normal", "All")],
        string="Complaints That Need an Action",
        required=True,
        default="urgent",
        help="A justified complaint this bad is not closed without a corrective or preventive action; kinds may ask "
        "for one whatever the severity.",
    )
    customer_service_goal_satisfaction = fields.Float(
        string="Goal of Satisfaction",
        default=85.0,
        digits=(16, 1),
        help="After handling, 0 to 100; the goal of the next period unless somebody sets another.",
    )
    customer_service_inspection_pass = fields.Float(
        string="Inspection Passed From",
        default=70.0,
        digits=(16, 1),
        help="An inspection of customer service with a lower score makes an action for each weak item.",
    )
    customer_service_suggestion_days = fields.Integer(
        string="Days to Answer a Suggestion", default=10, help="Working days."
    )
    customer_service_reward_percent = fields.Float(
        string="Reward (% of the Benefit)", default=5.0, digits=(16, 2), help="Of the benefit of a year."
    )
    customer_service_reward_max = fields.Monetary(
        string="Highest Reward", default=5000.0, help="0: no limit."
    )

    _service_check_days = models.Constraint(
        "CHECK(customer_service_check_days > 0)", "The effect is checked after at least 1 day."
    )
    _service_suggestion_days = models.Constraint(
        "CHECK(customer_service_suggestion_days > 0)", "A suggestion needs at least 1 day to be answered."
    )
    _service_percent = models.Constraint(
        "CHECK(customer_service_goal_satisfaction BETWEEN 0 AND 100"
        " AND customer_service_inspection_pass BETWEEN 0 AND 100"
        " AND customer_service_reward_percent BETWEEN 0 AND 100 AND customer_service_reward_max >= 0)",
        "Goals and scores are between 0 and 100, and rewards are not negative.",
    )
