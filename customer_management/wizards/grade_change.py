from odoo import api, fields, models

from ..exceptions import GradeWriteError


class CustomerGradeChange(models.TransientModel):
    """Give customers a grade by hand, with the reason."""

    _name = "customer.grade.change"
    _description = "Change of a Grade"

    partner_ids = fields.Many2many("res.partner", string="Customers", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    current_grade_id = fields.Many2one("customer.grade", compute="_compute_current_grade_id")
    grade_id = fields.Many2one(
        "customer.grade", string="New Grade", required=True, domain="[('company_id', '=', company_id)]"
    )
    reason = fields.Char(required=True)

    @api.depends("partner_ids", "company_id")
    def _compute_current_grade_id(self):
        for change in self:
            grades = change.partner_ids.with_company(change.company_id).customer_grade_id
            change.current_grade_id = grades if len(grades) == 1 else False

    def action_change(self):
        """Change the grade of the customers; the history shows who did it and why.

        :raises GradeWriteError: when the reason is blank
        """
        self.ensure_one()
        self.check_access("write")
        if not self.reason.strip():
            raise GradeWriteError(self.env._("Say why the customers get grade %s.", self.grade_id.name))
        self.partner_ids.check_access("write")
        self.partner_ids.with_company(self.grade_id.company_id)._change_customer_grade(
            self.grade_id, self.reason
        )
        return {"type": "ir.actions.act_window_close"}
