from odoo import api, fields, models

from ..exceptions import FormOpenError

TEXTS = ("policy", "guide")


class CustomerForm(models.Model):
    """A policy or a guide in the catalogue: it needs no action, but opens and prints the text of its code."""

    _inherit = "customer.form"

    report_id = fields.Many2one(compute="_compute_report_id", store=True, readonly=False, precompute=True)

    @api.depends("kind")
    def _compute_report_id(self):
        sheet = self.env.ref("customer_management.policy_action_print", raise_if_not_found=False)
        for form in self:
            form.report_id = form.report_id or (form.kind in TEXTS and not form.action_id and sheet)

    @property
    def _is_text(self):
        return self.kind in TEXTS and not self.action_id

    def _policy(self):
        """Return the policy or guide of the form.

        :raises FormOpenError: when there is none any more
        """
        policy = self.env["customer.policy"].search([("code", "=", self.code)], limit=1)
        if not policy:
            raise FormOpenError(
                self.env._(
                    "There is no policy with the number %s any more: it was archived or numbered anew.",
                    self.code,
                )
            )
        return policy

    def action_open(self, partner=None):
        """Override: a policy opens as what it is, from a customer too."""
        self.ensure_one()
        if not self._is_text:
            return super().action_open(partner)
        self.check_access("read")
        return self._window()

    def _run_action(self):
        """Override: a policy opens its page."""
        if not self._is_text:
            return super()._run_action()
        policy = self._policy()
        return {
            "type": "ir.actions.act_window",
            "name": policy.display_name,
            "res_model": policy._name,
            "res_id": policy.id,
            "views": [(False, "form")],
            "domain": [("id", "=", policy.id)],
        }
