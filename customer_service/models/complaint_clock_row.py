from odoo import fields, models


class CustomerComplaintClock(models.Model):
    """One promise to a customer who complains, and whether it was kept: what the figures of service count."""

    _name = "customer.complaint.clock"
    _description = "Promised Time of a Complaint"
    _inherit = ["customer.service.clock.row"]

    document_id = fields.Many2one(
        "customer.complaint", "Complaint", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        related="document_id.commercial_partner_id", string="Customer", store=True, index="btree_not_null"
    )
    kind_id = fields.Many2one(related="document_id.kind_id", store=True)
    team_id = fields.Many2one(related="document_id.team_id", store=True)

    _one_open = models.UniqueIndex(
        "(document_id, target) WHERE date_done IS NULL", "A complaint has each promise once at a time."
    )


class CustomerComplaintPause(models.Model):
    """When a complaint waited for the customer."""

    _name = "customer.complaint.pause"
    _description = "Pause of a Complaint"
    _inherit = ["customer.service.pause.row"]

    document_id = fields.Many2one(
        "customer.complaint", "Complaint", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True, precompute=True)


class CustomerComplaintReminder(models.Model):
    """Who was told of a complaint that is late or soon will be."""

    _name = "customer.complaint.reminder"
    _description = "Reminder of a Complaint"
    _inherit = ["customer.service.reminder.row"]

    document_id = fields.Many2one(
        "customer.complaint", "Complaint", required=True, readonly=True, index=True, ondelete="cascade"
    )
    clock_id = fields.Many2one(
        "customer.complaint.clock",
        "Promised Time",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True, precompute=True)
