from odoo import fields, models


class CustomerPlanKind(models.Model):
    """A kind of plan: for which customers, what to ask before, and which measures usually help."""

    _name = "customer.plan.kind"
    _description = "Kind of Plan"
    _inherit = ["customer.code.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The name under which forms and other addons know it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    guidance = fields.Html(
        string="Questions", translate=True, help="What to find out first; shown beside the plan."
    )
    metric_id = fields.Many2one(
        "customer.metric",
        string="Goal In",
        ondelete="set null",
        default=lambda self: self.env.ref("customer_management.metric_revenue", raise_if_not_found=False),
        help="The figure in which the effect is measured, unless the plan says another.",
    )
    months = fields.Integer(default=3, required=True, help="Over how many months the figure is measured.")
    duration = fields.Integer(string="Days", default=90, required=True, help="How long a plan usually runs.")
    suggestion_ids = fields.One2many(
        "customer.plan.suggestion", "kind_id", string="Usual Measures", copy=True
    )

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a kind of plan with this code.")
    _months_valid = models.Constraint(
        "CHECK(months BETWEEN 1 AND 120)", "The period is between 1 and 120 months long."
    )
    _duration_positive = models.Constraint("CHECK(duration > 0)", "A plan runs for a day or longer.")
