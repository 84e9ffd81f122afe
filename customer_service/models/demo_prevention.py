from datetime import timedelta

from odoo import api, fields, models

# Complaint or possible complaint, kind, what, days ago it was done (None: planned), evidence.
ACTIONS = (
    ("complaint_hood", "containment", "Sort the 40 hoods in stock by ear", 40, "28 good, 12 taken out"),
    (
        "complaint_hood",
        "corrective",
        "Torque each fan screw to 4 Nm",
        36,
        "Torque sheet of the line, 14 days",
    ),
    ("complaint_short", "corrective", "Count a second time when loading", 20, "Loading lists with two names"),
    ("complaint_late", "preventive", "Confirm a day only after a look at the stock", None, None),
    (
        "complaint_cord",
        "containment",
        "Stop the sale of kettles with the new cord",
        8,
        "Stop note, stock locked",
    ),
    ("complaint_cord", "corrective", "Test cords for an hour under load", None, None),
    ("risk_glass", "preventive", "Corner guards, and no more than four layers", 70, "Packing instruction 12"),
    ("risk_price", "preventive", "Price lists take effect on the first of a month only", None, None),
)
# Which of them the complaints of the story show to have failed: the hoods rattle again.
FAILED = "complaint_rattle"
CHECK = {
    "rules": (4, "Rules on the wall; two of five people knew the level for urgent ones"),
    "records": (3, "Three calls of the week were on paper only"),
    "training": (2, "No training since spring"),
    "attitude": (4, "Ten sample calls, all friendly"),
    "response": (3, "Telephone rang nine times at noon"),
    "timeliness": (4, "One of twelve late"),
    "callback": (2, "Called back half of the closed ones"),
    "site": (4, "Clean; one demonstration model broken"),
}
SUGGESTIONS = (
    ("beihai", "Print the pieces per carton on the label", "product", 18, 20000, "done"),
    ("jiangnan", "Send the delivery note by mail the evening before", "delivery", 8, 6000, "screened"),
    ("panda", "One price list for all kitchen sets", "price", 3, 0, "submitted"),
    ("silkroad", "Open the hotline on Sundays", "service", 30, 0, "declined"),
)


class CustomerDemoStory(models.AbstractModel):
    """What was done against complaints, and what was learned."""

    _inherit = "customer.demo.story"

    @api.model
    def _prevent(self):
        """Plan and carry out actions, check one, inspect the team, hear suggestions, and sum up a month."""
        company = self.env.ref("base.main_company")
        boss = self.env.ref("customer_management.user_chenjing")
        story = self.with_user(boss).with_company(company).with_context(tracking_disable=True)
        story._prevent_actions()
        story._inspect()
        story._suggest()
        story._analyse()

    def _prevent_actions(self):
        today, actions = fields.Date.today(), self.env["customer.complaint.action"]
        for origin, kind, name, ago, evidence in ACTIONS:
            record = self.env.ref(f"customer_service.{origin}")
            link = {"complaint_id" if origin.startswith("complaint") else "risk_id": record.id}
            action = actions.create({**link, "name": name, "kind": kind, "evidence": evidence})
            if ago:
                action.action_done()
                check = action.check_on and action.check_on - timedelta(days=ago)
                done = {"done_on": today - timedelta(days=ago), "check_on": check, "date_due": today}
                action.sudo().write({**done, "date_due": today - timedelta(days=ago)})
            actions += action
        # The hoods rattle again: found at once, by the complaint that comes after the first one.
        again = self.env.ref(f"customer_service.{FAILED}")
        again.follows_id = self.env.ref("customer_service.complaint_hood")
        watched = actions.filtered("check_on").sudo()
        found = actions.sudo()._came_back(watched)
        watched.filtered(lambda action: action in found)._judge(found)
        complaint = self.env.ref("customer_service.complaint_hood")
        complaint.write(
            {
                "problem": self.env._("Hoods of one batch rattle at full speed; other batches do not."),
                "why_1": self.env._("The fan touches its guard."),
                "why_2": self.env._("Its screws work loose."),
                "why_5": self.env._("No torque is given for the screws."),
                "lesson": self.env._("A part that turns needs a torque in its work instruction."),
            }
        )

    def _inspect(self):
        template = self.env.ref("customer_service.assessment_template_service")
        assessment = self.env["customer.assessment"].create(
            {
                "template_id": template.id,
                "service_team_id": self.env.ref("customer_service.service_team").id,
                "opinion": self.env._("Friendly people, little order. Train, and call back."),
            }
        )
        lines = {line.rule["id"]: line for line in assessment.line_ids}
        for name, (value, note) in CHECK.items():
            line = lines[self.env.ref(f"customer_service.assessment_template_service_{name}").id]
            line.write({"value": value, "is_known": True, "note": note})
        assessment.action_finish()

    def _suggest(self):
        today = fields.Date.today()
        for customer, summary, area, ago, benefit, until in SUGGESTIONS:
            one = self.env["customer.service.suggestion"].create(
                {
                    "partner_id": self.env.ref(f"customer_management.partner_{customer}").id,
                    "summary": summary,
                    "area": area,
                    "date_received": today - timedelta(days=ago),
                    "benefit_estimate": benefit,
                    "user_id": self.env.uid,
                }
            )
            if until != "submitted":
                one.action_screen()
            if until in ("done", "declined"):
                one.answer = self.env._("Thank you. We thought it over together with the people concerned.")
                one.action_decline() if until == "declined" else one.action_adopt()
                one.action_tell()
            if until == "done":
                one.result = self.env._("Printed on all labels since this month.")
                one.action_done()

    def _analyse(self):
        paretos = self.env["customer.complaint.pareto"]
        paretos.create({"name": self.env._("Complaints by department"), "by": "department"})
        pareto = paretos.create({"name": self.env._("Complaints by cause"), "by": "cause"})
        pareto.line_ids[:1].action = self.env._("Torque and cords first: 8D on both")
        summary = self.env["customer.complaint.summary"].create(
            {
                "case_id": self.env.ref("customer_service.complaint_hood").id,
                "lessons": self.env._("Half of the complaints begin in the warehouse and not at the maker."),
                "rules_changed": self.env._("Loading lists carry two names."),
                "goals": self.env._("No missing pieces; every closed complaint is called back."),
            }
        )
        summary.action_close()


class CustomerComplaint(models.Model):
    """How the demo closes a complaint that needs an action."""

    _inherit = "customer.complaint"

    def _demo_prepare(self, stage, cause):
        """Override: an action where one is needed."""
        done = super()._demo_prepare(stage, cause)
        if stage == "closed" and self.needs_action and not self.action_ids:
            self.action_ids.create(
                {"name": self.env._("Check it before it leaves the house"), "complaint_id": self.id}
            )
        return done
