from odoo import api, fields, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """How endangered a customer is in the current company."""

    _inherit = "res.partner"

    customer_alert_level = fields.Selection(
        [("danger", "Danger"), ("warning", "Warning"), ("normal", "Normal")],
        string="Alert Level",
        compute="_compute_customer_alert",
        search="_search_customer_alert_level",
        groups="customer_management.group_customer_user",
        help="By the points of the alerts in the current company; one alert that is danger by itself is enough.",
    )
    customer_alert_count = fields.Integer(
        string="Alerts", compute="_compute_customer_alert", groups="customer_management.group_customer_user"
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "uid")
    def _compute_customer_alert(self):
        domain = [
            ("partner_id", "in", self.commercial_partner_id.ids),
            ("company_id", "=", self.env.company.id),
        ]
        levels = self.env["customer.alert.level"].search(domain)
        by_partner = {level.partner_id: level for level in levels}
        for partner in self:
            level = by_partner.get(partner.commercial_partner_id)
            partner.customer_alert_level = level.level if level else "normal"
            partner.customer_alert_count = level.alert_count if level else 0

    def _search_customer_alert_level(self, operator, value):
        if operator != "in":
            return NotImplemented
        levels = self.env["customer.alert.level"]
        wanted = set(value)
        here = [("company_id", "=", self.env.company.id)]
        customer = SQL.identifier(levels._table, "partner_id")
        found = levels._search([*here, ("level", "in", [level for level in wanted if level])])
        domain = fields.Domain("commercial_partner_id", "in", found.subselect(customer))
        if "normal" in wanted:
            # Whoever has no alert is normal too.
            other = levels._search([*here, ("level", "not in", list(wanted))])
            domain = ~fields.Domain("commercial_partner_id", "in", other.subselect(customer))
        return domain

    def action_open_customer_alerts(self):
        """Show the alerts of the customer, those that count first."""
        self.ensure_one()
        customer = self.commercial_partner_id
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.alert_action")
        return {
            **action,
            "display_name": self.env._("Alerts: %s", customer.display_name),
            "domain": [("partner_id", "=", customer.id)],
            "context": {"search_default_counting": 1, "default_partner_ids": customer.ids},
        }
