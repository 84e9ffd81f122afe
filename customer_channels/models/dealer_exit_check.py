from odoo import api, fields, models

PHASES = [("before", "Before"), ("during", "During"), ("after", "After")]
KINDS = [
    ("manual", "A Person Says So"),
    ("receivable", "Nothing Is Owed"),
    ("orders", "No Open Orders"),
    ("disputes", "No Open Disputes"),
    ("violations", "No Open Cases"),
    ("rebates", "No Open Rebates"),
    ("deposit", "Deposit Paid Back"),
    ("children", "Sub-dealers Handed Over"),
    ("stock", "Stock Reported"),
    ("contract", "No Contract Runs"),
    ("successor", "Successor Named"),
]


class CustomerDealerExitCheck(models.Model):
    """Something to see to before a dealer is closed, in one of the three phases of its exit."""

    _name = "customer.dealer.exit.check"
    _description = "Exit Check"
    _order = "phase_sequence, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    phase = fields.Selection(PHASES, required=True, default="before")
    phase_sequence = fields.Integer(compute="_compute_phase_sequence", store=True)
    kind = fields.Selection(
        KINDS, required=True, default="manual", help="What the books decide needs nobody to say so."
    )
    guide = fields.Text(translate=True, help="How it is done, lawfully and in the open.")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: for all companies.")
    active = fields.Boolean(default=True)

    @api.depends("phase")
    def _compute_phase_sequence(self):
        order = [phase for phase, _label in PHASES]
        for check in self:
            check.phase_sequence = order.index(check.phase)
