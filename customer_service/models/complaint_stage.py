from odoo import api, fields, models
from odoo.tools import SQL

from .complaint import STAGES


class CustomerComplaintStage(models.Model):
    """When a complaint was at which stage, and who took it there. Written by its steps."""

    _name = "customer.complaint.stage"
    _description = "Stage of a Complaint"
    _order = "complaint_id, entered_on, id"
    _rec_name = "stage"

    complaint_id = fields.Many2one(
        "customer.complaint", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    stage = fields.Selection(STAGES, required=True, readonly=True)
    entered_on = fields.Datetime(required=True, readonly=True)
    left_on = fields.Datetime(readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, ondelete="restrict")
    days = fields.Float(compute="_compute_days", help="Days at the stage, until now while it is there.")

    _one_open = models.UniqueIndex("(complaint_id) WHERE left_on IS NULL", "A complaint is at one stage.")

    @api.depends("entered_on", "left_on")
    def _compute_days(self):
        now = fields.Datetime.now()
        for row in self:
            row.days = (
                ((row.left_on or now) - row.entered_on).total_seconds() / 86400 if row.entered_on else 0
            )

    @api.model
    def _enter(self, complaints, stage):
        """Log that complaints come to a stage now, and leave the one before. As the system."""
        now = fields.Datetime.now()
        self.flush_model(["left_on"])
        self.env.cr.execute(
            SQL(
                "UPDATE customer_complaint_stage SET left_on = GREATEST(%s, entered_on) "
                "WHERE complaint_id = ANY(%s) AND left_on IS NULL",
                now,
                complaints.ids,
            )
        )
        self.invalidate_model(["left_on", "days"])
        return self.create(
            [
                {
                    "complaint_id": complaint.id,
                    "stage": stage,
                    "entered_on": complaint.date_received if stage == "listen" else now,
                    "user_id": self.env.uid,
                }
                for complaint in complaints
            ]
        )
