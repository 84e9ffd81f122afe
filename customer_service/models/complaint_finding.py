from odoo import api, fields, models

SEVERITIES = [("normal", "Normal"), ("major", "Major"), ("urgent", "Urgent")]


class CustomerComplaint(models.Model):
    """How bad a complaint is, and what was found out about it."""

    _inherit = "customer.complaint"

    # How bad

    harm = fields.Selection(
        [
            ("1", "Looks or Service"),
            ("2", "Function"),
            ("3", "Stops Production, or a Large Part"),
            ("4", "Safety, Law or Press"),
        ],
        required=True,
        default="1",
        tracking=True,
    )
    spread = fields.Selection(
        [("1", "One Piece"), ("2", "Some"), ("3", "Many"), ("4", "All, Systematic")],
        required=True,
        default="1",
        tracking=True,
    )
    severity = fields.Selection(
        SEVERITIES,
        compute="_compute_severity",
        store=True,
        precompute=True,
        index=True,
        tracking=True,
        help="From harm and spread; a level higher for repeated complaints and the best customers.",
    )
    # What was found

    cause_id = fields.Many2one(
        "customer.complaint.cause",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    finding = fields.Html(string="What Was Found")
    is_justified = fields.Selection(
        [("yes", "Justified"), ("partly", "Partly Justified"), ("no", "Not Justified")],
        string="Justified",
        tracking=True,
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Responsible Department",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="The unit that made or sent the goods, or that caused it.",
    )

    @api.depends("harm", "spread")
    def _compute_severity(self):
        levels = [code for code, _label in SEVERITIES]
        raised = self._severity_raised()
        for complaint in self:
            product = int(complaint.harm or 1) * int(complaint.spread or 1)
            level = 2 if complaint.harm == "4" or product >= 12 else 1 if product >= 6 else 0
            complaint.severity = levels[min(level + (complaint in raised), 2)]
