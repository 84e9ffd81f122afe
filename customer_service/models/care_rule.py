from odoo import api, fields, models

KINDS = [
    ("birthday", "Birthday"),
    ("holiday", "Holiday"),
    ("customer_since", "Customer Since"),
    ("contract", "Contract Anniversary"),
    ("inactive", "No Orders"),
    ("delivery", "After Receipt"),
    ("complaint", "After a Complaint"),
    ("service", "After Service"),
]
CHANNELS = [
    ("call", "Call"),
    ("mail", "E-mail"),
    ("gift", "Gift"),
    ("activity", "Activity"),
    ("survey", "Questionnaire"),
]


class CustomerCareRule(models.Model):
    """Whom to care for, on which occasion, and how (row A12, calls of row A15).

    A rule plans from the day on which it begins, never for what was before. What it plans for one customer and
    occasion it plans once, whoever runs it at the same moment.
    """

    _name = "customer.care.rule"
    _description = "Care Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: for all companies.")
    kind = fields.Selection(KINDS, string="Occasion", required=True, default="birthday")
    holiday_id = fields.Many2one("customer.care.holiday", ondelete="restrict", index="btree_not_null")
    day_from = fields.Integer(
        "From Day",
        default=7,
        help="So many days after the receipt, after the complaint was closed, or after the service was done.",
    )
    day_to = fields.Integer("To Day", default=15)
    months = fields.Integer("Months Without an Order", default=3)
    lead_days = fields.Integer(
        "Planned Ahead (Days)", default=3, help="So many days before the occasion it appears on the list."
    )
    gap_days = fields.Integer(
        "Pause (Days)",
        default=0,
        help="A customer who was cared for by this rule is left in peace for so many days. 0: no pause.",
    )
    begins_on = fields.Date(
        required=True,
        default=fields.Date.context_today,
        copy=False,
        help="Nothing is planned for days before this one.",
    )
    target = fields.Selection(
        [("customer", "The Customer"), ("people", "Each of Its People")],
        required=True,
        default="customer",
        help="Who is greeted on holidays and anniversaries. Birthdays are always the people's own.",
    )
    channel = fields.Selection(CHANNELS, required=True, default="activity")
    template_id = fields.Many2one(
        "mail.template",
        ondelete="restrict",
        domain=[("model", "=", "customer.care")],
        help="Sent in the language of who gets it.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        domain=[("share", "=", False)],
        index="btree_not_null",
        help="For customers without a salesperson, or for all when always.",
    )
    is_always_user = fields.Boolean("Always", help="Not the salesperson of the customer.")
    grade_ids = fields.Many2many("customer.grade", string="Grades", help="Empty: any.")
    tag_ids = fields.Many2many("res.partner.category", string="Tags", help="Empty: any.")
    salesperson_ids = fields.Many2many(
        "res.users", "customer_care_rule_salesperson_rel", string="Salespeople", help="Empty: any."
    )
    ran_on = fields.Datetime("Last Planned", readonly=True, copy=False)
    care_ids = fields.One2many("customer.care", "rule_id")
    planned_count = fields.Integer(compute="_compute_planned_count")

    _days_in_order = models.Constraint(
        "CHECK(day_from >= 0 AND day_to >= day_from)", "The days after the occasion are in order."
    )
    _numbers = models.Constraint(
        "CHECK(months > 0 AND lead_days BETWEEN 0 AND 60 AND gap_days >= 0)",
        "Months are more than 0, days ahead 0 to 60, and a pause is not negative.",
    )
    _holiday_named = models.Constraint(
        "CHECK(kind <> 'holiday' OR holiday_id IS NOT NULL)", "Say which holiday it is."
    )
    _template_named = models.Constraint(
        "CHECK(channel <> 'mail' OR template_id IS NOT NULL)", "Choose the text of the e-mail."
    )

    def _compute_planned_count(self):
        found = self.env["customer.care"]._read_group(
            [("rule_id", "in", self.ids), ("state", "=", "planned")], ["rule_id"], ["__count"]
        )
        counts = {rule.id: count for rule, count in found}
        for rule in self:
            rule.planned_count = counts.get(rule.id, 0)

    @api.onchange("kind")
    def _onchange_kind(self):
        """Begin with the days and the channel that are usual for the occasion."""
        if self.kind == "delivery":
            self.update({"day_from": 7, "day_to": 15, "lead_days": 0, "gap_days": 30, "channel": "call"})
        elif self.kind == "complaint":
            self.update({"day_from": 3, "day_to": 7, "lead_days": 0, "channel": "call"})
        elif self.kind == "service":
            self.update({"day_from": 2, "day_to": 7, "lead_days": 0, "channel": "survey"})

    def write(self, vals):
        """Override of `base`: a rule that is switched on again begins anew, so nothing old is made up for."""
        if vals.get("active") and "begins_on" not in vals and not all(self.mapped("active")):
            vals = {**vals, "begins_on": fields.Date.context_today(self)}
        return super().write(vals)

    def action_plan_now(self):
        """Plan what is due now, without waiting for the night."""
        self.check_access("write")
        made = self._plan(fields.Date.context_today(self))
        made.sudo()._announce()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Planned: %s", len(made)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_open_cares(self):
        """Open what the rule has planned and done."""
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.care_action")
        return {**action, "domain": [("rule_id", "in", self.ids)], "context": {}}
