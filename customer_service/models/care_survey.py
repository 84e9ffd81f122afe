from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class CustomerCareRule(models.Model):
    """Questionnaires as care: after a delivery, after service, or on any other occasion (domain 8.9).

    Nobody is asked again within the company's days of rest, whoever asked before, and nobody who declined.
    """

    _inherit = "customer.care.rule"

    survey_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        ondelete="restrict",
        domain=[("satisfaction_kind", "!=", False)],
        help="Sent to who gets it, unless it was asked something within the days of rest of the company.",
    )

    _survey_named = models.Constraint(
        "CHECK(channel <> 'survey' OR survey_id IS NOT NULL)", "Choose the questionnaire."
    )

    @api.constrains("survey_id", "channel")
    def _check_survey_id(self):
        for rule in self.filtered(lambda one: one.channel == "survey"):
            survey = rule.survey_id.sudo()
            if not survey.satisfaction_kind or survey.access_mode != "token":
                raise ValidationError(
                    self.env._(
                        "“%s” is no questionnaire about satisfaction that only invited people can answer.",
                        survey.title or "",
                    )
                )

    @api.onchange("channel", "kind")
    def _onchange_survey_id(self):
        """Propose the questionnaire of the occasion."""
        if self.channel == "survey" and not self.survey_id:
            kind = self.kind if self.kind in ("complaint", "service") else "transaction"
            self.survey_id = self.env["survey.survey"].search([("satisfaction_kind", "=", kind)], limit=1)

    def _wanted(self, company):
        """Override: of questionnaires also that the contact was left in peace for long enough."""
        conditions = super()._wanted(company)
        days = company.customer_satisfaction_gap_days
        if self.channel != "survey" or not days:
            return conditions
        return SQL(
            """%s AND NOT EXISTS (SELECT FROM customer_satisfaction_invitation i
                                   WHERE i.partner_id = p.id AND i.company_id = %s AND i.sent_on > o.date - %s)""",
            conditions,
            company.id,
            days,
        )

    def _occasions_service(self, company, today):
        """Return the service requests that were done some days ago; a reopened one is a new occasion."""
        done = SQL("(request.date_done AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", self._zone(company))
        return SQL(
            """
            SELECT COALESCE(request.contact_id, request.partner_id) AS partner_id,
                   'service-' || request.id || '-' || COALESCE(request.reopen_count, 0) AS occasion,
                   %(done)s + %(start)s AS date, %(done)s + %(stop)s AS date_to,
                   NULL::integer AS picking_id, request.complaint_id AS complaint_id
              FROM customer_service_request request
             WHERE request.state IN ('done', 'signed', 'closed') AND request.company_id = %(company)s
               AND request.date_done >= %(oldest)s
               AND %(done)s + %(start)s <= %(last)s AND %(done)s + %(stop)s >= %(today)s
            """,
            done=done,
            start=self.day_from,
            stop=self.day_to,
            company=company.id,
            oldest=fields.Date.subtract(today, days=self.day_to + 2),
            last=fields.Date.add(today, days=self.lead_days),
            today=today,
        )


class CustomerCare(models.Model):
    """How questionnaires of care go out: as invitations, in the hours in which customers are written to."""

    _inherit = "customer.care"

    satisfaction_invitation_ids = fields.One2many(
        "customer.satisfaction.invitation", "care_id", string="Asked", readonly=True
    )

    @api.model
    def _cron_mail(self):
        """Override: and the questionnaires that are due, a batch at a time."""
        result = super()._cron_mail()
        cron = self.env["ir.cron"]
        for company in self.env["res.company"].search([("active", "=", True)]):
            if not self._may_write(company, fields.Datetime.now()):
                continue
            while batch := self._due_by("survey", company):
                batch._ask()
                if not cron._commit_progress(len(batch)):
                    return result
        return result

    def _ask(self):
        """Send questionnaires to who still wants them and was left in peace for long enough. As the system."""
        for company, cares in self.grouped("company_id").items():
            today, days = fields.Date.context_today(self), company.customer_satisfaction_gap_days
            invitations = self.env["customer.satisfaction.invitation"].sudo()
            asked = invitations._recently_asked(cares.partner_id, company, days, today)
            for care in cares.sorted("id"):
                late = care.date_to and care.date_to < today
                if reason := late and self.env._("Too late") or care._refusal():
                    care._skip(reason)
                elif care.partner_id in asked:
                    care._skip(self.env._("Asked not long ago"))
                else:
                    invitations |= invitations.create(care._invitation_values(today))
                    # With days of rest, one questionnaire is all that a contact gets of a batch.
                    asked |= care.partner_id if days else asked
            invitations._ask()
            invitations.filtered(lambda one: one.state == "sent").care_id._finish()
            refused = invitations.filtered(lambda one: one.state != "sent").care_id
            refused._skip(self.env._("Declined by the customer"))

    def _invitation_values(self, today):
        """Return the invitation to the questionnaire of the rule."""
        customer = self.commercial_partner_id.with_company(self.company_id)
        return {
            "care_id": self.id,
            "company_id": self.company_id.id,
            "survey_id": self.rule_id.survey_id.id,
            "partner_id": self.partner_id.id,
            "grade_id": customer.customer_grade_id.id,
            "area_id": self.env["customer.area"]._locate(customer, self.company_id)[customer.id].id,
            "send_on": today,
        }


class CustomerSatisfactionInvitation(models.Model):
    """Invitations know the care that they are."""

    _inherit = "customer.satisfaction.invitation"

    care_id = fields.Many2one(
        "customer.care", readonly=True, index="btree_not_null", ondelete="set null", check_company=True
    )

    _once_a_care = models.UniqueIndex("(care_id) WHERE care_id IS NOT NULL", "Care asks once.")
