from odoo import models

# What the departments say in the story, by the box of the handling sheet.
OPINIONS = {
    "office": "Registered; the customer is to hear from us within two days.",
    "quality": "Two of three samples show the same fault.",
    "production": "The batch was assembled by a new shift; the work instruction is being changed.",
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
                    opinion.opinion = OPINIONS.get(opinion.role, OPINIONS["quality"])
                    opinion.action_answer()
            self.department_id = self.sudo().cause_id.department_id or self.env.ref(
                "customer_service.department_quality"
            )
        elif stage == "closed":
            self.customer_response = "Content with the way it was handled."
        return result
