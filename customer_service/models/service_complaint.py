from odoo import fields, models


class CustomerComplaint(models.Model):
    """Service that a complaint leads to."""

    _inherit = "customer.complaint"

    service_request_ids = fields.One2many("customer.service.request", "complaint_id")
    service_request_count = fields.Integer(compute="_compute_service_request_count")

    def _compute_service_request_count(self):
        found = self.env["customer.service.request"]._read_group(
            [("complaint_id", "in", self.ids)], ["complaint_id"], ["__count"]
        )
        counts = {complaint.id: count for complaint, count in found}
        for complaint in self:
            complaint.service_request_count = counts.get(complaint.id, 0)

    def action_make_service_request(self):
        """Begin a service request with what the complaint knows: customer, goods, papers."""
        self.ensure_one()
        line = self.line_ids[:1]
        return {
            "name": self.env._("Service Request"),
            "type": "ir.actions.act_window",
            "res_model": "customer.service.request",
            "views": [(False, "form")],
            "context": {
                "default_complaint_id": self.id,
                "default_company_id": self.company_id.id,
                "default_partner_id": self.partner_id.id,
                "default_product_id": line.product_id.id,
                "default_lot_id": line.lot_id.id,
                "default_order_id": self.order_id.id,
                "default_picking_id": self.picking_id.id,
                "default_fault": self.summary,
                "default_description": self.description,
                "default_date_reported": self.date_received,
            },
        }

    def action_open_service_requests(self):
        """Open the service requests of the complaint."""
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.service_request_action")
        return {**action, "domain": [("complaint_id", "in", self.ids)], "context": {}}
