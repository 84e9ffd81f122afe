from odoo import fields, models


class CustomerAlertReport(models.TransientModel):
    """Report what no figure tells: a customer moved, was sued, is said to be short of money."""

    _name = "customer.alert.report"
    _description = "Report of an Alert"

    partner_ids = fields.Many2many("res.partner", string="Customers", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    rule_id = fields.Many2one(
        "customer.alert.rule",
        string="What",
        required=True,
        domain="[('is_manual', '=', True), ('company_id', 'in', [False, company_id])]",
    )
    description = fields.Text(related="rule_id.description", string="What It Means")
    day = fields.Date(string="Seen On", required=True, default=fields.Date.context_today)
    evidence = fields.Text(required=True, help="What was seen or heard, where, and from whom.")

    def action_report(self):
        """Open the alerts, or add the evidence to those that are open.

        :raises AlertStateError: when the evidence is blank or the day is to come
        """
        self.ensure_one()
        alerts = self.env["customer.alert"]._report(
            self.rule_id, self.partner_ids, self.evidence, self.day, self.company_id
        )
        action = {"type": "ir.actions.act_window", "res_model": "customer.alert"}
        if len(alerts) == 1:
            return {**action, "res_id": alerts.id, "views": [(False, "form")]}
        return {
            **action,
            "name": self.env._("Reported Alerts"),
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", alerts.ids)],
        }
