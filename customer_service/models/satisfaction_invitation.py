from odoo import api, fields, models


class CustomerSatisfactionInvitation(models.Model):
    """Who is asked, when, and whether the answer is there. Written by the steps of the wave and by the job.

    In an anonymous wave the answer is let go of as soon as it is given, and no time of it is kept.
    """

    _name = "customer.satisfaction.invitation"
    _description = "Satisfaction Invitation"
    _order = "wave_id desc, id"
    _rec_name = "partner_id"
    _check_company_auto = True

    wave_id = fields.Many2one(
        "customer.satisfaction.wave", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    quota_id = fields.Many2one(
        "customer.satisfaction.quota", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    complaint_id = fields.Many2one(
        "customer.complaint", readonly=True, index="btree_not_null", ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    survey_id = fields.Many2one(
        "survey.survey", string="Questionnaire", required=True, readonly=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", required=True, readonly=True, index=True, ondelete="cascade"
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", string="Customer", store=True, index=True
    )
    grade_id = fields.Many2one("customer.grade", readonly=True, index="btree_not_null", ondelete="set null")
    area_id = fields.Many2one("customer.area", readonly=True, index="btree_not_null", ondelete="set null")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("sent", "Sent Out"),
            ("answered", "Answered"),
            ("missed", "Not Answered"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="planned",
        index=True,
    )
    send_on = fields.Date("To Be Asked On", required=True, readonly=True)
    sent_on = fields.Datetime("Asked On", readonly=True)
    answered_on = fields.Datetime(readonly=True, help="Not kept for an anonymous answer.")
    reminder_count = fields.Integer("Reminders", readonly=True)
    reminded_on = fields.Datetime(readonly=True)
    # Until the answer is given an anonymous wave needs it too, to remind. Nobody of the business sees it.
    user_input_id = fields.Many2one(
        "survey.user_input",
        string="Answer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )
    mail_id = fields.Many2one(
        "mail.mail",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )

    _once_a_wave = models.UniqueIndex(
        "(wave_id, partner_id) WHERE wave_id IS NOT NULL", "A contact is asked once in a wave."
    )
    _once_a_complaint = models.UniqueIndex(
        "(complaint_id) WHERE complaint_id IS NOT NULL AND state IN ('planned', 'sent')",
        "A complaint has one question about it open.",
    )
    _one_answer = models.UniqueIndex(
        "(user_input_id) WHERE user_input_id IS NOT NULL", "An answer belongs to one invitation."
    )
    _due = models.Index("(send_on) WHERE state = 'planned'")

    @api.model
    def _counts(self, field, ids):
        """Return how many were invited, asked and have answered: ``{id: {"invited", "sent", "answered"}}``."""
        rows = self._read_group([(field, "in", ids)], [field, "state"], ["__count", "sent_on:count"])
        counts = {}
        for group, state, invited, sent in rows:
            count = counts.setdefault(group.id, {"invited": 0, "sent": 0, "answered": 0})
            count["invited"] += invited if state != "cancelled" else 0
            count["sent"] += sent
            count["answered"] += invited if state == "answered" else 0
        return counts

    def _recently_asked(self, partners, company, days, today):
        """Return which contacts were asked in the last days, by any questionnaire of the company."""
        if not days or not partners:
            return partners.browse()
        domain = [
            ("company_id", "=", company.id),
            ("partner_id", "in", partners.ids),
            ("sent_on", ">", fields.Date.subtract(today, days=days)),
        ]
        return partners.browse(partner.id for [partner] in self.sudo()._read_group(domain, ["partner_id"]))
