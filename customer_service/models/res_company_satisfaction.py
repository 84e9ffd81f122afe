from odoo import fields, models


class ResCompany(models.Model):
    """How this company asks its customers how satisfied they are, and what it does with the answers."""

    _inherit = "res.company"

    customer_satisfaction_product = fields.Float(string="Weight of Products", default=35.0)
    customer_satisfaction_delivery = fields.Float(string="Weight of Delivery", default=15.0)
    customer_satisfaction_service = fields.Float(string="Weight of Service", default=20.0)
    customer_satisfaction_price = fields.Float(string="Weight of Price and Value", default=15.0)
    customer_satisfaction_handling = fields.Float(string="Weight of Complaint Handling", default=15.0)
    customer_satisfaction_acsi = fields.Selection(
        [("equal", "Equal"), ("public", "Published (0.3885, 0.3190, 0.2925)")],
        string="Weights of ACSI",
        required=True,
        default="public",
        help="How overall, against what was expected and against the ideal weigh in the ACSI index.",
    )
    customer_satisfaction_goal = fields.Float(
        string="Goal", default=85.0, help="The index that the company wants to reach, from 0 to 100."
    )
    customer_satisfaction_gap_days = fields.Integer(
        string="Ask Again After (Days)",
        default=90,
        help="Nobody is asked again before so many days have passed. 0: always.",
    )
    customer_satisfaction_share_a = fields.Float(
        string="Sample of the Best Grade (%)", default=100.0, help="Proposed for new waves."
    )
    customer_satisfaction_share_b = fields.Float(
        string="Sample of the Second Grade (%)", default=50.0, help="Proposed for new waves."
    )
    customer_satisfaction_share_c = fields.Float(
        string="Sample of All Others (%)", default=20.0, help="Proposed for new waves."
    )
    customer_satisfaction_low = fields.Float(
        string="Low Below", default=40.0, help="Answers below this count as low, on the scale from 0 to 100."
    )
    customer_satisfaction_low_action = fields.Selection(
        [
            ("none", "Nothing"),
            ("activity", "Activity of the Salesperson"),
            ("complaint", "Complaint"),
        ],
        string="A Low Answer Opens",
        required=True,
        default="complaint",
    )
    customer_satisfaction_low_days = fields.Integer(
        string="Call Back Within (Days)",
        default=2,
        help="Working days until whoever gave a low answer is called, where it opens an activity.",
    )
    customer_satisfaction_after = fields.Selection(
        [("none", "Never"), ("follow_up", "When It Is Carried Out"), ("closed", "When It Is Closed")],
        string="Ask After a Complaint",
        required=True,
        default="closed",
    )
    customer_satisfaction_after_days = fields.Integer(
        string="Days After the Complaint", default=3, help="From 3 to 7 days are usual."
    )

    _satisfaction_sound = models.Constraint(
        "CHECK(LEAST(customer_satisfaction_product, customer_satisfaction_delivery,"
        " customer_satisfaction_service, customer_satisfaction_price, customer_satisfaction_handling) >= 0"
        " AND LEAST(customer_satisfaction_goal, customer_satisfaction_low, customer_satisfaction_share_a,"
        " customer_satisfaction_share_b, customer_satisfaction_share_c) >= 0"
        " AND GREATEST(customer_satisfaction_goal, customer_satisfaction_low, customer_satisfaction_share_a,"
        " customer_satisfaction_share_b, customer_satisfaction_share_c) <= 100"
        " AND customer_satisfaction_gap_days >= 0 AND customer_satisfaction_after_days >= 0"
        " AND customer_satisfaction_low_days >= 0)",
        "Weights and days are not negative; percentages, the goal and the limit lie between 0 and 100.",
    )
