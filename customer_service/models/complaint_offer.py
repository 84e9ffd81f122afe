from odoo import fields, models


class CustomerComplaint(models.Model):
    """What a customer is offered, on its page: it accepts or declines there."""

    _inherit = "customer.complaint"

    def _portal_offer(self):
        """Override: the proposals that were offered and wait for an answer."""
        offered = self.remedy_ids.filtered(lambda remedy: remedy.state == "offered")
        if not offered:
            return super()._portal_offer()
        return {"lines": [line._words() for line in offered.line_ids], "text": ""}

    def _portal_offer_answer(self, accepted, reason):
        """Override: note the answer; what was clicked on the page is kept as evidence."""
        offered = self.remedy_ids.filtered(lambda remedy: remedy.state == "offered")
        for remedy in offered:
            remedy.answer = reason or self.env._("Accepted on its page in the portal.")
            if accepted:
                remedy._keep_acceptance()
                remedy.action_accept()
            else:
                remedy.action_decline()
        return super()._portal_offer_answer(accepted, reason)


class CustomerComplaintRemedy(models.Model):
    """The evidence of an answer that was given in the portal."""

    _inherit = "customer.complaint.remedy"

    def _keep_acceptance(self):
        """Attach what was offered and accepted in the portal, and when."""
        self.ensure_one()
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        lines = "\n".join(line._words() for line in self.line_ids)
        text = self.env._(
            "%(remedy)s\n%(lines)s\n\nAccepted in the portal on %(moment)s.\n%(answer)s",
            remedy=self.display_name,
            lines=lines,
            moment=now.strftime("%Y-%m-%d %H:%M %Z"),
            answer=self.answer or "",
        )
        attachment = self.env["ir.attachment"].create(
            {
                "name": self.env._("Accepted in the portal.txt"),
                "raw": text.encode(),
                "mimetype": "text/plain",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.document_ids += attachment
