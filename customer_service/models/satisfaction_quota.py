from odoo import api, fields, models
from odoo.fields import Command

from ..exceptions import SatisfactionStepError


class CustomerSatisfactionQuota(models.Model):
    """How large a part of the customers of a grade is asked in a wave, and how many of them answered."""

    _name = "customer.satisfaction.quota"
    _description = "Sample of a Grade"
    _order = "wave_id, sequence, id"
    _rec_name = "grade_id"
    _check_company_auto = True

    wave_id = fields.Many2one("customer.satisfaction.wave", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="wave_id.company_id", store=True, index=True, precompute=True)
    sequence = fields.Integer(default=10)
    grade_id = fields.Many2one(
        "customer.grade",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Empty: customers of all grades that are not listed, and those without a grade.",
    )
    percent = fields.Float("Asked (%)", required=True, default=100.0)
    population = fields.Integer(
        "Eligible", readonly=True, copy=False, help="Customers of the grade when the sample was drawn."
    )
    invited_count = fields.Integer("Invited", compute="_compute_counts")
    sent_count = fields.Integer("Sent Out", compute="_compute_counts")
    answered_count = fields.Integer("Answered", compute="_compute_counts")
    response_rate = fields.Float("Response Rate (%)", compute="_compute_counts", digits=(16, 1))

    _one_grade = models.UniqueIndex(
        "(wave_id, COALESCE(grade_id, 0))", "A grade has one line in the sample of a wave."
    )
    _percent = models.Constraint(
        "CHECK(percent BETWEEN 0 AND 100)", "The part that is asked lies between 0 and 100 %."
    )

    @api.depends("wave_id.invitation_ids.state")
    def _compute_counts(self):
        counts = self.env["customer.satisfaction.invitation"].sudo()._counts("quota_id", self.ids)
        for quota in self:
            count = counts.get(quota._origin.id, {})
            quota.invited_count = count.get("invited", 0)
            quota.sent_count = count.get("sent", 0)
            quota.answered_count = count.get("answered", 0)
            quota.response_rate = 100 * quota.answered_count / quota.sent_count if quota.sent_count else 0

    @api.depends("grade_id")
    def _compute_display_name(self):
        for quota in self:
            quota.display_name = quota.grade_id.name or self.env._("All Others")

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: only a draft gets lines."""
        quotas = super().create(vals_list)
        quotas._refuse_begun()
        return quotas

    def write(self, vals):
        """Override of `base`: the sample of a wave that began stays."""
        if set(vals) - {"population"}:
            self._refuse_begun()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        self._refuse_begun()

    def _refuse_begun(self):
        """:raises SatisfactionStepError: when the wave has begun"""
        if begun := self.wave_id.filtered(lambda wave: wave.state != "draft"):
            raise SatisfactionStepError(
                self.env._("“%s” has begun: its sample stays as it is.", begun[0].name)
            )

    @api.model
    def _proposed(self, company):
        """Return the commands for the sample of the settings: best grade, second grade, all others."""
        schemes = self.env["customer.grade.scheme"].sudo()
        scheme = schemes.search([("company_id", "=", company.id)], limit=1)
        shares = (company.customer_satisfaction_share_a, company.customer_satisfaction_share_b)
        lines = [
            {"grade_id": grade.id, "percent": share, "sequence": 10 * place}
            for place, (grade, share) in enumerate(zip(scheme.grade_ids._in_order(), shares, strict=False), 1)
        ]
        lines.append({"percent": company.customer_satisfaction_share_c, "sequence": 90})
        return [Command.create(line) for line in lines]
