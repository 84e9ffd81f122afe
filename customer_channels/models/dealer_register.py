from odoo import api, fields, models

from odoo.addons.customer_management.tools import print_font


class CustomerDealer(models.Model):
    """What a registration shows beside itself: its application, its stores, its credit."""

    _inherit = "customer.dealer"

    application_ids = fields.One2many("customer.dealer.application", "dealer_id", string="Applications")
    store_ids = fields.One2many("customer.dealer.store", "dealer_id", string="Stores")
    store_count = fields.Integer(string="Stores Served", compute="_compute_store_count")
    child_count = fields.Integer(string="Below It", compute="_compute_child_count")
    tree_name = fields.Char(
        string="Dealer", compute="_compute_tree_name", help="Set in as deep as it stands."
    )
    policy_id = fields.Many2one(related="type_id.policy_id")
    legal_representative = fields.Char(
        tracking=True, help="Who acts for the company, as its business licence says."
    )
    territory_summary = fields.Text(string="Territory", compute="_compute_territory_summary")
    account_id = fields.Many2one("customer.credit.account", compute="_compute_account_id")
    credit_limit_text = fields.Char(
        string="Credit Limit",
        compute="_compute_credit_limit_text",
        groups="customer_credit.group_credit_user",
    )

    @api.depends("store_ids.active", "store_ids.date_opened", "store_ids.date_closed")
    def _compute_store_count(self):
        counts = self.env["customer.dealer.store"]._store_counts(
            self._origin, fields.Date.context_today(self)
        )
        for dealer in self:
            dealer.store_count = counts.get(dealer._origin.id, 0)

    @api.depends("child_ids")
    def _compute_child_count(self):
        groups = self._read_group([("parent_id", "in", self.ids)], ["parent_id"], ["__count"])
        counts = {parent.id: number for parent, number in groups}
        for dealer in self:
            dealer.child_count = counts.get(dealer._origin.id, 0)

    @api.depends("partner_id.name", "parent_path")
    def _compute_tree_name(self):
        for dealer in self:
            depth = (dealer.parent_path or "").count("/") - 1
            dealer.tree_name = ("\u2003" * depth + "└ " if depth > 0 else "") + (dealer.partner_id.name or "")

    @api.depends("contract_id.territory_ids")
    def _compute_territory_summary(self):
        for dealer in self:
            rows = dealer.contract_id.territory_ids
            dealer.territory_summary = "\n".join(row._in_words() for row in rows) or False

    def _compute_account_id(self):
        """Find the credit accounts, for those who may see them."""
        accounts = self.env["customer.credit.account"]
        if accounts.has_access("read"):
            accounts = accounts.search(
                [("partner_id", "in", self.partner_id.ids), ("company_id", "in", self.company_id.ids)]
            )
        found = {(account.partner_id, account.company_id): account for account in accounts}
        for dealer in self:
            dealer.account_id = found.get((dealer.partner_id, dealer.company_id))

    def _compute_credit_limit_text(self):
        for dealer in self:
            dealer.credit_limit_text = dealer._limit_in_words()

    def _print_font(self):
        """Return the style of the font of a print for the reader's language."""
        return print_font(self.env)

    # The card (form 5.17)

    def _target_of_year(self):
        """Hook: return the target of the current year in the currency of the company, or None when there is none.

        Until targets are set: what it committed itself to when it applied.
        """
        self.ensure_one()
        application = self.sudo().application_ids.sorted("date")[-1:]
        return application.committed_sales if application else None

    def _certificate_number(self):
        """Hook: return the number of the letter of authority, or None."""
        self.ensure_one()
        return self.contract_id.name or None

    def _registration_facts(self):
        """Hook: return what stands on the registration card: sections of (title, [(label, text), ...])."""
        self.ensure_one()
        return [
            (self.env._("Company"), self._facts_company()),
            (self.env._("Authorisation"), self._facts_authorisation()),
            (self.env._("Terms"), self._facts_terms()),
        ]

    def _facts_company(self):
        partner = self.partner_id
        banks = [f"{bank.bank_id.name or ''} {bank.acc_number}".strip() for bank in partner.sudo().bank_ids]
        return [
            (self.env._("Company"), partner.name),
            (self.env._("Legal Representative"), self.legal_representative),
            (self.env._("Tax Number"), partner.vat),
            (self.env._("Registration Number"), partner.company_registry),
            (self.env._("Address"), self._address()),
            (self.env._("Phone"), partner.phone),
            (self.env._("E-mail"), partner.email),
            (self.env._("Bank Account"), ", ".join(banks)),
            (self.env._("Salesperson"), self.user_id.sudo().name),
        ]

    def _address(self):
        """Return the address of the dealer in one line, without its name."""
        lines = self.partner_id._display_address(without_company=True).splitlines()
        return ", ".join(line.strip(" ,") for line in lines if line.strip(" ,"))

    def _facts_authorisation(self):
        labels = {
            name: dict(self._fields[name]._description_selection(self.env)) for name in ("level", "state")
        }
        known, contract = self.env["customer.approval"], self.contract_id
        days = [known._format_day(day) for day in (contract.date_from, contract.date_to) if day]
        return [
            (self.env._("Dealer Type"), self.type_id.name),
            (self.env._("Level"), labels["level"].get(self.level)),
            (self.env._("Main Area"), self.area_id.complete_name),
            (self.env._("Below"), self.parent_id.partner_id.name),
            (self.env._("Territory and Goods"), self.territory_summary),
            (self.env._("Contract"), contract.name),
            (self.env._("Term"), " – ".join(days)),
            (self.env._("Letter of Authority"), self._certificate_number()),
            (self.env._("Registered On"), known._format_day(self.date_registered)),
            (self.env._("State"), labels["state"].get(self.state)),
        ]

    def _facts_terms(self):
        known, contract = self.env["customer.approval"], self.contract_id
        target = self._target_of_year()
        deposit = known._format(contract.deposit_amount, self.currency_id) if contract else None
        if deposit and self.deposit_missing:
            missing = known._format(self.deposit_missing, self.currency_id)
            deposit = self.env._("%(deposit)s, %(missing)s of it missing", deposit=deposit, missing=missing)
        return [
            (self.env._("Deposit"), deposit),
            (self.env._("Target of the Year"), target and known._format(target, self.currency_id)),
            (self.env._("Payment Term"), contract.payment_term_id.name),
            (self.env._("Price List"), contract.pricelist_id.sudo().name),
            (self.env._("Credit Limit"), self._limit_in_words()),
            (self.env._("Stores"), str(self.store_count)),
        ]

    def _limit_in_words(self):
        """Return the credit limit for those who may see it: no limit, zero and a number are three things."""
        account = self.account_id
        if not account:
            return None
        if account.limit_state == "limit":
            return self.env["customer.approval"]._format(account.limit, account.currency_id)
        return dict(account._fields["limit_state"]._description_selection(self.env))[account.limit_state]
