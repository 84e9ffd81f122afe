from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    customer_dealer_type_id = fields.Many2one(
        "customer.dealer.type",
        string="Dealer Type",
        company_dependent=True,
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="How this customer sells our goods on. Each company chooses its own.",
    )
    customer_dealer_id = fields.Many2one(
        "customer.dealer",
        string="Dealer Registration",
        compute="_compute_customer_dealer_id",
        groups="customer_channels.group_channel_user",
        help="Of this customer in the current company.",
    )

    @api.depends_context("company", "uid")
    def _compute_customer_dealer_id(self):
        """Find the registrations that the user may see, in one query."""
        dealers = self.env["customer.dealer"].search(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "=", self.env.company.root_id.id),
            ]
        )
        found = {dealer.partner_id: dealer for dealer in dealers}
        for partner in self:
            partner.customer_dealer_id = found.get(partner.commercial_partner_id)

    def action_open_customer_dealer(self):
        """Open the dealer that this customer is."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.dealer",
            "res_id": self.customer_dealer_id.id,
            "views": [(False, "form")],
        }
