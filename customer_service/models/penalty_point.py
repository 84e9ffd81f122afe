from odoo import fields, models


class CustomerComplaintPoint(models.Model):
    """The base points of a person in a unit: how large a part of the unit's losses falls to the person."""

    _name = "customer.complaint.point"
    _description = "Base Points"
    _order = "department_id, points desc, id"
    _rec_name = "employee_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    department_id = fields.Many2one(
        "hr.department", required=True, index=True, ondelete="cascade", check_company=True
    )
    employee_id = fields.Many2one(
        "hr.employee", string="Person", required=True, index=True, ondelete="cascade", check_company=True
    )
    points = fields.Float(
        "Base Points", required=True, default=1, help="Heads of a unit have more than its workers."
    )

    _points_positive = models.Constraint("CHECK(points > 0)", "Base points are more than 0.")
    _person_unique = models.UniqueIndex(
        "(company_id, department_id, employee_id)", "This person has base points in this unit already."
    )
