from odoo import api, fields, models

from .complaint_finding import SEVERITIES


class CustomerComplaintKind(models.Model):
    """Kinds of complaint may ask for an action, whatever the severity."""

    _inherit = "customer.complaint.kind"

    needs_action = fields.Boolean(
        help="A justified complaint of this kind is not closed without a corrective or preventive action."
    )


class CustomerComplaint(models.Model):
    """How a complaint is kept from coming back: a light 8D report on the complaint itself.

    D1 team, D2 problem, D3 containment, D4 root cause by five whys, D5 and D6 correction, D7 prevention, D8 closing.
    """

    _inherit = "customer.complaint"

    prevention_team_ids = fields.Many2many(
        "res.users",
        "customer_complaint_prevention_team_rel",
        "complaint_id",
        "user_id",
        string="Team (D1)",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    problem = fields.Text("Problem (D2)", help="What, where, since when, how many; and what it is not.")
    why_1 = fields.Char("First Why")
    why_2 = fields.Char("And Why That?")
    why_3 = fields.Char("Third Why")
    why_4 = fields.Char("Fourth Why")
    why_5 = fields.Char(
        "Root Cause (D4)", help="The last why: what has to change so that it cannot come back."
    )
    why_escaped = fields.Char(
        "Why Nobody Noticed", help="Which check should have found it before the customer."
    )
    lesson = fields.Text(
        "Lesson Learned", help="What others should know; offered to the summary of the period."
    )
    action_ids = fields.One2many("customer.complaint.action", "complaint_id", string="Actions", copy=False)
    action_count = fields.Integer(compute="_compute_actions", string="All Actions")
    action_open_count = fields.Integer(compute="_compute_actions", string="Planned Actions")
    needs_action = fields.Boolean(compute="_compute_needs_action", help="By its kind or its severity.")

    @api.depends("action_ids.state")
    def _compute_actions(self):
        counts = {}
        for complaint, state, count in self.env["customer.complaint.action"]._read_group(
            [("complaint_id", "in", self.ids)], ["complaint_id", "state"], ["__count"]
        ):
            counts[complaint.id, state] = count
        for complaint in self:
            own = {state: count for (one, state), count in counts.items() if one == complaint._origin.id}
            complaint.action_count = sum(own.values())
            complaint.action_open_count = own.get("planned", 0)

    @api.depends("severity", "is_justified", "kind_id.needs_action", "company_id")
    def _compute_needs_action(self):
        levels = [code for code, _label in SEVERITIES]
        for complaint in self:
            least = complaint.company_id.customer_service_action_severity
            severe = least in levels and levels.index(complaint.severity or "normal") >= levels.index(least)
            justified = complaint.is_justified in ("yes", "partly")
            complaint.needs_action = justified and bool(severe or complaint.kind_id.needs_action)

    def _missing_for(self, stage):
        """Override: a complaint that needs an action is not closed without one."""
        missing = super()._missing_for(stage)
        if stage == "closed" and self.needs_action:
            planned = self.action_ids.filtered(
                lambda action: action.kind != "containment" and action.state != "dropped"
            )
            if not planned:
                missing.append(self.env._("Plan at least one action that corrects or prevents the cause."))
        return missing

    def action_open_actions(self):
        """Show the actions of the complaint."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_service.prevention_action")
        return {
            **action,
            "domain": [("complaint_id", "=", self.id)],
            "context": {"default_complaint_id": self.id},
        }
