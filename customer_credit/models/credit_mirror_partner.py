from odoo import api, fields, models
from odoo.tools import float_compare

from ..exceptions import CreditWriteError

HOST_FIELDS = {"credit_limit", "use_partner_credit_limit"}
# In the context while partners are merged: what the merge would write is left out.
# An object, because no caller from outside can send it.
MERGING = object()


class ResPartner(models.Model):
    """The host's limit of a payer with a credit account is that of the account, and nobody writes it by hand."""

    _inherit = "res.partner"

    credit_account_id = fields.Many2one(
        "customer.credit.account",
        compute="_compute_credit_account_id",
        groups="account.group_account_invoice,account.group_account_readonly",
        help="Its limit is the one that counts for this customer.",
    )

    @api.depends_context("company")
    def _compute_credit_account_id(self):
        accounts = self._credit_accounts()
        for partner in self:
            partner.credit_account_id = accounts.get(partner.commercial_partner_id.id, False)

    def _credit_accounts(self):
        """Return the accounts of those who pay for these partners here: ``{payer id: account}``."""
        return self.env["customer.credit.account"]._of(self, self.env.company.sudo().root_id)

    @api.depends_context("company")
    def _compute_use_partner_credit_limit(self):
        """Override of `account`: with an account, whether it has a limit; cash only is one, of zero."""
        done = super()._compute_use_partner_credit_limit()
        accounts = self._credit_accounts()
        known = self.env["customer.credit.account"].sudo().union(*accounts.values())
        limits = known._limits() if known else {}
        for partner in self:
            account = accounts.get(partner.commercial_partner_id.id)
            if account:
                partner.use_partner_credit_limit = limits[account] is not None
        return done

    def _inverse_use_partner_credit_limit(self):
        """Override of `account`: it is not for those with an account."""
        accounts = self._credit_accounts()
        free = self.filtered(lambda partner: partner.commercial_partner_id.id not in accounts)
        return super(ResPartner, free)._inverse_use_partner_credit_limit()

    def write(self, vals):
        """Override of `base`: the limit of who has a credit account is not written here.

        :raises CreditWriteError: when it is to be another one than that of the account
        """
        if not HOST_FIELDS.isdisjoint(vals):
            if self.env.context.get("credit_merge") is MERGING:
                vals = {name: value for name, value in vals.items() if name not in HOST_FIELDS}
            else:
                self._check_host_limit(vals)
        return super().write(vals)

    def _check_host_limit(self, vals):
        """:raises CreditWriteError: when these values are not those of the accounts"""
        accounts = self._credit_accounts()
        for payer in self.sudo().commercial_partner_id if accounts else ():
            account = accounts.get(payer.id)
            if not account:
                continue
            limit = vals.get("credit_limit", payer.credit_limit) or 0.0
            used = vals.get("use_partner_credit_limit", payer.use_partner_credit_limit)
            places = account.currency_id.decimal_places
            if (
                float_compare(float(limit), payer.credit_limit, precision_digits=places)
                or bool(used) != payer.use_partner_credit_limit
            ):
                raise CreditWriteError(
                    self.env._(
                        "The credit limit of %(payer)s is that of its credit account (%(limit)s), and is not "
                        "changed on the customer. Use “Request a Change” on the credit account.",
                        payer=payer.name,
                        limit=account._limit_words(account._limits()[account]),
                    )
                )
