from odoo import api, fields, models


class ResPartner(models.Model):
    """Customers show what they dispute."""

    _inherit = "res.partner"

    customer_dispute_count = fields.Integer(
        string="Open Disputes",
        compute="_compute_customer_dispute_count",
        groups="customer_management.group_customer_user,account.group_account_invoice",
    )

    @api.depends_context("uid", "company")
    def _compute_customer_dispute_count(self):
        groups = self.env["customer.dispute"]._read_group(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("state", "!=", "settled"),
                ("company_id", "child_of", self.env.company.id),
            ],
            ["partner_id"],
            ["__count"],
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.customer_dispute_count = counts.get(partner.commercial_partner_id.id, 0)

    def action_open_customer_disputes(self):
        """Show the disputes of the customer."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_credit.dispute_action")
        return {**action, "domain": [("partner_id", "=", self.commercial_partner_id.id)], "context": {}}
