from odoo import api, fields, models

DEPARTMENTS = [
    ("sales", "Sales"),
    ("logistics", "Warehouse and Transport"),
    ("quality", "Quality"),
    ("finance", "Finance"),
    ("service", "Customer Service"),
    ("other", "Other"),
]


class CustomerDisputeReason(models.Model):
    """Why customers dispute invoices, and who then has to act by when. (domain 5.5)"""

    _name = "customer.dispute.reason"
    _description = "Reason of Disputes"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: for all companies.")
    department = fields.Selection(
        DEPARTMENTS, required=True, default="sales", help="The department that clears it up."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        index="btree_not_null",
        help="Who clears it up; empty: the salesperson of the customer.",
    )
    days = fields.Integer(
        string="Working Days to Settle", help="0: as set for the company, usually for all reasons."
    )

    _code_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0)) WHERE active", "There is already a reason with this code."
    )
    _days_positive = models.Constraint("CHECK(days >= 0)", "The days to settle cannot be negative.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for reason in self:
            reason.display_name = f"{reason.code} {reason.name}"
