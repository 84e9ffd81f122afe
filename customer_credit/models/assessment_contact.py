from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerAssessmentTemplate(models.Model):
    """Templates may be about a person of the customer."""

    _inherit = "customer.assessment.template"

    subject = fields.Selection(
        selection_add=[("contact", "Person at the Customer")], ondelete={"contact": "set default"}
    )


class ResPartner(models.Model):
    """What is thought of a person is not what is thought of the customer."""

    _inherit = "res.partner"

    @api.model
    def _customer_assessment_domain(self):
        """Override of customer management to leave out the assessments of people."""
        return [*super()._customer_assessment_domain(), ("contact_id", "=", False)]


class CustomerAssessment(models.Model):
    """Assessments of the people whom we deal with at a customer: seen by credit controllers only.

    Facts of dealings only, as the law on personal information asks. (domain 4.1: staff credit sheet)
    """

    _inherit = "customer.assessment"

    contact_id = fields.Many2one(
        "res.partner",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('commercial_partner_id', '=', partner_id), ('id', '!=', partner_id)]",
    )
    contact_name = fields.Char(string="Name", related="contact_id.name")
    contact_function = fields.Char(string="Post", related="contact_id.function")

    def _typed(self, vals):
        """Override of customer management: the person is chosen by the assessor."""
        contact = {"contact_id": vals["contact_id"]} if "contact_id" in vals else {}
        rest = {name: value for name, value in vals.items() if name != "contact_id"}
        return {**super()._typed(rest), **contact}

    def _subject_name(self):
        """Override of customer management to name the person."""
        name = super()._subject_name()
        return f"{self.contact_id.name} ({name})" if self.contact_id else name

    @api.depends("contact_id.name")
    def _compute_display_name(self):
        return super()._compute_display_name()

    @api.constrains("partner_id", "template_id", "contact_id")
    def _check_subject(self):
        """Override of customer management: a person is assessed as a person of the customer."""
        for assessment in self:
            person = assessment.contact_id
            if assessment.template_id.subject == "contact" and not (assessment.partner_id and person):
                raise ValidationError(self.env._("Choose the customer and the person that is assessed."))
            if person and (
                person.commercial_partner_id != assessment.partner_id or person == assessment.partner_id
            ):
                raise ValidationError(
                    self.env._(
                        "“%(person)s” is no contact of “%(customer)s”: choose somebody who works there.",
                        person=person.name,
                        customer=assessment.partner_id.name or "–",
                    )
                )
            if person and assessment.template_id.subject != "contact":
                raise ValidationError(
                    self.env._(
                        "“%(template)s” is not about people: choose a template that is, or no person.",
                        template=assessment.template_id.name,
                    )
                )
        return super()._check_subject()
