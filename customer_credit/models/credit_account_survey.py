from odoo import fields, models


class CustomerCreditAccount(models.Model):
    """Accounts lead to the investigations and statements of their payer."""

    _inherit = "customer.credit.account"

    investigation_count = fields.Integer(compute="_compute_survey")
    statement_count = fields.Integer(compute="_compute_survey")
    investigation_id = fields.Many2one(
        "customer.credit.investigation", string="Last Investigation", compute="_compute_survey"
    )

    def _compute_survey(self):
        investigations = self.env["customer.credit.investigation"].search_fetch(
            [("partner_id", "in", self.partner_id.ids), ("company_id", "in", self.company_id.ids)],
            ["partner_id", "company_id", "state"],
        )
        counts = dict(
            self.env["customer.credit.statement"]._read_group(
                [("partner_id", "in", self.partner_id.ids)], ["partner_id"], ["__count"]
            )
        )
        by_payer = investigations.grouped(lambda one: (one.partner_id, one.company_id))
        for account in self:
            found = by_payer.get((account.partner_id, account.company_id), investigations.browse())
            account.investigation_count = len(found)
            account.investigation_id = found.filtered(lambda one: one.state != "draft")[:1]
            account.statement_count = counts.get(account.partner_id, 0)

    def action_open_investigations(self):
        """Show the investigations of the payer."""
        self.ensure_one()
        return self.partner_id.action_open_customer_investigations()

    def action_open_statements(self):
        """Show the financial statements of the payer."""
        self.ensure_one()
        return self.partner_id.action_open_customer_statements()
