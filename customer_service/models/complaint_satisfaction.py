from odoo import api, fields, models
from odoo.tools import SQL


class CustomerComplaint(models.Model):
    """How satisfied customers are with the handling of their complaint: asked some days after it ends."""

    _inherit = "customer.complaint"

    satisfaction_input_id = fields.Many2one(
        "survey.user_input",
        string="Opened by the Answer",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )
    satisfaction_invitation_ids = fields.One2many(
        "customer.satisfaction.invitation",
        "complaint_id",
        string="Questions About the Handling",
        readonly=True,
    )
    handling_satisfaction = fields.Float(
        string="Satisfaction After Handling",
        compute="_compute_handling_satisfaction",
        digits=(16, 1),
        help="From 1 to 5, by what the customer answered.",
    )
    has_handling_satisfaction = fields.Boolean(compute="_compute_handling_satisfaction")

    _one_answer = models.UniqueIndex(
        "(satisfaction_input_id) WHERE satisfaction_input_id IS NOT NULL",
        "An answer opens one complaint.",
    )

    @api.depends("satisfaction_invitation_ids.state")
    def _compute_handling_satisfaction(self):
        marks = self._origin._handling_satisfaction()
        for complaint in self:
            mark = marks.get(complaint._origin.id)
            complaint.handling_satisfaction = mark or 0
            complaint.has_handling_satisfaction = mark is not None

    def _handling_satisfaction(self):
        """Hook: return how satisfied the customers are with the handling of these complaints.

        Source: the latest finished answer to the questions marked CSAT; a complaint without one is missing.

        :return: ``{complaint id: from 1 to 5}``
        """
        answers = self.env["customer.satisfaction.answer"].sudo()
        domain = [
            ("complaint_id", "in", self.ids),
            ("figure", "=", "csat"),
            ("about", "=", "own"),
            ("has_score", "=", True),
        ]
        rows = answers._read_group(
            domain,
            ["complaint_id", "user_input_id"],
            ["score:avg", "date:max"],
            order="date:max, user_input_id",
        )
        # The last one counts: a complaint that was reopened is asked about again.
        return {complaint.id: 1 + score / 25 for complaint, _answer, score, _date in rows}

    @api.model
    def _satisfaction_sql(self):
        """Override: what the customers say."""
        return SQL(
            """
            %s UNION ALL
            SELECT complaint_id, score FROM (%s) a
             WHERE complaint_id IS NOT NULL AND figure = 'csat' AND has_score
            """,
            super()._satisfaction_sql(),
            self.env["customer.satisfaction.answer"]._table_query,
        )

    def _stage_entered(self, stage, before):
        """Override: ask some days after a complaint is done; not any more when it is taken up again."""
        result = super()._stage_entered(stage, before)
        company = self.company_id
        if before == "closed":
            self._satisfaction_cancel()
        if stage == company.customer_satisfaction_after:
            self._satisfaction_plan()
        elif stage == "closed" and self.outcome in ("withdrawn", "duplicate"):
            self._satisfaction_cancel()
        return result

    def _satisfaction_cancel(self):
        """Take back the question about a complaint that is not answered yet."""
        invitations = self.sudo().satisfaction_invitation_ids
        waiting = invitations.filtered(lambda one: one.state in ("planned", "sent"))
        waiting.user_input_id.write({"deadline": fields.Datetime.now()})
        waiting.write({"state": "cancelled"})
        # Before the next one is planned: one of a complaint is open at a time.
        waiting.flush_recordset()

    def _satisfaction_plan(self):
        """Plan the question about the handling of a complaint, unless one is open or nobody can be asked."""
        self.ensure_one()
        survey = self.env["survey.survey"].sudo().search([("satisfaction_kind", "=", "complaint")], limit=1)
        contact = self.partner_id
        open_ones = self.sudo().satisfaction_invitation_ids.filtered(
            lambda one: one.state in ("planned", "sent")
        )
        if not survey or not contact.email or open_ones or self.outcome in ("withdrawn", "duplicate"):
            return
        customer = contact.commercial_partner_id.with_company(self.company_id)
        day = fields.Date.add(
            fields.Date.context_today(self), days=self.company_id.customer_satisfaction_after_days
        )
        self.env["customer.satisfaction.invitation"].sudo().create(
            {
                "complaint_id": self.id,
                "company_id": self.company_id.id,
                "survey_id": survey.id,
                "partner_id": contact.id,
                "grade_id": customer.customer_grade_id.id,
                "area_id": self.env["customer.area"]._locate(customer, self.company_id)[customer.id].id,
                "send_on": day,
            }
        )
