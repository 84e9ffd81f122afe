from odoo import api, fields, models

from ..tools import name_key, phone_key


class CrmLead(models.Model):
    """By what deals of dealers find the opportunities of our own on the same end customer."""

    _inherit = "crm.lead"

    customer_deal_key = fields.Char(
        string="Name as Deals Compare It",
        compute="_compute_customer_deal_key",
        store=True,
        index="btree_not_null",
    )
    customer_deal_phone_key = fields.Char(
        string="Telephone as Deals Compare It",
        compute="_compute_customer_deal_key",
        store=True,
        index="btree_not_null",
    )
    customer_deal_ids = fields.One2many("customer.dealer.deal", "lead_id", string="Deals of Dealers")

    @api.depends("partner_name", "phone", "partner_id.commercial_partner_id.name")
    def _compute_customer_deal_key(self):
        for lead in self:
            company = lead.partner_id.commercial_partner_id.name
            lead.customer_deal_key = name_key(company or lead.partner_name)
            lead.customer_deal_phone_key = phone_key(lead.phone)
