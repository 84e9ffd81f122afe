from odoo import api, fields, models

from ..exceptions import GradeWriteError


class CustomerGradeChange(models.TransientModel):
    """Give customers a grade by hand, with the reason: a request for each, submitted at once.

    Where no approval rule asks for more, the requests are approved at once.
    """

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
    valid_until = fields.Date(
        string="Locked Until", help="No grading run changes the grade up to and including this day."
    )
    reason = fields.Char(required=True)

    @api.depends("partner_ids", "company_id")
    def _compute_current_grade_id(self):
        for change in self:
            grades = change.partner_ids.with_company(change.company_id).customer_grade_id
            change.current_grade_id = grades if len(grades) == 1 else False

    def action_change(self):
        """Ask for the grade; the history shows who did it and why, as soon as it is approved.

        :raises GradeWriteError: when the reason is blank
        :raises ApprovalStateError: when the lock is longer than the scheme allows
        """
        self.ensure_one()
        self.check_access("write")
        if not self.reason.strip():
            raise GradeWriteError(self.env._("Say why the customers get grade %s.", self.grade_id.name))
        self.partner_ids.check_access("write")
        requests = self.env["customer.grade.request"].create(
            [
                {
                    "kind": "grade",
                    "partner_id": partner.id,
                    "company_id": self.grade_id.company_id.id,
                    "grade_id": self.grade_id.id,
                    "valid_until": self.valid_until,
                    "reason": self.reason,
                }
                for partner in self.partner_ids.commercial_partner_id
            ]
        )
        requests.action_submit()
        pending = requests.filtered(lambda request: request.approval_state == "pending")
        return pending._open() if pending else {"type": "ir.actions.act_window_close"}
