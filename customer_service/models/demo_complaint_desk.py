from datetime import timedelta

from odoo import models

# What the departments say in the story, by the box of the handling sheet.
OPINIONS = {
    "office": "Registered; the customer is to hear from us within two days.",
    "quality": "Two of three samples show the same fault.",
    "production": "The batch was assembled by a new shift; the work instruction is being changed.",
}


# What the customers ask for, by kind.
CLAIMS = {
    "quality": {"claim_discount": 10, "claim_other": "A written report of the cause"},
    "quantity_short": {"claim_other": "Deliver the rest"},
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
                    asked.opinion = OPINIONS.get(opinion.role, OPINIONS["quality"])
                    asked.action_answer()
            self.department_id = self.sudo().cause_id.department_id or self.env.ref(
                "customer_service.department_quality"
            )
        elif stage == "closed":
            self.customer_response = "Content with the way it was handled."
        return result

    def _demo_go(self, until, cause):
        """Override of customer service: the customer has said what it wants."""
        self.write(CLAIMS.get(self.kind_id.code, {}))
        return super()._demo_go(until, cause)

    def _demo_backdate(self):
        """Override of customer service: the opinions were given while the complaint was assessed."""
        result = super()._demo_backdate()
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
