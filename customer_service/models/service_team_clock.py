from odoo import fields, models


class CustomerServiceTeam(models.Model):
    """Who is told when even the leader of a team did not help."""

    _inherit = "customer.service.team"

    manager_id = fields.Many2one(
        "res.users",
        index="btree_not_null",
        domain=[("share", "=", False)],
        help="Is told when a case stays late after the leader was told.",
    )


class ResPartner(models.Model):
    """A customer of another grade has other service levels."""

    _inherit = "res.partner"

    def _customer_grade_changed(self, scheme):
        """Override: look up the levels of the open cases of these customers again."""
        result = super()._customer_grade_changed(scheme)
        for model in self.env["customer.service.clock.mixin"]._clock_models():
            if "commercial_partner_id" in model._fields:
                domain = [("commercial_partner_id", "in", self.ids), *model._clock_open_domain()]
                documents = model.sudo().search(domain)
                model._clock_again(documents, "service_level_id")
        return result
