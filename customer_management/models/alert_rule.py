from odoo import api, fields, models

from ..exceptions import AlertRuleError, AlertStateError


class CustomerAlertRule(models.Model):
    """A sign that a customer is in danger: what it is, how it is decided and what follows from it.

    Most rules compare metrics and are tested every day for all customers at once (``alert_engine.py``).
    The others a person reports: nothing in the books says that a customer moved or was sued.
    """

    _name = "customer.alert.rule"
    _description = "Alert Rule"
    _inherit = ["customer.code.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The name under which forms and other addons know it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True, help="What the sign means, and what to do about it.")
    company_id = fields.Many2one("res.company", index=True, help="Empty: for all companies.")
    points = fields.Integer(
        default=10, required=True, help="How much it counts: the points of all open alerts make the level."
    )
    is_danger = fields.Boolean(string="Danger by Itself", help="Alone it puts the customer in danger.")
    is_manual = fields.Boolean(
        string="Reported by Hand", help="No figure tells: a person reports it with the evidence."
    )
    include_archived = fields.Boolean(
        string="Archived Customers Too",
        help="For what somebody still owes. Other alerts close when the customer is archived.",
    )
    condition_ids = fields.One2many(
        "customer.alert.condition", "rule_id", copy=True, help="All of them must hold."
    )
    cure_days = fields.Integer(
        string="Days Until It Closes",
        default=60,
        required=True,
        help="How long the test must fail before the alert closes by itself. For a sign that is reported by "
        "hand: how long after the report; 0 keeps it open until a person closes it.",
    )
    responsible = fields.Selection(
        [("salesperson", "Salesperson of the Customer"), ("user", "A Fixed Person"), ("nobody", "Nobody")],
        default="salesperson",
        required=True,
        help="Who is told when the alert opens: by one activity for all alerts of a day.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Person",
        domain="[('share', '=', False)]",
        help="Gets the activity; also in place of a salesperson whom the customer does not have.",
    )
    opens = fields.Selection(
        [("nothing", "Nothing"), ("plan", "A Plan")],
        default="nothing",
        required=True,
        help="What is made at once, as a draft, when the alert opens.",
    )
    plan_kind_id = fields.Many2one("customer.plan.kind", ondelete="restrict")
    alert_ids = fields.One2many("customer.alert", "rule_id")
    open_count = fields.Integer(string="Open Alerts", compute="_compute_open_count")
    try_count = fields.Integer(
        string="Fires Today",
        compute="_compute_try_count",
        groups="customer_management.group_customer_manager",
        help="For so many customers of the current company the conditions hold today. Nothing is written.",
    )

    _code_unique = models.Constraint("UNIQUE(code)", "There is already an alert rule with this code.")
    _points_positive = models.Constraint("CHECK(points >= 0)", "The points are 0 or more.")
    _cure_days_positive = models.Constraint("CHECK(cure_days >= 0)", "The days are 0 or more.")

    @api.depends_context("allowed_company_ids")
    @api.depends("alert_ids.state")
    def _compute_open_count(self):
        domain = [("rule_id", "in", self.ids), ("state", "in", ("open", "acknowledged"))]
        counts = dict(self.env["customer.alert"]._read_group(domain, ["rule_id"], ["__count"]))
        for rule in self:
            rule.open_count = counts.get(rule, 0)

    @api.depends("condition_ids", "is_manual")
    @api.depends_context("company")
    def _compute_try_count(self):
        found = self._try(self.env.company)
        for rule in self:
            rule.try_count = len(found.get(rule.id, ()))

    @api.constrains("condition_ids", "is_manual", "active")
    def _check_conditions(self):
        for rule in self:
            if rule.active and not rule.is_manual and not rule.condition_ids:
                raise AlertRuleError(
                    self.env._(
                        "The alert rule “%s” has no condition, so nothing decides when it fires. Add a "
                        "condition, or let people report it by hand.",
                        rule.name,
                    )
                )
            if rule.is_manual and rule.condition_ids:
                raise AlertRuleError(
                    self.env._(
                        "The alert rule “%s” is reported by hand and has conditions too. Take away the one or "
                        "the other.",
                        rule.name,
                    )
                )

    @api.constrains("opens", "plan_kind_id", "responsible", "user_id")
    def _check_consequence(self):
        for rule in self:
            if rule.opens == "plan" and not rule.plan_kind_id:
                raise AlertRuleError(
                    self.env._("Say which kind of plan the alert rule “%s” opens.", rule.name)
                )
            if rule.responsible == "user" and not rule.user_id:
                raise AlertRuleError(
                    self.env._("Say who gets the activity of the alert rule “%s”.", rule.name)
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_alerts(self):
        alerts = self.env["customer.alert"].sudo().search([("rule_id", "in", self.ids)], limit=1)
        if alerts:
            raise AlertStateError(
                self.env._(
                    "The rule “%s” has alerts, which are history. Archive the rule: its open alerts close, and "
                    "no new ones open.",
                    alerts.rule_id.name,
                )
            )

    def action_try(self):
        """Show the customers for which the rule would fire today; nothing is written."""
        self.ensure_one()
        self.check_access("write")
        partners = self._try(self.env.company).get(self.id, [])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("%(rule)s: fires today", rule=self.name),
            "res_model": "res.partner",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", list(partners))],
            "context": {"active_test": False},
        }

    def action_open_alerts(self):
        """Show the alerts of the rule."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.alert_action")
        return {**action, "domain": [("rule_id", "=", self.id)], "context": {"search_default_counting": 1}}
