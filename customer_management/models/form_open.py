from odoo import api, models
from odoo.fields import Domain

from ..exceptions import FormOpenError
from ..tools.form_columns import evaluate

# In the context of a window: which form it shows; of the catalogue: the customer that it was opened from.
KEY = "customer_form_id"
PARTNER_KEY = "customer_form_partner_id"


class CustomerForm(models.Model):
    """How a form opens: from the catalogue, and restricted to a customer."""

    _inherit = "customer.form"

    def action_open(self, partner=None):
        """Open the form; with a customer, or from one, only what belongs to it.

        :param partner: a customer, or None for the one that the catalogue was opened from
        :raises AccessError: when the user may not read what the form shows
        :raises FormOpenError: when the form cannot be restricted to a customer
        """
        self.ensure_one()
        self.check_access("read")
        partner = self._context_partner() if partner is None else partner
        if not self.action_id:
            return self._print_card(partner)
        action = self._window(partner)
        self._check_model(action.get("res_model"))
        return action

    @api.model
    def _context_partner(self):
        """Return the customer that the catalogue was opened from, if it was."""
        return self.env["res.partner"].browse(self.env.context.get(PARTNER_KEY) or [])

    def _check_model(self, name):
        """:raises AccessError: when the user may not read this model"""
        if name:
            self.env[name].check_access("read")

    def _window(self, partner=None):
        """Return the action that the form opens, with its context and filter worked out for the user."""
        action = self._run_action()
        if action.get("type") != "ir.actions.act_window":
            return action
        context = action.get("context") or {}
        context = evaluate(self.env, context) if isinstance(context, str) else context
        domain = action.get("domain") or []
        env = self.env(context={**self.env.context, **context})
        domain = Domain(evaluate(env, domain) if isinstance(domain, str) else domain)
        name = action.get("display_name") or action.get("name")
        if partner:
            domain &= self._of_partner(partner)
            name = f"{self.name}: {partner.display_name}"
        return {
            **action,
            "domain": list(domain),
            "context": {**context, KEY: self.id},
            "display_name": name,
        }

    def _run_action(self):
        """Return what the action opens, as the web client gets it: of a server action, what it answers."""
        action = self.action_id.sudo()
        real = self.env[action.type].browse(action.id)
        if action.type == "ir.actions.server":
            return real.run() or {}
        self._check_groups(real.sudo())
        return real._get_action_dict()

    def _check_groups(self, action):
        """:raises FormOpenError: when the action is for other people"""
        groups = action.group_ids if "group_ids" in action._fields else None
        if groups and not groups & self.env.user.all_group_ids:
            raise FormOpenError(
                self.env._("“%s” opens for people of other groups: ask an administrator.", self.display_name)
            )

    def _of_partner(self, partner):
        """Return the filter of what belongs to a customer, its people and places included."""
        partner.check_access("read")
        if not self.partner_field:
            raise FormOpenError(
                self.env._(
                    "“%s” is not about single customers: open it from the catalogue.", self.display_name
                )
            )
        return Domain(self.partner_field, "child_of", partner.commercial_partner_id.ids)

    def _print_card(self, partner):
        """Return the print of a form that is nothing else, of all its records or of a customer's."""
        if not self.report_id:
            raise FormOpenError(self.env._("“%s” has nothing to open yet.", self.display_name))
        records = self._card_records(list(self._of_partner(partner)) if partner else [])
        return self.report_id.sudo().report_action(records, config=False)

    def action_print(self):
        """Print the form as PDF, as it opens."""
        return self._download("pdf")

    def action_export(self):
        """Export the form to XLSX, as it opens."""
        return self._download("xlsx")

    def _download(self, file_format):
        """Return the action that makes the browser fetch the form as a file."""
        self.ensure_one()
        self.check_access("read")
        partner = self._context_partner()
        return {
            "type": "ir.actions.client",
            "tag": "customer_form_download",
            "params": {
                "form_id": self.id,
                "file_format": file_format,
                "data": {"context": {PARTNER_KEY: partner.id}} if partner else {},
            },
        }

    def action_settings(self):
        """Show what can be set on the form."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    @api.model
    def _by_window(self):
        """Return the forms of each window, of those that the user sees: {window: [form, ...]}."""
        forms = self.search_fetch([("window_id", "!=", False)], ["window_id"])
        return {window.id: found.ids for window, found in forms.grouped("window_id").items()}
