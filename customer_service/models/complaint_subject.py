from odoo import api, fields, models


class CustomerComplaintSubject(models.AbstractModel):
    """For what complaints are about or come from: it counts them, shows them, and begins a new one."""

    _name = "customer.complaint.subject.mixin"
    _description = "What Complaints Are About"

    # The field of the complaint that names such a record.
    _complaint_field = None

    customer_complaint_count = fields.Integer(
        "Complaints",
        compute="_compute_customer_complaint_count",
        groups="customer_service.group_service_user,customer_management.group_customer_user",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_customer_complaint_count(self):
        """Count the complaints that the user may see, in one query."""
        name = self._complaint_field
        counts = self.env["customer.complaint"]._read_group([(name, "in", self.ids)], [name], ["__count"])
        found = {record.id: count for record, count in counts}
        for record in self:
            record.customer_complaint_count = found.get(record._origin.id, 0)

    def _complaint_customers(self):
        """Return the customers who may complain about the document, as companies."""
        return self.partner_id.commercial_partner_id

    def _complaint_defaults(self):
        """Return what a new complaint about the record starts with."""
        return {
            "partner_id": self.partner_id.id,
            self._complaint_field: self.id,
            "company_id": self.company_id.id,
        }

    def action_open_complaints(self):
        """Show the complaints."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.complaint_action")
        return {
            **action,
            "domain": [(self._complaint_field, "=", self.id)],
            "context": {f"default_{name}": value for name, value in self._complaint_defaults().items()},
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
        }

    def action_new_complaint(self):
        """Begin a complaint about the record."""
        self.ensure_one()
        self.env["customer.complaint"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.complaint",
            "views": [(False, "form")],
            "context": {f"default_{name}": value for name, value in self._complaint_defaults().items()},
        }
