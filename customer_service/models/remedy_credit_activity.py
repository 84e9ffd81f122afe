from odoo import fields, models

TYPE = "customer_service.activity_type_credit"


class ResCompany(models.Model):
    """Who posts the credit notes of complaints, and within how many days."""

    _inherit = "res.company"

    customer_complaint_credit_days = fields.Integer(
        "Days to Post a Credit Note",
        default=3,
        required=True,
        help="Working days from the day on which the credit note is made.",
    )
    customer_complaint_credit_user_id = fields.Many2one(
        "res.users",
        string="Posts Credit Notes",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        ondelete="set null",
        help="Has an activity for each credit note of a complaint. Empty: who handles the complaint sees to it.",
    )

    _complaint_credit_days = models.Constraint(
        "CHECK(customer_complaint_credit_days >= 0)", "Days to post a credit note are not negative."
    )


class ResConfigSettings(models.TransientModel):
    """Who posts the credit notes of complaints, on the page of the settings."""

    _inherit = "res.config.settings"

    customer_complaint_credit_days = fields.Integer(
        related="company_id.customer_complaint_credit_days", readonly=False
    )
    customer_complaint_credit_user_id = fields.Many2one(
        related="company_id.customer_complaint_credit_user_id",
        readonly=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )


class CustomerComplaintRemedyLine(models.Model):
    """Whoever posts credit notes is told of each new one, with its last day."""

    _inherit = "customer.complaint.remedy.line"

    def _make_credits(self):
        """Override of customer service: each draft is something to do for who posts it."""
        before = self.credit_move_id
        made = super()._make_credits()
        for credit in (self.credit_move_id - before).filtered(lambda move: move.state == "draft"):
            lines = self.filtered(lambda line, credit=credit: line.credit_move_id == credit)
            lines._ask_posting(credit)
        return made

    def _ask_posting(self, credit):
        complaint, company = self.complaint_id, credit.company_id
        user = company.customer_complaint_credit_user_id or complaint.user_id
        if user:
            credit.activity_schedule(
                TYPE,
                date_deadline=company._working_day(company.customer_complaint_credit_days),
                summary=self.env._("Post the credit note of %s", complaint.display_name),
                user_id=user.id,
            )
