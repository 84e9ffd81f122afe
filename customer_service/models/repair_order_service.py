from odoo import fields, models


class RepairOrder(models.Model):
    """Repair orders know the service request that they carry out, and tell it how far they are."""

    _inherit = "repair.order"

    customer_service_request_ids = fields.One2many(
        "customer.service.request", "repair_id", groups="customer_service.group_service_user"
    )

    def write(self, vals):
        """Override of `repair`: a request is being worked on as soon as its repair is."""
        done = super().write(vals)
        if vals.get("state") == "under_repair":
            requests = self.sudo().customer_service_request_ids
            requests.filtered(lambda one: one.state in ("draft", "planned")).write({"state": "working"})
        if vals.get("state") in ("done", "cancel"):
            for request in self.sudo().customer_service_request_ids:
                request.message_post(
                    body=self.env._("Repair order %s is finished.", request.repair_id.name)
                    if vals["state"] == "done"
                    else self.env._("Repair order %s was cancelled.", request.repair_id.name)
                )
        return done
