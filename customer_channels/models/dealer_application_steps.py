from odoo import fields, models
from odoo.exceptions import UserError

from ..exceptions import ApplicationError


class CustomerDealerApplication(models.Model):
    """The steps of an application: survey, approval, registration."""

    _inherit = "customer.dealer.application"

    # Survey

    def action_survey(self):
        """Open the survey of the applicant; draft it first, by the template of the dealer type.

        :raises ApplicationError: when nobody is named who could be surveyed
        """
        self.ensure_one()
        if not self.assessment_id or self.assessment_id.sudo().state == "cancelled":
            self.check_access("write")
            self._ensure_partner()
            self.assessment_id = self.env["customer.assessment"].create(
                {
                    "template_id": self.type_id._survey_template().id,
                    "partner_id": self.partner_id.id,
                    "company_id": self.company_id.id,
                }
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.assessment",
            "res_id": self.assessment_id.id,
            "views": [(False, "form")],
        }

    def _ensure_partner(self):
        """Make the customer of the lead, where the application has no applicant yet."""
        for application in self.filtered(lambda one: not one.partner_id):
            # Who may write the application brings its lead on, whether it sees leads or not.
            lead = application.lead_id.sudo()
            if not lead:
                raise ApplicationError(
                    self.env._("Say who applies: choose a customer or a lead for %s.", application.name)
                )
            partner = lead.partner_id or lead._create_customer()
            lead.partner_id = partner
            application.partner_id = partner.commercial_partner_id

    def action_compare(self):
        """Show the surveys of these applicants side by side, the best first.

        :raises UserError: when there are fewer than two surveys, or surveys by different templates
        """
        return self.assessment_id.action_compare()

    def action_open_dealer(self):
        """Open the dealer that came of the application."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.dealer",
            "res_id": self.dealer_id.id,
            "views": [(False, "form")],
        }

    # Approval

    def _approval_amount(self):
        """Override: what it commits itself to buy in a year."""
        self.ensure_one()
        return self.committed_sales, self.currency_id

    def _approval_check(self):
        """Override: the applicant is named and no dealer yet, was surveyed and found suitable.

        :raises ApplicationError: saying what is missing
        """
        self._ensure_partner()
        for company, applications in self.grouped("company_id").items():
            dealers = self.env["customer.dealer"]._of(applications.partner_id, company)
            for application in applications:
                application._check_applicant(dealers[application.partner_id.id])
                application._check_survey()
                application._check_funds()
        return super()._approval_check()

    def _check_applicant(self, dealer):
        if self.partner_id != self.partner_id.commercial_partner_id:
            raise ApplicationError(
                self.env._(
                    "“%(contact)s” is a contact of %(company)s. The company applies.",
                    contact=self.partner_id.name,
                    company=self.partner_id.commercial_partner_id.name,
                )
            )
        if dealer and not dealer.closed_on:
            raise ApplicationError(
                self.env._(
                    "%(partner)s is dealer %(code)s already: change its registration or its contract instead.",
                    partner=self.partner_id.name,
                    code=dealer.code,
                )
            )
        if not self.committed_sales:
            raise ApplicationError(
                self.env._("Enter what %s commits itself to buy in a year.", self.partner_id.name)
            )

    def _check_survey(self):
        """:raises ApplicationError: without a finished survey of the applicant that lets it in"""
        survey, company = self.assessment_id.sudo(), self.company_id
        if self.survey_result in ("none", "draft") or survey.partner_id != self.partner_id:
            raise ApplicationError(
                self.env._(
                    "%s has no finished survey: make one by “Survey” and finish it.", self.partner_id.name
                )
            )
        if self.survey_result == "refuse":
            raise ApplicationError(
                self.env._(
                    "The survey of %(partner)s gives %(score)s of 100 points; from %(least)s on it may become a "
                    "dealer. %(veto)s",
                    partner=self.partner_id.name,
                    score=f"{survey.score:g}",
                    least=f"{company.customer_dealer_score_conditional:g}",
                    veto=survey.cap_reason or "",
                ).strip()
            )
        if self.survey_result == "conditional" and not (self.conditions or "").strip():
            raise ApplicationError(
                self.env._(
                    "The survey of %(partner)s gives %(score)s of 100 points: below %(most)s, say on which "
                    "conditions it becomes a dealer.",
                    partner=self.partner_id.name,
                    score=f"{survey.score:g}",
                    most=f"{company.customer_dealer_score_approve:g}",
                )
            )

    def _check_funds(self):
        short = self.currency_id.compare_amounts(self.funds_short, 0) > 0
        if short and self.company_id.customer_dealer_funds_rule == "refuse":
            known = self.env["customer.approval"]
            raise ApplicationError(
                self.env._(
                    "%(partner)s brings %(funds)s; %(needed)s is needed for what it commits itself to: "
                    "%(short)s is missing.",
                    partner=self.partner_id.name,
                    funds=known._format(self.funds, self.currency_id),
                    needed=known._format(self.funds_needed, self.currency_id),
                    short=known._format(self.funds_short, self.currency_id),
                )
            )

    def _approval_summary(self):
        """Override: the columns of the form, and what an approver should look at."""
        self.ensure_one()
        known, labels = self.env["customer.approval"], self._labels()
        money = {
            name: self[name] and known._format(self[name], self.currency_id)
            for name in ("capital", "turnover", "committed_sales", "funds", "funds_short")
        }
        texts = {
            "partner_id": self.partner_id.display_name,
            "type_id": self.type_id.name,
            "scope": labels["scope"].get(self.scope),
            "level": labels["level"].get(self.level),
            "area_ids": ", ".join(self.area_ids.mapped("complete_name")),
            "conflict": self.conflict,
            "categ_ids": ", ".join(self.categ_ids.mapped("complete_name")),
            "licence": self.licence,
            "founded_on": self.founded_on and known._format_day(self.founded_on),
            "staff": self.staff and str(self.staff),
            "outlets": self.outlets and str(self.outlets),
            "storage": self.storage,
            "brands": self.brands,
            **money,
            "plan": self.plan,
            "score": self.survey_result not in ("none", "draft") and f"{self.score:g}",
            "survey_result": labels["survey_result"].get(self.survey_result),
            "conditions": self.conditions,
        }
        facts = [(self._fields[name]._description_string(self.env), text) for name, text in texts.items()]
        facts.append((self.env._("Attachments"), self._attachment_names()))
        return [(label, text) for label, text in facts if text]

    def _attachment_names(self):
        """Return the names of what is attached, a line each."""
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id), ("res_field", "=", False)]
        return "\n".join(self.env["ir.attachment"].search(domain).mapped("name"))

    def _labels(self):
        names = ("scope", "level", "survey_result")
        return {name: dict(self._fields[name]._description_selection(self.env)) for name in names}

    def _approval_granted(self):
        """Override: the applicants are registered as dealers, once, whoever approves how often.

        :raises ApplicationError: when a survey was cancelled meanwhile
        """
        for company, applications in self.grouped("company_id").items():
            dealers = self.env["customer.dealer"]._of(applications.partner_id, company)
            for application in applications:
                application._check_survey()
                application._enrol(dealers[application.partner_id.id])
        return super()._approval_granted()

    def _enrol(self, dealer):
        """Register the applicant: as a new dealer, or again when it was closed; another part may have done it."""
        server = self.sudo()
        values = {
            "type_id": server.type_id.id,
            "level": server.level,
            "area_id": server.area_ids[:1].id,
            "parent_id": server.parent_id.id,
        }
        if dealer.closed_on:
            today = fields.Date.context_today(self)
            dealer.write({**values, "closed_on": False, "date_registered": today})
        elif not dealer:
            dealer = dealer.create(
                {**values, "partner_id": server.partner_id.id, "company_id": server.company_id.id}
            )
        server._approval_write({"dealer_id": dealer.id})
        message = self.env._("Registered by application %s.", server.name)
        dealer.message_post(body=message)

    def action_open_conflicts(self):
        """Open the territories that others have.

        :raises UserError: when there are none
        """
        self.ensure_one()
        taken = self._taken()[self]
        if not taken:
            raise UserError(self.env._("Nobody has a wanted area on its own."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Taken Already"),
            "res_model": "customer.dealer.contract",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", taken.contract_id.ids)],
        }
