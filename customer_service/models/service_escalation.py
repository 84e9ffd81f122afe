from odoo import api, fields, models

RECIPIENTS = [("handler", "Who Handles It"), ("leader", "Leader of the Team"), ("manager", "Manager")]


class CustomerServiceEscalation(models.Model):
    """Who is told at which part of a promised time: before it is broken, and after."""

    _name = "customer.service.escalation"
    _description = "Escalation"
    _order = "percent, id"
    _rec_name = "percent"

    percent = fields.Integer(
        "At (%)", required=True, default=100, help="Of the promised time; 100: when it is due."
    )
    recipient = fields.Selection(RECIPIENTS, string="Told", required=True, default="handler")
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: for all companies.")
    active = fields.Boolean(default=True)

    _percent_positive = models.Constraint(
        "CHECK(percent BETWEEN 1 AND 1000)", "Somebody is told at 1 to 1000 % of the promised time."
    )
    _recipient_once = models.UniqueIndex(
        "(COALESCE(company_id, 0), recipient) WHERE active", "Each is told once of a promise."
    )

    @api.depends("percent", "recipient")
    def _compute_display_name(self):
        labels = dict(self._fields["recipient"]._description_selection(self.env))
        for step in self:
            step.display_name = f"{step.percent} % – {labels.get(step.recipient, '')}"

    @api.model
    def _of_company(self, company):
        """Return who is told in a company, in order; its own steps take the place of the shared ones."""
        steps = self.sudo().search([("company_id", "in", [False, *company.sudo().parent_ids.ids])])
        own = steps.filtered("company_id")
        return own or steps

    @api.model
    def _percents(self, company):
        """Return at which parts of the time somebody is told."""
        return set(self._of_company(company).mapped("percent"))

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: running promises are looked at by the new table."""
        steps = super().create(vals_list)
        self.env["resource.calendar"]._customer_hours_changed()
        return steps

    def write(self, vals):
        """Override of `base`: running promises are looked at by the new table."""
        result = super().write(vals)
        self.env["resource.calendar"]._customer_hours_changed()
        return result

    def unlink(self):
        """Override of `base`: running promises are looked at by the new table."""
        result = super().unlink()
        self.env["resource.calendar"]._customer_hours_changed()
        return result
