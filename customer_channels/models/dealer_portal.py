from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_amount, format_date


class CustomerDealer(models.Model):
    """What a dealer sees first in its portal: the figures in plain words."""

    _inherit = "customer.dealer"

    @api.model
    def _portal_dealers(self, user):
        """Return the dealers that a portal user may act for: its own company's, not closed.

        As the system; the one of the user's current company comes first.
        """
        partner = user.sudo().partner_id.commercial_partner_id
        if not user.sudo().share or user._is_public() or not partner.active:
            return self.sudo().browse()
        found = self.sudo().search(
            [
                ("partner_id", "=", partner.id),
                ("state", "!=", "closed"),
                ("company_id", "in", user.sudo().company_ids.root_id.ids),
            ],
            order="id",
        )
        return found.sorted(lambda one: (one.company_id != user.sudo().company_id.root_id, one.id))

    def _portal_figures(self):
        """Return what the dealer sees first, most urgent first.

        Parts of channels add theirs by ``super()`` and more of them.

        :return: ``[{"sequence", "label", "value", "text", "url", "tone"}]``; tone is danger, warning, success or ""
        """
        self.ensure_one()
        figures = [
            self._portal_contract(),
            self._portal_target(),
            *self._portal_balance(),
            self._portal_rebate(),
            self._portal_deposit(),
            self._portal_violations(),
            self._portal_orders(),
        ]
        return sorted((one for one in figures if one), key=lambda one: one["sequence"])

    def _figure(self, sequence, label, value, text="", url="", tone=""):
        return {"sequence": sequence, "label": label, "value": value, "text": text, "url": url, "tone": tone}

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    def _portal_contract(self):
        contract, today = self.contract_id, fields.Date.context_today(self)
        label, url = self.env._("Your contract"), "/my/dealer/contracts"
        if self.state == "suspended":
            text = self.env._("Your dealer terms are suspended: please call us.")
            return self._figure(10, label, self.env._("Suspended"), text, url, "danger")
        if not contract:
            return self._figure(10, label, self.env._("None in force"), "", url, "warning")
        left = (contract.date_to - today).days
        text = self.env._(
            "Runs until %(day)s, %(days)s days from today.",
            day=format_date(self.env, contract.date_to),
            days=left,
        )
        return self._figure(10, label, contract.name, text, url, "warning" if left <= 60 else "")

    def _portal_target(self):
        today = fields.Date.context_today(self)
        start = today.replace(month=1, day=1)
        found = self._attainments(start, today.replace(month=12, day=31)).get(self.id)
        if found is None:
            return None
        text = self.env._("of this year's target is reached.")
        return self._figure(20, self.env._("Your target"), f"{found:.0%}", text)

    def _portal_open_items(self):
        """Return the domain of what is open between the dealer and the company: posted, not settled."""
        return [
            ("move_id.commercial_partner_id", "=", self.partner_id.id),
            ("company_id", "child_of", self.company_id.id),
            ("parent_state", "=", "posted"),
            ("account_type", "=", "asset_receivable"),
            ("reconciled", "=", False),
            ("amount_residual", "!=", 0),
        ]

    def _portal_balance(self):
        today = fields.Date.context_today(self)
        items = self.env["account.move.line"].sudo()
        open_items = self._portal_open_items()
        [[owed]] = items._read_group(open_items, [], ["amount_residual:sum"])
        [[late]] = items._read_group(
            [*open_items, ("date_maturity", "<", today), ("amount_residual", ">", 0)],
            [],
            ["amount_residual:sum"],
        )
        url = "/my/dealer/statement"
        yield self._figure(30, self.env._("You owe us"), self._money(owed or 0), "", url)
        if not self.currency_id.is_zero(late or 0):
            text = self.env._("of your invoices are past due.")
            yield self._figure(5, self.env._("Overdue"), self._money(late), text, url, "danger")

    def _portal_rebate(self):
        amount = self._rebates_open().get(self.id)
        if amount is None:
            return None
        text = self.env._("of rebates are earned and not settled yet.")
        return self._figure(40, self.env._("Open rebates"), self._money(amount), text)

    def _portal_deposit(self):
        amount = self._deposits_short().get(self.id)
        if not amount:
            return None
        text = self.env._("of the deposit that your contract asks for is missing.")
        return self._figure(6, self.env._("Your deposit"), self._money(amount), text, "", "danger")

    def _portal_violations(self):
        today = fields.Date.context_today(self)
        number = self._violations_proven(today - timedelta(days=365), today).get(self.id)
        if not number:
            return None
        text = self.env._("cases against you were proven in the last twelve months.")
        return self._figure(50, self.env._("Violations"), str(number), text, "", "warning")

    def _portal_orders(self):
        """Return how many orders wait for the dealer's signature or are on their way."""
        states = self.env["sale.order"]._read_group(
            [
                ("partner_id", "child_of", self.partner_id.id),
                ("company_id", "child_of", self.company_id.id),
                ("state", "in", ("sent", "sale")),
                "|",
                ("state", "=", "sent"),
                ("delivery_status", "in", ("pending", "started", "partial")),
            ],
            ["state"],
            ["__count"],
        )
        numbers = dict(states)
        text = self.env._("on their way; %s quotations wait for your answer.", numbers.get("sent", 0))
        return self._figure(60, self.env._("Your orders"), str(numbers.get("sale", 0)), text, "/my/orders")
