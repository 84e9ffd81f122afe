from odoo import fields, models


class CustomerServiceRequestClock(models.Model):
    """One promise to a customer who asked for service, and whether it was kept."""

    _name = "customer.service.request.clock"
    _description = "Promised Time of a Service Request"
    _inherit = ["customer.service.clock.row"]

    document_id = fields.Many2one(
        "customer.service.request",
        "Service Request",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        related="document_id.commercial_partner_id", string="Customer", store=True, index="btree_not_null"
    )
    kind = fields.Selection(related="document_id.kind", store=True)
    team_id = fields.Many2one(related="document_id.team_id", store=True)

    _one_open = models.UniqueIndex(
        "(document_id, target) WHERE date_done IS NULL", "A service request has each promise once at a time."
    )


class CustomerServiceRequestPause(models.Model):
    """When a service request waited for the customer."""

    _name = "customer.service.request.pause"
    _description = "Pause of a Service Request"
    _inherit = ["customer.service.pause.row"]

    document_id = fields.Many2one(
        "customer.service.request",
        "Service Request",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True, precompute=True)


class CustomerServiceRequestReminder(models.Model):
    """Who was told of a service request that is late or soon will be."""

    _name = "customer.service.request.reminder"
    _description = "Reminder of a Service Request"
    _inherit = ["customer.service.reminder.row"]

    document_id = fields.Many2one(
        "customer.service.request",
        "Service Request",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    clock_id = fields.Many2one(
        "customer.service.request.clock",
        "Promised Time",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True, precompute=True)
