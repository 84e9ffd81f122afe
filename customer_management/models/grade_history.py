from odoo import fields, models


class CustomerGradeHistory(models.Model):
    """Each change of a customer's grade: when, from what, to what, by which run or for what reason.

    Rows are written by the server only, when a run is applied or a grade is changed with a reason.
    """

    _name = "customer.grade.history"
    _description = "Grade History"
    _order = "date desc, id desc"
    _rec_name = "grade_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="cascade")
    date = fields.Date(required=True)
    grade_id = fields.Many2one("customer.grade", index="btree_not_null", ondelete="restrict")
    previous_grade_id = fields.Many2one("customer.grade", index="btree_not_null", ondelete="restrict")
    run_id = fields.Many2one("customer.grade.run", index="btree_not_null", ondelete="restrict")
    user_id = fields.Many2one("res.users", string="Changed By", required=True, ondelete="restrict")
    reason = fields.Char()

    _last_change = models.Index("(partner_id, company_id, date DESC)")
