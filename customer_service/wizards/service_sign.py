from odoo import api, fields, models


class CustomerServiceSign(models.TransientModel):
    """The page on which the customer signs on the technician's phone."""

    _name = "customer.service.sign"
    _description = "Signature of a Service Request"

    request_id = fields.Many2one("customer.service.request", required=True, index=True, ondelete="cascade")
    work_done = fields.Text(related="request_id.work_done")
    hours = fields.Float(related="request_id.hours")
    name = fields.Char("Signed By", required=True, compute="_compute_name", store=True, readonly=False)
    remarks = fields.Text()
    signature = fields.Image(required=True, max_width=1024, max_height=1024)

    @api.depends("request_id")
    def _compute_name(self):
        for wizard in self:
            contact = wizard.request_id.contact_id
            wizard.name = wizard.name or (contact.name if not contact.is_company else False)

    def action_sign(self):
        """Note the signature.

        :raises ServiceRequestError: when the request does not wait for one
        """
        self.ensure_one()
        self.request_id._ensure_step("done")
        self.request_id._sign(self.name, self.signature, self.remarks)
        return {"type": "ir.actions.act_window_close"}
