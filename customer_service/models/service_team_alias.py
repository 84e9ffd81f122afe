import ast

from odoo import fields, models


class CustomerServiceTeam(models.Model):
    """The address at which a team takes in complaints by mail."""

    _name = "customer.service.team"
    _inherit = ["customer.service.team", "mail.alias.mixin.optional"]

    alias_id = fields.Many2one(
        help="What customers write to this address becomes a complaint of the team; answers find their complaint."
    )

    def _alias_get_creation_values(self):
        """Override of `mail`: what comes in is a complaint of the team."""
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("customer.complaint")
        if self.id:
            values["alias_defaults"] = defaults = ast.literal_eval(self.alias_defaults or "{}")
            defaults["team_id"] = self.id
        return values

    def _mail_company(self):
        """Return the company of the complaints that come in at the team's address.

        At the address of a shared team, where several companies have its domain: the one that mail is fetched for, or
        the oldest.
        """
        companies, own = self.alias_id.alias_domain_id.company_ids, self.env.company
        return self.company_id or (own if own in companies else companies.sorted("id")[:1] or own)
