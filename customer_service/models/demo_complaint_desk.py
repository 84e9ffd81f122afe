from datetime import timedelta

from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# What the departments say in the story, by the box of the handling sheet.
OPINIONS = {
    "office": _lt("Registered; the customer is to hear from us within two days."),
    "quality": _lt("Two of three samples show the same fault."),
    "production": _lt("The batch was assembled by a new shift; the work instruction is being changed."),
}
# Which department caused it, by the cause, where the causes do not say so.
DEPARTMENTS = {
    "transit": "warehouse",
    "packing": "warehouse",
    "picking": "warehouse",
    "late": "warehouse",
    "price": "sales",
    "attitude": "sales",
}
# What the customers ask for, by kind.
CLAIMS = {
    "quality": {"claim_discount": 10, "claim_other": _lt("A written report of the cause")},
    "quantity_short": {"claim_other": _lt("Deliver the rest")},
    "late_delivery": {"claim_amount": 150},
    "transit_damage": {"claim_quantity": 3},
    "price_invoice": {"claim_discount": 5},
    "wrong_goods": {"claim_quantity": 8},
}


class CustomerComplaint(models.Model):
    """What the desk adds to the complaints of the demo: evidence, opinions, and what the customer said."""

    _inherit = "customer.complaint"

    def _demo_prepare(self, stage, cause):
        """Override of customer service: the evidence is there, the departments have answered."""
        result = super()._demo_prepare(stage, cause)
        if stage == "assess":
            for number, proof in enumerate(self.proof_ids):
                if proof.form == "photo" and not number:
                    name = f"{self.name}.txt"
                    proof.attachment_ids = self.env["ir.attachment"].create(
                        {"name": name, "raw": b"Picture of the goods, sent by the customer"}
                    )
                elif proof.is_required:
                    proof.note = "Fang Min"
        elif stage == "agree":
            while self.opinion_ids.filtered(lambda one: one.state == "asked"):
                for opinion in self.opinion_ids.filtered(lambda one: one.state == "asked"):
                    asked = opinion.with_user(opinion.user_id)
                    said = OPINIONS.get(opinion.role, OPINIONS["quality"])
                    asked.opinion = self._demo_said(said)
                    asked.action_answer()
            self.department_id = self.sudo().cause_id.department_id or self.env.ref(
                f"customer_service.department_{DEPARTMENTS.get(cause, 'quality')}"
            )
        elif stage == "closed":
            self.customer_response = self.env._("Content with the way it was handled.")
        return result

    @api.model
    def _demo_said(self, text):
        """Return a lazy text of the demo in the language in which it is told."""
        return text._translate(self.env.lang)

    def _demo_go(self, until, cause):
        """Override of customer service: the customer has said what it wants."""
        claims = dict(CLAIMS.get(self.kind_id.code, {}))
        if "claim_other" in claims:
            claims["claim_other"] = self._demo_said(claims["claim_other"])
        self.write(claims)
        return super()._demo_go(until, cause)

    def _demo_backdate(self, until=None):
        """Override of customer service: the opinions were given while the complaint was assessed."""
        result = super()._demo_backdate(until)
        start = self.sudo().stage_ids.filtered(lambda row: row.stage == "assess").entered_on
        calendar = self.team_id._calendar(self.company_id)
        for number, opinion in enumerate(self.sudo().opinion_ids.filtered("asked_on")):
            asked = start + timedelta(hours=18 * number)
            due = calendar.plan_hours(opinion.days * calendar.hours_per_day, asked, compute_leaves=True)
            opinion.write({"asked_on": asked, "due_on": due})
            if opinion.state == "answered":
                answered = asked + timedelta(hours=16)
                hours = calendar.get_work_hours_count(asked, answered)
                opinion.write({"answered_on": answered, "hours": hours})
        return result
