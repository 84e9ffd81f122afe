from odoo import api, fields, models


class ResPartner(models.Model):
    """The plans of a customer."""

    _inherit = "res.partner"

    customer_plan_count = fields.Integer(
        string="Plans",
        compute="_compute_customer_plan_count",
        groups="customer_management.group_customer_user",
        help="Plans that are drafted or running.",
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "uid")
    def _compute_customer_plan_count(self):
        domain = [
            ("partner_id", "in", self.commercial_partner_id.ids),
            ("company_id", "=", self.env.company.id),
            ("state", "in", ("draft", "running")),
        ]
        counts = dict(self.env["customer.plan"]._read_group(domain, ["partner_id"], ["__count"]))
        for partner in self:
            partner.customer_plan_count = counts.get(partner.commercial_partner_id, 0)

    def action_open_customer_plans(self):
        """Show the plans of the customer, finished ones too."""
        self.ensure_one()
        customer = self.commercial_partner_id
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.plan_action")
        return {
            **action,
            "display_name": self.env._("Plans: %s", customer.display_name),
            "domain": [("partner_id", "=", customer.id)],
            "context": {"default_partner_id": customer.id},
        }
