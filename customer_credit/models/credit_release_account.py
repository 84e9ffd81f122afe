from odoo import models


class CustomerCreditHold(models.Model):
    """What several orders share under one release is counted at the payer's account, so there has to be one."""

    _inherit = "customer.credit.hold"

    def _approval_granted(self):
        """Override: a release up to an amount needs the account before the first order goes on under it."""
        self.filtered(lambda hold: hold.release_kind == "amount")._ensure_accounts()
        return super()._approval_granted()

    def _ensure_accounts(self):
        """Give payers without a credit account one without a limit.

        Decisions about one payer wait for each other at its account: without one, two at a time would each use
        up the whole amount of a release.
        """
        accounts = self.env["customer.credit.account"].sudo()
        for company, holds in self.filtered(lambda hold: not hold.account_id).grouped("company_id").items():
            known = accounts._of(holds.partner_id, company)
            missing = holds.partner_id.filtered(lambda payer, known=known: payer.id not in known)
            values = [{"company_id": company.id, "partner_id": payer.id} for payer in missing]
            known.update({account.partner_id.id: account for account in accounts.create(values)})
            for payer, own in holds.grouped("partner_id").items():
                own._approval_write({"account_id": known[payer.id].id})
