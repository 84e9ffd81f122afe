from odoo import fields, models


class ResPartner(models.Model):
    """Customers with what we found out about their credit."""

    _inherit = "res.partner"

    customer_investigation_count = fields.Integer(
        compute="_compute_customer_survey", groups="customer_credit.group_credit_user"
    )
    customer_statement_count = fields.Integer(
        compute="_compute_customer_survey", groups="customer_credit.group_credit_user"
    )

    def _compute_customer_survey(self):
        customers = self.commercial_partner_id
        domain = [("partner_id", "in", customers.ids)]
        investigations, statements = (
            dict(self.env[model]._read_group(domain, ["partner_id"], ["__count"]))
            for model in ("customer.credit.investigation", "customer.credit.statement")
        )
        for partner in self:
            customer = partner.commercial_partner_id
            partner.customer_investigation_count = investigations.get(customer, 0)
            partner.customer_statement_count = statements.get(customer, 0)

    def _customer_known(self):
        """Override of customer management to add the use of the limit, for those who may see credit."""
        tiles = super()._customer_known()
        if self.env["customer.credit.account"].has_access("read"):
            tile = self._known_limit_use()
            if tile:
                tiles.insert(3, tile)
        return tiles

    def _credit_account(self):
        """Return the credit account of the payer in the current company, as far as the user may see it."""
        domain = [
            ("partner_id", "=", self.commercial_partner_id.id),
            ("company_id", "=", self.env.company.id),
        ]
        return self.env["customer.credit.account"].search(domain, limit=1)

    def _known_limit_use(self):
        """Return the tile of the use of the limit; none without an account."""
        account = self._credit_account()
        if not account:
            return None
        tile = {"key": "limit_use", "title": self.env._("Use of the Limit")}
        money = self.env["customer.metric"]._in_unit
        exposure = money(account.exposure, "money", account.currency_id)
        if account.limit_state == "none":
            return {**tile, "value": self.env._("No limit"), "note": exposure}
        if account.limit_state == "cash":
            tone = "danger" if account.available < 0 else ""
            return {**tile, "value": self.env._("Cash only"), "note": exposure, "tone": tone}
        limit = money(account.limit, "money", account.currency_id)
        use = account.limit_use
        return {
            **tile,
            "value": f"{use:.0%}",
            "note": self.env._("%(exposure)s of %(limit)s", exposure=exposure, limit=limit),
            "tone": "danger" if use > 1 else "warning" if use > 0.8 else "good",
        }

    def _open_known_limit_use(self):
        """Show the credit account."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.credit.account",
            "res_id": self._credit_account().id,
            "views": [(False, "form")],
        }

    def action_open_customer_investigations(self):
        """Show the credit investigations of the customer."""
        return self._open_survey("customer_credit.credit_investigation_action")

    def action_open_customer_statements(self):
        """Show the financial statements of the customer."""
        return self._open_survey("customer_credit.credit_statement_action")

    def _open_survey(self, name):
        self.ensure_one()
        customer = self.commercial_partner_id
        return {
            **self.env["ir.actions.actions"]._for_xml_id(name),
            "domain": [("partner_id", "=", customer.id)],
            "context": {"default_partner_id": customer.id},
        }
