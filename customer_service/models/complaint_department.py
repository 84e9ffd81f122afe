from odoo import fields, models

# Who gives an opinion on a complaint (8.12), in the order of the handbook.
ROLES = [
    ("sales", "Sales"),
    ("office", "Management Office"),
    ("quality", "Quality"),
    ("production", "Production"),
    ("research", "Research and Development"),
    ("other", "Other"),
]


class CustomerComplaintDepartment(models.Model):
    """A department that is asked about complaints of a kind: in which turn, whom, and within how many days."""

    _name = "customer.complaint.department"
    _description = "Department Asked about Complaints"
    _order = "kind_id, sequence, id"
    _rec_name = "department_id"

    kind_id = fields.Many2one("customer.complaint.kind", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="department_id.company_id", store=True, index="btree_not_null")
    sequence = fields.Integer(
        "Turn",
        default=10,
        help="Those of the same turn are asked together, the next when they have answered.",
    )
    role = fields.Selection(ROLES, required=True, default="quality", help="The box of the handling sheet.")
    department_id = fields.Many2one("hr.department", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one(
        "res.users",
        string="Person Asked",
        domain=[("share", "=", False)],
        help="Empty: the manager of the department; without one, who handles the complaint.",
    )
    days = fields.Float(default=2, help="Working days to answer.")
    is_required = fields.Boolean(
        "Required", default=True, help="No remedy is agreed on before the department has answered."
    )

    _days_positive = models.Constraint("CHECK(days > 0)", "A department needs some time to answer.")

    def _person(self, complaint):
        """Return who is asked about a complaint."""
        person = self.user_id or self.department_id.manager_id.user_id
        return person.filtered("active") or complaint.user_id or self.env.user


class CustomerComplaintKind(models.Model):
    """Each kind asks its departments."""

    _inherit = "customer.complaint.kind"

    asked_ids = fields.One2many(
        "customer.complaint.department", "kind_id", string="Departments Asked", copy=True
    )
