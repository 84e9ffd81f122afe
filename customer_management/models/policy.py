from itertools import chain

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import html_translate

from ..tools.living_text import fill, placeholders
from .form import CHAPTERS


class CustomerPolicy(models.Model):
    """A rule of the company, or a guide, whose text reads the settings.

    Codes in double square brackets stand for what the settings say, so text and system cannot disagree. An
    approved version freezes the text with its date; people confirm that they have read it.
    """

    _name = "customer.policy"
    _description = "Customer Policy"
    _inherit = ["customer.code.mixin", "mail.thread"]
    _order = "chapter, sequence, code, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="The number in the handbook.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection([("policy", "Policy"), ("guide", "Guide")], required=True, default="policy")
    chapter = fields.Selection(CHAPTERS, required=True, index=True)
    purpose = fields.Char(translate=True, help="What it is for, in one sentence.")
    owner_id = fields.Many2one("res.users", string="Kept By", help="Who keeps the text up to date.")
    group_ids = fields.Many2many(
        "res.groups",
        string="Readers",
        default=lambda self: self.env.ref(
            "customer_management.group_customer_user", raise_if_not_found=False
        ),
        help="Who has to confirm that they have read each version.",
    )
    body = fields.Html(
        string="Text",
        translate=html_translate,
        help="A code in double square brackets, such as [[grade_best]], stands for what the setting says.",
    )
    text = fields.Html(
        string="Text Today", compute="_compute_text", help="The text with what the settings say today."
    )
    setting_ids = fields.Many2many(
        "customer.policy.setting", string="Settings That It Reads", compute="_compute_setting_ids"
    )
    check_ids = fields.One2many("customer.policy.check", "policy_id", string="Enforced By", copy=True)
    version_ids = fields.One2many("customer.policy.version", "policy_id")
    version_id = fields.Many2one(
        "customer.policy.version", string="Version in Force", compute="_compute_version_id"
    )
    effective_from = fields.Date(string="In Force Since", compute="_compute_version_id")
    text_in_force = fields.Html(compute="_compute_version_id")
    is_stale = fields.Boolean(
        string="Settings Have Changed",
        compute="_compute_is_stale",
        help="What the settings say today differs from the version in force.",
    )
    must_read = fields.Boolean(compute="_compute_must_read", search="_search_must_read")

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a policy with this number.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for policy in self:
            policy.display_name = f"{policy.code} {policy.name}" if policy.code else policy.name

    @api.depends("body")
    @api.depends_context("company", "lang")
    def _compute_text(self):
        for policy in self:
            policy.text = policy._render_body()

    @api.depends("body")
    def _compute_setting_ids(self):
        settings = self.env["customer.policy.setting"]
        codes = {policy: policy._codes() for policy in self}
        known = settings.search([("code", "in", list(chain(*codes.values())))]).grouped("code")
        for policy in self:
            policy.setting_ids = settings.union(*(known.get(code, settings) for code in codes[policy]))

    def _codes(self):
        """Return the codes that the text reads, in any of its languages."""
        self.ensure_one()
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        texts = (self.with_context(lang=lang).body or "" for lang in langs)
        return placeholders(" ".join(texts))

    @api.depends("version_ids.approval_state", "version_ids.effective_from", "body")
    @api.depends_context("company", "lang")
    def _compute_version_id(self):
        current = self.env["customer.policy.version"]._in_force(self, self.env.company)
        for policy in self:
            policy.version_id = current.get(policy.id, False)
            policy.effective_from = policy.version_id.effective_from
            policy.text_in_force = policy.version_id.body

    @api.depends("version_id", "body")
    @api.depends_context("company")
    def _compute_is_stale(self):
        # Renders the text in every language: for a form, not for lists.
        for policy in self:
            policy.is_stale = bool(policy.version_id) and policy.version_id._is_stale()

    @api.depends_context("uid", "company")
    @api.depends("version_ids.receipt_ids.read_on")
    def _compute_must_read(self):
        versions = self._search_unread().version_id
        for policy in self:
            policy.must_read = policy.version_id in versions

    def _search_must_read(self, operator, value):
        if operator != "in":
            return NotImplemented
        unread = self._search_unread().version_id
        current = unread.filtered(lambda version: version.policy_id.version_id == version)
        return [("id", "in" if True in value else "not in", current.policy_id.ids)]

    def _search_unread(self):
        """Return the current user's receipts that are not confirmed."""
        return self.env["customer.policy.receipt"].search(
            [("user_id", "=", self.env.uid), ("read_on", "=", False)]
        )

    @api.constrains("body")
    def _check_codes(self):
        for policy in self:
            codes = policy._codes()
            known = self.env["customer.policy.setting"].sudo().search([("code", "in", codes)]).mapped("code")
            unknown = [code for code in codes if code not in known]
            if unknown:
                raise ValidationError(
                    self.env._(
                        "The text of “%(policy)s” reads %(codes)s, but there is no such setting. The list of "
                        "settings shows the codes.",
                        policy=policy.display_name,
                        codes=", ".join(f"[[{code}]]" for code in unknown),
                    )
                )

    def _render_body(self, company=None):
        """Return the text with what the settings of a company say today, in the environment's language.

        :rtype: Markup
        """
        self.ensure_one()
        company = company or self.env.company
        codes = placeholders(self.body)
        settings = self.env["customer.policy.setting"].sudo().search([("code", "in", codes)])
        values = dict.fromkeys(codes, self.env._("(not set)")) | settings._values(company)
        return fill(self.body, values)

    def action_new_version(self):
        """Open a new version with the text as the settings are today, to be dated and submitted."""
        self.ensure_one()
        version = self.env["customer.policy.version"]._draft_of(self, self.env.company)
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.policy.version",
            "res_id": version.id,
            "views": [(False, "form")],
        }

    def action_confirm_read(self):
        """Confirm that the current user has read the version in force."""
        for policy in self:
            policy.version_id.action_confirm_read()

    def action_print(self):
        """Print the policy as it is in force, or as it reads today when no version is."""
        return self.env.ref("customer_management.policy_action_print").report_action(self)
