from odoo import api, fields, models


class CustomerServiceTeam(models.Model):
    """Who takes in complaints, in which hours, and of which kinds."""

    _name = "customer.service.team"
    _description = "Service Team"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self.env.company,
        help="Empty: for all companies.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Leader",
        index="btree_not_null",
        domain=[("share", "=", False)],
        help="Is told when a complaint is late.",
    )
    member_ids = fields.Many2many("res.users", string="Members", domain=[("share", "=", False)])
    kind_ids = fields.Many2many(
        "customer.complaint.kind", string="Kinds", help="Complaints of these kinds go to this team."
    )
    resource_calendar_id = fields.Many2one(
        "resource.calendar",
        string="Working Hours",
        ondelete="restrict",
        check_company=True,
        help="In which service levels are counted; empty: those of the company.",
    )

    @api.model
    def _best(self, company, kind):
        """Return the team that takes a kind of complaint of a company; its own before shared ones."""
        teams = self.sudo().search([("company_id", "in", (False, company.id))])
        # Those for this kind, then those for any; a team for other kinds takes it when there is nobody else.
        fits = {team: 0 if kind in team.kind_ids else 2 if team.kind_ids else 1 for team in teams}
        ranked = teams.sorted(lambda team: (fits[team], not team.company_id, team.sequence, team.id))
        return ranked[:1].with_env(self.env)

    def _calendar(self, company):
        """Return the working hours of a team, or those of a company."""
        return self.resource_calendar_id or company.resource_calendar_id
