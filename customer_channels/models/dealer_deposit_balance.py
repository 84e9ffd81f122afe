from odoo import api, fields, models
from odoo.tools import SQL


class CustomerDealer(models.Model):
    """The deposit of a dealer: what the ledger holds, what the contract asks for, what is missing."""

    _inherit = "customer.dealer"

    deposit_ids = fields.One2many("customer.dealer.deposit", "dealer_id", string="Deposits")
    deposit_balance = fields.Monetary(
        string="Deposit Held",
        compute="_compute_deposit",
        compute_sudo=True,
        help="Balance of the account of deposits in the ledger.",
    )
    deposit_required = fields.Monetary(
        compute="_compute_deposit", compute_sudo=True, help="By the contract in force, or the next one."
    )
    deposit_missing = fields.Monetary(compute="_compute_deposit", compute_sudo=True)

    @api.depends("deposit_ids.state", "contract_ids.state", "contract_ids.deposit_amount")
    def _compute_deposit(self):
        dealers = self._origin
        balances, required = dealers._deposit_balances(), dealers._deposits_required()
        short = dealers._deposits_lacking(balances, required)
        for dealer in self:
            dealer.deposit_balance = balances.get(dealer._origin.id, 0.0)
            dealer.deposit_required = required.get(dealer._origin.id, 0.0)
            dealer.deposit_missing = short.get(dealer._origin.id, 0.0)

    def _deposit_touch(self):
        """Mark the dealers as changed in the database, before their balance is looked at and money moves.

        Two payments of the same deposit at the same time cannot both pass: the later one fails, is run again by the
        host, and sees what the other one left.
        """
        if self.ids:
            self.flush_recordset(["type_id"])
            self.env.cr.execute(
                SQL("UPDATE customer_dealer SET type_id = type_id WHERE id = ANY(%s)", sorted(self.ids))
            )

    def _deposit_balances(self):
        """Return what the ledger holds of each dealer: ``{dealer id: amount}``, company currency.

        What we hold is positive. One query for each company; whoever asks.
        """
        found = {}
        for company, dealers in self.sudo().grouped("company_id").items():
            account = company.customer_dealer_deposit_account_id
            if not account:
                continue
            groups = (
                self.env["account.move.line"]
                .sudo()
                ._read_group(
                    [
                        ("account_id", "=", account.id),
                        ("company_id", "child_of", company.id),
                        ("parent_state", "=", "posted"),
                        ("partner_id.commercial_partner_id", "in", dealers.partner_id.ids),
                    ],
                    ["partner_id"],
                    ["balance:sum"],
                )
            )
            by_partner = {}
            for partner, balance in groups:
                payer = partner.commercial_partner_id.id
                by_partner[payer] = by_partner.get(payer, 0.0) - balance
            found.update((dealer.id, by_partner.get(dealer.partner_id.id, 0.0)) for dealer in dealers)
        return found

    def _deposits_required(self):
        """Return the deposit that the contract in force, or else the next one, asks for: ``{dealer id: amount}``."""
        contracts = (
            self.env["customer.dealer.contract"]
            .sudo()
            .search(
                [("dealer_id", "in", self.ids), ("state", "in", ("running", "signed", "approved"))],
                order="date_from desc, id desc",
            )
        )
        # The last one to be looked at wins: the earliest next one, or what runs already.
        waiting = {one.dealer_id.id: one.deposit_amount for one in contracts if one.state != "running"}
        running = {
            one.dealer_id.id: one.deposit_amount for one in reversed(contracts) if one.state == "running"
        }
        return {**waiting, **running}

    def _deposits_short(self):
        """Override: what the ledger lacks of what the contract asks for."""
        lacking = self._deposits_lacking(self._deposit_balances(), self._deposits_required())
        return {**super()._deposits_short(), **lacking}

    def _deposits_lacking(self, balances, required):
        """Return by how much more than nothing the ledger lacks of what is required: ``{dealer id: amount}``."""
        currencies = {dealer.id: dealer.currency_id for dealer in self.sudo()}
        missing = {dealer: amount - balances.get(dealer, 0.0) for dealer, amount in required.items()}
        return {
            dealer: currencies[dealer].round(amount)
            for dealer, amount in missing.items()
            if currencies[dealer].compare_amounts(amount, 0.0) > 0
        }
