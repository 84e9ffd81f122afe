from odoo import api, fields, models

from .complaint_finding import SEVERITIES


class ResPartner(models.Model):
    """What a customer complains about, on its page."""

    _inherit = "res.partner"

    customer_complaint_count = fields.Integer(
        "Complaints",
        compute="_compute_customer_complaint_count",
        groups="customer_service.group_service_user,customer_management.group_customer_user",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_customer_complaint_count(self):
        """Count the complaints of each customer that the user may see, in one query."""
        counts = dict(
            self.env["customer.complaint"]._read_group(
                [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
                ["commercial_partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.customer_complaint_count = counts.get(partner.commercial_partner_id, 0)

    def _customer_known(self):
        """Override of customer management to add the open complaints, for those who may see complaints."""
        tiles = super()._customer_known()
        if self.env["customer.complaint"].has_access("read"):
            tiles.append(self._known_complaints())
        return tiles

    def _complaints_domain(self):
        return [("commercial_partner_id", "=", self.id), ("company_id", "=", self.env.company.id)]

    def _known_complaints(self):
        """Return the tile of the open complaints, with the worst severity among them."""
        domain = [*self._complaints_domain(), ("stage", "!=", "closed")]
        counts = dict(self.env["customer.complaint"]._read_group(domain, ["severity"], ["__count"]))
        codes = [code for code, _label in SEVERITIES]
        worst = max(counts, key=codes.index, default=None)
        labels = dict(self.env["customer.complaint"]._fields["severity"]._description_selection(self.env))
        tones = {"urgent": "danger", "major": "warning"}
        return {
            "key": "complaints",
            "title": self.env._("Open Complaints"),
            "value": str(sum(counts.values())),
            "note": self.env._("worst: %s", labels[worst]) if worst else self.env._("none open"),
            "tone": tones.get(worst, ""),
        }

    def _open_known_complaints(self):
        """Show the complaints of the customer, the open ones first."""
        return self.action_open_complaints()

    def action_open_complaints(self):
        """Show the complaints of the customer."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.complaint_action")
        return {
            **action,
            "domain": [("commercial_partner_id", "=", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.id},
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "display_name": self.display_name,
        }
