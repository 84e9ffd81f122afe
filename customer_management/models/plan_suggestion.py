from odoo import fields, models


class CustomerPlanSuggestion(models.Model):
    """A measure that a kind of plan usually begins with."""

    _name = "customer.plan.suggestion"
    _description = "Usual Measure"
    _order = "kind_id, sequence, id"
    _rec_name = "measure"

    kind_id = fields.Many2one("customer.plan.kind", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    problem = fields.Char(translate=True)
    measure = fields.Char(required=True, translate=True)
    days = fields.Integer(string="Due After (Days)", default=14)
