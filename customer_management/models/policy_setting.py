from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerPolicySetting(models.Model):
    """Something that policies read from the settings, so that they never say another number.

    A setting is a record and a method ``_setting_<code>(company)`` that returns what the text says in the
    reader's language: text, or Markup for a table; None when it is not set. An addon adds a setting by
    inheriting this model with such a method and by a record of the same code.
    """

    _name = "customer.policy.setting"
    _description = "Setting Read by Policies"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True, help="In a text: the code in double square brackets.")
    sequence = fields.Integer(default=10)
    action_id = fields.Many2one(
        "ir.actions.act_window", string="Where It Is Set", help="The page on which this setting is changed."
    )
    value = fields.Html(compute="_compute_value", help="What it says in the current company.")

    _code_unique = models.Constraint("UNIQUE(code)", "There is already a setting with this code.")

    @api.constrains("code")
    def _check_code(self):
        for setting in self:
            if not hasattr(type(self), f"_setting_{setting.code}"):
                raise ValidationError(
                    self.env._(
                        "No installed addon reads the setting “%(code)s”. Install the addon that brings it, or "
                        "use the code of an existing setting.",
                        code=setting.code,
                    )
                )

    @api.depends_context("company", "lang")
    def _compute_value(self):
        values = self._values(self.env.company)
        for setting in self:
            setting.value = values[setting.code]

    def _values(self, company):
        """Return what these settings say in a company, in the language of the environment.

        Everybody who may read a policy reads the same text, so it does not depend on the reader's rights.

        :return: ``{code: text or Markup}``; a setting without a value says so
        """
        missing = self.env._("(not set)")
        settings = self.sudo().with_company(company)
        found = {}
        for setting in settings:
            method = getattr(type(setting), f"_setting_{setting.code}", None)
            value = method(setting, company) if method else None
            found[setting.code] = missing if value is None else value
        return found

    def action_open(self):
        """Open the page on which the setting is changed."""
        self.ensure_one()
        return self.action_id.sudo()._get_action_dict() if self.action_id else False
