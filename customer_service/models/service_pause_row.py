from odoo import fields, models


class CustomerServicePauseRow(models.AbstractModel):
    """A time in which a case waited for the customer and its clock stood still. Written by its steps.

    A model of its own adds ``document_id`` and ``company_id`` (related, stored).
    """

    _name = "customer.service.pause.row"
    _description = "Pause"
    _order = "document_id, date_from, id"
    _rec_name = "date_from"

    date_from = fields.Datetime("Waiting From", required=True, readonly=True)
    date_to = fields.Datetime("Until", readonly=True)

    _one_open = models.UniqueIndex("(document_id) WHERE date_to IS NULL", "A case waits once at a time.")
    _forward = models.Constraint("CHECK(date_to >= date_from)", "A pause does not end before it begins.")
