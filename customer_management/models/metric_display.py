from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import format_amount
from odoo.tools.misc import formatLang


class CustomerMetric(models.Model):
    """How a figure is shown: in its unit, with its period, and with the documents behind it."""

    _inherit = "customer.metric"

    by_period = fields.Boolean(
        string="Of a Period",
        default=True,
        help="Off for a figure as of a day, which looks at the last day of the period only.",
    )
    missing_is_zero = fields.Boolean(
        string="Nothing Is Zero",
        help="Without documents the figure is zero: no invoices are no revenue. Off where nothing can be said, "
        "as of an average.",
    )
    documents = fields.Selection(
        [("invoice", "Invoices"), ("order", "Orders")],
        default="invoice",
        required=True,
        help="Which documents of the customer make the figure.",
    )

    def _format_value(self, value, company):
        """Return a value of this metric in the user's language and in the metric's unit.

        :param value: the value, or None when it is missing
        :param company: whose currency money is in
        """
        self.ensure_one()
        if value is None or value is False:
            return self.env._("no value")
        if self.unit == "money":
            return format_amount(self.env, value, company.currency_id)
        if self.unit == "ratio":
            return self.env._("%s %%", self._format_number(value * 100))
        number = self._format_number(value)
        if self.unit == "days":
            return self.env._("%s days", number)
        if self.unit == "months":
            return self.env._("%s months", number)
        return number

    def _format_number(self, value):
        """Return a number with one decimal, or none where it is whole."""
        whole = abs(value - round(value)) < 0.05
        return formatLang(self.env, round(value) if whole else value, digits=0 if whole else 1)

    def _period_label(self, months, offset=0):
        """Return the metric with its period in words, as in “Revenue of the last 3 months”."""
        self.ensure_one()
        ago = self._months_label(offset)
        values = {"metric": self.name, "months": self._months_label(months), "ago": ago}
        if self.by_period and offset:
            return self.env._("%(metric)s of the %(months)s up to %(ago)s ago", **values)
        if self.by_period and months == 1:
            return self.env._("%(metric)s of the last month", metric=self.name)
        if self.by_period:
            return self.env._("%(metric)s of the last %(months)s", **values)
        if offset:
            return self.env._("%(metric)s %(ago)s ago", **values)
        return self.name

    @api.model
    def _months_label(self, months):
        return self.env._("1 month") if months == 1 else self.env._("%s months", months)

    def _action_documents(self, partner, company, date_from, date_to):
        """Return the window with the documents of a customer behind the figure.

        An addon with other documents extends ``documents`` and adds ``_documents_<kind>`` with these
        arguments.
        """
        self.ensure_one()
        action = getattr(self, f"_documents_{self.documents}")(partner, company, date_from, date_to)
        name = self.env._("%(metric)s: %(customer)s", metric=self.name, customer=partner.display_name)
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "views": [(False, "list"), (False, "form")],
            **action,
        }

    @api.model
    def _documents_invoice(self, partner, company, date_from, date_to):
        return {
            "res_model": "account.move",
            "views": [(self.env.ref("account.view_out_invoice_tree").id, "list"), (False, "form")],
            "domain": [
                ("partner_id", "child_of", partner.id),
                ("company_id", "child_of", company.id),
                ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
                ("state", "=", "posted"),
                ("date", ">=", date_from),
                ("date", "<=", date_to),
            ],
        }

    @api.model
    def _documents_order(self, partner, company, date_from, date_to):
        scope = self._scope(date_to, company=company)
        begin, end = replace(scope, date_from=date_from, date_to=date_to).utc_bounds
        return {
            "res_model": "sale.order",
            "domain": [
                ("partner_id", "child_of", partner.id),
                ("company_id", "child_of", company.id),
                ("state", "=", "sale"),
                ("date_order", ">=", fields.Datetime.to_string(begin)),
                ("date_order", "<", fields.Datetime.to_string(end)),
            ],
        }
