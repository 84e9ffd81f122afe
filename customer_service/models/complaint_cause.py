from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerComplaintCause(models.Model):
    """Why complaints come up, as a tree; what the Pareto counts."""

    _name = "customer.complaint.cause"
    _description = "Cause of Complaints"
    _inherit = ["customer.code.mixin"]
    _parent_store = True
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: for all companies.")
    parent_id = fields.Many2one(
        "customer.complaint.cause", string="Part Of", index="btree_not_null", ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    is_quality = fields.Boolean("Quality", help="The goods themselves, and not how they were sold or sent.")
    department_id = fields.Many2one(
        "hr.department",
        string="Usually Responsible",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    _code_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), code)", "There is already a cause with this code."
    )

    @api.constrains("parent_id")
    def _check_parent_id(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A cause cannot be part of itself."))
