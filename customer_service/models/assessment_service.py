from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# An item that earns less than this part of its points is weak: below 3 of 5.
WEAK = 0.6
# Days to mend what an inspection found.
MEND_DAYS = 30


class CustomerAssessmentTemplate(models.Model):
    """Templates may be about our own service team, and not about a customer."""

    _inherit = "customer.assessment.template"

    subject = fields.Selection(
        selection_add=[("service_team", "Our Service Team")], ondelete={"service_team": "set default"}
    )


class CustomerAssessment(models.Model):
    """Inspections of customer service: a team is judged, and what is weak is mended. (form 8.6)"""

    _inherit = "customer.assessment"

    service_team_id = fields.Many2one(
        "customer.service.team",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    service_action_ids = fields.One2many(
        "customer.complaint.action", "assessment_id", string="Actions", readonly=True
    )

    def _typed(self, vals):
        """Override of customer management: the team is chosen by the assessor."""
        team = {"service_team_id": vals["service_team_id"]} if "service_team_id" in vals else {}
        rest = {name: value for name, value in vals.items() if name != "service_team_id"}
        return {**super()._typed(rest), **team}

    def _subject_name(self):
        """Override of customer management to name the team."""
        return self.service_team_id.sudo().name or super()._subject_name()

    @api.depends("service_team_id.name")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.constrains("partner_id", "template_id", "service_team_id")
    def _check_subject(self):
        """Override of customer management: a team is judged by a template about teams, without a customer."""
        for assessment in self:
            about_team = assessment.template_id.subject == "service_team"
            if about_team and (not assessment.service_team_id or assessment.partner_id):
                raise ValidationError(
                    self.env._("Choose the service team that is inspected, and no customer.")
                )
            if assessment.service_team_id and not about_team:
                raise ValidationError(
                    self.env._(
                        "“%(template)s” is not about service teams: choose a template that is, or no team.",
                        template=assessment.template_id.name,
                    )
                )
        return super()._check_subject()

    def action_finish(self):
        """Override of customer management: an inspection that was not passed asks for actions."""
        done = super().action_finish()
        self.filtered("service_team_id")._mend()
        return done

    def _mend(self):
        """Plan an action for each weak item of the inspections that were not passed, for the leader of the team."""
        today = fields.Date.context_today(self)
        values = []
        for assessment in self.sudo():
            least = assessment.company_id.customer_service_inspection_pass
            if not assessment.has_score or assessment.score >= least:
                continue
            owner = assessment.service_team_id.user_id or assessment.user_id
            values += [
                {
                    "name": self.env._("Mend: %s", line.name),
                    "kind": "corrective",
                    "assessment_id": assessment.id,
                    "problem": line.note or False,
                    "user_id": owner.id,
                    "date_due": today + timedelta(days=MEND_DAYS),
                }
                for line in assessment._weak_lines()
            ]
        return self.env["customer.complaint.action"].sudo().create(values)

    def _weak_lines(self):
        """Return the answers that earned less than 3 of 5; without any, the lowest one."""
        answered = self.line_ids.filtered(lambda line: line.has_result and line.weight)
        shares = {line: line.points / line.points_max for line in answered}
        weak = answered.filtered(lambda line: shares[line] < WEAK)
        return weak or answered.sorted(lambda line: shares[line])[:1]
