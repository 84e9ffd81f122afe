from odoo import api, fields, models


class ResPartner(models.Model):
    """Customers with the assessments made of them."""

    _inherit = "res.partner"

    customer_assessment_ids = fields.One2many("customer.assessment", "partner_id")
    customer_assessment_count = fields.Integer(
        compute="_compute_customer_assessment", groups="customer_management.group_customer_user"
    )
    customer_assessment_last = fields.Char(
        string="Last Assessment",
        compute="_compute_customer_assessment",
        groups="customer_management.group_customer_user",
        help="Score and conclusion of the last finished assessment.",
    )

    def _compute_customer_assessment(self):
        assessments = self.env["customer.assessment"]
        customers = self.commercial_partner_id
        domain = [
            ("partner_id", "in", customers.ids),
            ("company_id", "in", self.env.companies.ids),
            *self._customer_assessment_domain(),
        ]
        counts = dict(
            assessments._read_group([*domain, ("state", "!=", "cancelled")], ["partner_id"], ["__count"])
        )
        finished = assessments.search_fetch(
            [*domain, ("state", "=", "done")], ["partner_id", "score", "conclusion"]
        )
        last = {customer: found[:1] for customer, found in finished.grouped("partner_id").items()}
        for partner in self:
            customer = partner.commercial_partner_id
            newest = last.get(customer)
            partner.customer_assessment_count = counts.get(customer, 0)
            partner.customer_assessment_last = newest and newest._in_short()

    @api.model
    def _customer_assessment_domain(self):
        """Hook: return what keeps assessments apart that are of a customer, and not about it as a whole."""
        return []

    def action_open_customer_assessments(self):
        """Show the assessments of the customer."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.assessment_action")
        customer = self.commercial_partner_id
        return {
            **action,
            "domain": [("partner_id", "=", customer.id)],
            "context": {"default_partner_id": customer.id},
        }
