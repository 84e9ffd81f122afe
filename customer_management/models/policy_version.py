from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..exceptions import PolicyVersionError
from ..tools.living_text import difference


class CustomerPolicyVersion(models.Model):
    """A policy as it was approved: frozen text in every language, with the day from which it holds."""

    _name = "customer.policy.version"
    _description = "Version of a Policy"
    _inherit = ["customer.approval.mixin"]
    _order = "policy_id, company_id, number desc, id desc"

    policy_id = fields.Many2one("customer.policy", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    number = fields.Integer(readonly=True, copy=False)
    effective_from = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    effective_to = fields.Date(compute="_compute_status", help="The day before the next version holds.")
    status = fields.Selection(
        [
            ("draft", "Draft"),
            ("pending", "Waiting for Approval"),
            ("refused", "Refused"),
            ("coming", "Approved, Not Yet in Force"),
            ("in_force", "In Force"),
            ("superseded", "Superseded"),
        ],
        compute="_compute_status",
    )
    summary = fields.Text(string="What Changes", help="In a few words, for the people who have to read it.")
    bodies = fields.Json(readonly=True, copy=False, help="The text in each language.")
    body = fields.Html(string="Text", compute="_compute_body")
    difference = fields.Html(string="Difference to the Version Before", compute="_compute_difference")
    previous_id = fields.Many2one("customer.policy.version", compute="_compute_previous_id")
    attachment_ids = fields.Many2many("ir.attachment", string="PDF", readonly=True, copy=False)
    receipt_ids = fields.One2many("customer.policy.receipt", "version_id")
    receipt_count = fields.Integer(string="Readers", compute="_compute_receipts")
    read_count = fields.Integer(string="Have Read It", compute="_compute_receipts")
    my_receipt_open = fields.Boolean(compute="_compute_receipts")

    _number_unique = models.Constraint(
        "UNIQUE(policy_id, company_id, number)", "A policy has only one version of each number in a company."
    )

    @api.depends("policy_id.name", "policy_id.code", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(policy)s, version %(number)s",
                policy=version.policy_id.display_name,
                number=version.number,
            )

    @api.depends("bodies")
    @api.depends_context("lang")
    def _compute_body(self):
        for version in self:
            bodies = version.bodies or {}
            version.body = bodies.get(self.env.lang) or bodies.get("en_US") or next(iter(bodies.values()), "")

    @api.depends("policy_id", "company_id", "number")
    def _compute_previous_id(self):
        for version in self:
            version.previous_id = self.search(
                [
                    ("policy_id", "=", version.policy_id.id),
                    ("company_id", "=", version.company_id.id),
                    ("number", "<", version.number),
                    ("approval_state", "=", "approved"),
                ],
                order="number desc",
                limit=1,
            )

    @api.depends("body", "previous_id")
    @api.depends_context("lang")
    def _compute_difference(self):
        for version in self:
            before = version.previous_id
            changed = before and difference(before.body, version.body, self._unchanged_words)
            version.difference = changed or False

    def _unchanged_words(self, number):
        if number == 1:
            return self.env._("… 1 paragraph as before …")
        return self.env._("… %s paragraphs as before …", number)

    @api.depends("approval_state", "effective_from", "policy_id.version_ids.approval_state")
    def _compute_status(self):
        today = fields.Date.context_today(self)
        approved = self.search(
            [("policy_id", "in", self.policy_id.ids), ("approval_state", "=", "approved")], order="number"
        )
        for version in self:
            later = approved.filtered(
                lambda other, version=version: other.policy_id == version.policy_id
                and other.company_id == version.company_id
                and other.number > version.number
            )
            ends = [day - timedelta(days=1) for day in later.mapped("effective_from")]
            version.effective_to = min(ends, default=False)
            if version.approval_state != "approved":
                version.status = version.approval_state
            elif version.effective_from > today:
                version.status = "coming"
            else:
                over = version.effective_to and version.effective_to < today
                version.status = "superseded" if over else "in_force"

    @api.depends("receipt_ids.read_on")
    @api.depends_context("uid")
    def _compute_receipts(self):
        receipts = self.env["customer.policy.receipt"].sudo()
        counts = {
            version: (count, read)
            for version, count, read in receipts._read_group(
                [("version_id", "in", self.ids)], ["version_id"], ["__count", "read_on:count"]
            )
        }
        open_ = receipts.search(
            [("version_id", "in", self.ids), ("user_id", "=", self.env.uid), ("read_on", "=", False)]
        )
        for version in self:
            version.receipt_count, version.read_count = counts.get(version, (0, 0))
            version.my_receipt_open = version in open_.version_id

    @api.constrains("effective_from", "policy_id", "company_id")
    def _check_effective_from(self):
        for version in self:
            before = version.previous_id
            if before and version.effective_from <= before.effective_from:
                raise PolicyVersionError(
                    self.env._(
                        "“%(version)s” cannot be in force from %(date)s: version %(before)s is in force from "
                        "%(since)s. Choose a later day.",
                        version=version.display_name,
                        date=version.effective_from,
                        before=before.number,
                        since=before.effective_from,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base` to number the versions and to take the text as the settings are now."""
        for vals in vals_list:
            self._refuse_frozen(vals)
            vals["number"] = self._next_number(vals)
        versions = super().create(vals_list)
        for version in versions:
            version._take_text()
        return versions

    def write(self, vals):
        """Override of `base`: the text of a version comes from its policy and the settings alone."""
        self._refuse_frozen(vals)
        return super().write(vals)

    def _refuse_frozen(self, vals):
        if not {"bodies", "number", "attachment_ids", "receipt_ids"}.isdisjoint(vals):
            raise PolicyVersionError(
                self.env._(
                    "The text of a version is taken from the policy and the settings. Change the text of the policy, "
                    "then take the text of the version anew."
                )
            )

    def _next_number(self, vals):
        domain = [
            ("policy_id", "=", vals.get("policy_id")),
            ("company_id", "=", vals.get("company_id") or self.env.company.id),
        ]
        return (self.sudo().search(domain, order="number desc", limit=1).number or 0) + 1

    @api.model
    def _draft_of(self, policy, company):
        """Return the open draft of a policy in a company, made when there is none."""
        domain = [("policy_id", "=", policy.id), ("company_id", "=", company.id)]
        draft = self.search(Domain(domain) & Domain("approval_state", "in", ("draft", "refused")), limit=1)
        if not draft:
            return self.create({"policy_id": policy.id, "company_id": company.id})
        if draft.approval_state == "draft":
            draft._take_text()
        return draft

    @api.model
    def _in_force(self, policies, company, day=None):
        """Return the version of each policy that is in force on a day: ``{policy id: version}``."""
        day = day or fields.Date.context_today(self)
        rows = self.search(
            [
                ("policy_id", "in", policies.ids),
                ("company_id", "=", company.id),
                ("approval_state", "=", "approved"),
                ("effective_from", "<=", day),
            ],
            order="effective_from, number",
        )
        return {version.policy_id.id: version for version in rows}
