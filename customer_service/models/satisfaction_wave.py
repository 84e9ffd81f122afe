import random

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..exceptions import SatisfactionStepError

STATES = [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")]
# What a wave is asked by, and what nobody changes once the first customer was asked.
FROZEN = {
    "survey_id",
    "company_id",
    "anonymous",
    "seed",
    "quota_ids",
    "team_ids",
    "area_ids",
    "bought_from",
    "bought_to",
    "contact_rule",
    "date_from",
}


class CustomerSatisfactionWave(models.Model):
    """One round of asking customers: the questionnaire, who is asked, when, and how many answered.

    Draft, then the sample is drawn, running, closed. The sample can be drawn again from its seed. In an anonymous
    wave nothing connects an answer with who gave it.
    """

    _name = "customer.satisfaction.wave"
    _description = "Satisfaction Wave"
    _inherit = ["customer.steps.mixin", "mail.thread"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _step_error = SatisfactionStepError
    _step_fields = ("state", "drawn_on", "started_on", "closed_on")

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        index="btree_not_null",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    survey_id = fields.Many2one(
        "survey.survey",
        string="Questionnaire",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('satisfaction_kind', '!=', False)]",
        tracking=True,
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, copy=False, default="draft", group_expand=True, tracking=True
    )
    date_from = fields.Date("Begins", required=True, default=fields.Date.context_today, copy=False)
    date_to = fields.Date(
        "Answers Until",
        required=True,
        copy=False,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=30),
    )
    anonymous = fields.Boolean(
        help="The answers keep the customer's grade and nothing else: nobody can find out who gave them."
    )
    # Who is asked

    team_ids = fields.Many2many("crm.team", string="Sales Teams", help="Empty: those of all teams.")
    area_ids = fields.Many2many("customer.area", string="Areas", help="With their parts. Empty: everywhere.")
    bought_from = fields.Date(help="Only customers that were invoiced from this day on.")
    bought_to = fields.Date(help="Only customers that were invoiced until this day.")
    contact_rule = fields.Selection(
        [("all", "All Contacts"), ("one", "One Contact")],
        string="Asked of Each Customer",
        required=True,
        default="all",
    )
    quota_ids = fields.One2many(
        "customer.satisfaction.quota",
        "wave_id",
        string="Sample of the Wave",
        copy=True,
        default=lambda self: self.env["customer.satisfaction.quota"]._proposed(self.env.company),
    )
    seed = fields.Integer(
        required=True,
        copy=False,
        default=lambda self: random.SystemRandom().randint(1, 2**31 - 1),
        help="The same seed draws the same sample from the same customers.",
    )
    gap_days = fields.Integer(
        "Ask Again After (Days)",
        default=lambda self: self.env.company.customer_satisfaction_gap_days,
        help="Nobody is asked again before so many days have passed. 0: always.",
    )
    remind_first = fields.Integer(
        "First Reminder (Days)", default=7, help="Days after the invitation. 0: no reminder."
    )
    remind_second = fields.Integer(
        "Second Reminder (Days)", default=14, help="Days after the invitation. 0: no reminder."
    )
    drawn_on = fields.Datetime("Sample Drawn", readonly=True, copy=False)
    started_on = fields.Datetime("Started", readonly=True, copy=False)
    closed_on = fields.Datetime("Closed", readonly=True, copy=False)
    # What comes of it

    invitation_ids = fields.One2many("customer.satisfaction.invitation", "wave_id", string="Invitations")
    invited_count = fields.Integer("Invited", compute="_compute_counts")
    sent_count = fields.Integer("Sent Out", compute="_compute_counts")
    answered_count = fields.Integer("Answered", compute="_compute_counts")
    response_rate = fields.Float("Response Rate (%)", compute="_compute_counts", digits=(16, 1))

    _reminders_in_order = models.Constraint(
        "CHECK(remind_first >= 0 AND remind_second >= 0 AND gap_days >= 0"
        " AND (remind_second = 0 OR remind_second > remind_first))",
        "Days are not negative, and the second reminder comes after the first.",
    )
    _days_in_order = models.Constraint(
        "CHECK(date_to >= date_from AND (bought_from IS NULL OR bought_to IS NULL OR bought_to >= bought_from))",
        "A period ends on or after the day it begins.",
    )
    _running = models.Index("(date_to) WHERE state = 'running'")

    @api.depends("invitation_ids.state", "invitation_ids.sent_on")
    def _compute_counts(self):
        counts = self.env["customer.satisfaction.invitation"].sudo()._counts("wave_id", self.ids)
        for wave in self:
            count = counts.get(wave._origin.id, {})
            wave.invited_count = count.get("invited", 0)
            wave.sent_count = count.get("sent", 0)
            wave.answered_count = count.get("answered", 0)
            wave.response_rate = 100 * wave.answered_count / wave.sent_count if wave.sent_count else 0

    @api.constrains("survey_id")
    def _check_survey_id(self):
        for wave in self:
            survey = wave.survey_id.sudo()
            if not survey.satisfaction_kind or not survey.satisfaction_question_ids:
                raise ValidationError(
                    self.env._(
                        "“%s” has no question that counts for satisfaction. Say so at its questions.",
                        survey.title,
                    )
                )
            if survey.access_mode != "token":
                raise ValidationError(
                    self.env._(
                        "“%s” can be answered by anybody with the link. Let only invited people answer it.",
                        survey.title,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a wave without a sample of its own gets the one from the settings."""
        waves = super().create(vals_list)
        for wave in waves.filtered(lambda wave: not wave.quota_ids):
            wave.quota_ids = self.env["customer.satisfaction.quota"]._proposed(wave.company_id)
        return waves

    def write(self, vals):
        """Override of `base`.

        :raises SatisfactionStepError: when the questions or the sample of a wave that began would change
        """
        begun = self.filtered(lambda wave: wave.state != "draft")
        if begun and FROZEN.intersection(vals):
            raise SatisfactionStepError(
                self.env._(
                    "“%s” has begun: its questionnaire and its sample stay as they are.", begun[0].name
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        """:raises SatisfactionStepError: when customers were asked already"""
        if begun := self.filtered(lambda wave: wave.state != "draft"):
            raise SatisfactionStepError(
                self.env._("“%s” has begun: answers are not thrown away.", begun[0].name)
            )

    def _previous(self):
        """Return the wave of the same questionnaire and company before this one."""
        self.ensure_one()
        domain = [
            ("company_id", "=", self.company_id.id),
            ("survey_id", "=", self.survey_id.id),
            ("state", "!=", "draft"),
            ("date_from", "<", self.date_from),
        ]
        return self.search(domain, limit=1, order="date_from desc, id desc")
