from odoo import api, fields, models

from ..exceptions import AssessmentIncompleteError, AssessmentStateError
from ..tools import exact


class CustomerAssessment(models.Model):
    """The steps of an assessment: finished by its assessor, cancelled by a manager."""

    _inherit = "customer.assessment"

    def _ensure_draft(self):
        """Raise unless all are drafts.

        :raises AssessmentStateError: naming the first that is not
        """
        for assessment in self.sudo():
            if assessment.state != "draft":
                raise AssessmentStateError(
                    self.env._(
                        "%(name)s is finished or cancelled: nobody changes it any more. A manager may cancel it, and "
                        "anybody may assess the customer again.",
                        name=assessment.display_name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        self._ensure_draft()

    def action_finish(self):
        """Finish: from now on nobody changes it.

        :raises AssessmentIncompleteError: saying all that is missing
        """
        self.check_access("write")
        self._ensure_draft()
        self.sudo().lock_for_update(allow_referencing=True)
        for assessment in self:
            missing = assessment._missing()
            if missing:
                raise AssessmentIncompleteError(
                    self.env._("%(name)s cannot be finished yet:", name=assessment.display_name)
                    + "".join(f"\n• {text}" for text in missing)
                )
        self._keep_evidence()
        self.sudo().write(
            {"state": "done", "finished_by": self.env.uid, "finished_on": fields.Datetime.now()}
        )

    def _missing(self):
        """Return what keeps the assessment from being finished, a sentence each."""
        self.ensure_one()
        unanswered = self.line_ids.filtered(lambda line: line.rule["required"] and not line.has_result)
        bare = self.line_ids.filtered(lambda line: line.rule["evidence"] and not line.attachment_ids)
        figures = self.figure_ids.filtered(lambda row: row.required and not row.is_known)
        texts = {
            self.env._("Required answers are missing: %s."): unanswered,
            self.env._("Required figures are missing: %s."): figures,
            self.env._("Answers without the evidence that they need: %s."): bare,
        }
        found = [text % ", ".join(rows.mapped("name")) for text, rows in texts.items() if rows]
        return found + self._missing_coverage()

    def _missing_coverage(self):
        """Say how much is known and how much must be, when that is too little and the template refuses it."""
        result, answers = self._result()
        least = exact(self.rules.get("coverage_min") or 0)
        if self.rules.get("below_coverage") == "unrated" or (
            result.exact is not None and result.coverage >= least
        ):
            return []
        names = [answer.key.name for answer in answers if answer.share is None and answer.weight]
        return [
            self.env._(
                "Too little is known for a score: known %(known)s of %(total)s, needs %(least)s; missing: %(names)s.",
                known=f"{float(result.known):g}",
                total=f"{float(result.total):g}",
                least=f"{float(result.total * least / 100):g}",
                names=", ".join(names) or "–",
            )
        ]

    def _keep_evidence(self):
        """Bind the attachments to their lines, so that who sees one sees the other, and nobody deletes them."""
        for line in self.sudo().line_ids.filtered("attachment_ids"):
            line.attachment_ids.write({"res_model": line._name, "res_id": line.id})

    def action_ask_cancel(self):
        """Ask for the reason to cancel."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cancel Assessment"),
            "res_model": "customer.assessment.cancel",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_assessment_ids": self.ids},
        }

    def _cancel(self, reason):
        """Cancel finished assessments.

        :param str reason: why
        :raises AssessmentStateError: without a reason, by somebody who is no manager, or in another state
        """
        reason = (reason or "").strip()
        if not reason:
            raise AssessmentStateError(self.env._("Say why the assessment is cancelled."))
        if not self.env.user.has_group("customer_management.group_customer_manager"):
            raise AssessmentStateError(self.env._("Only a manager cancels a finished assessment."))
        self.check_access("read")
        for assessment in self:
            if assessment.state != "done":
                raise AssessmentStateError(
                    self.env._(
                        "%s is not finished: only a finished assessment is cancelled.",
                        assessment.display_name,
                    )
                )
        self.sudo().write({"state": "cancelled", "cancel_reason": reason})
        for assessment in self:
            assessment.message_post(body=self.env._("Cancelled: %s", reason))

    def action_compare(self):
        """Show up to six assessments by the same template side by side."""
        comparison = self.env["customer.assessment.comparison"]._of(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Comparison"),
            "res_model": comparison._name,
            "res_id": comparison.id,
            "views": [(False, "form")],
        }
