from odoo import api, fields, models
from odoo.tools import SQL, split_every

# Accounts that the nightly job mirrors at a time.
BATCH = 2000


class CustomerCreditAccount(models.Model):
    """The limit in force is the one that the host knows as well: ``credit_limit`` of the payer and its contacts.

    It is written when a limit is, and every night, as limits begin, end and fall with the days. The host takes
    0 for no limit: which of the two it is, ``use_partner_credit_limit`` says (see ``res.partner``).
    """

    _inherit = "customer.credit.account"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: from now on the host's limit follows the account."""
        accounts = super().create(vals_list)
        accounts._note_host_limits()
        accounts._mirror_limits()
        return accounts

    def unlink(self):
        """Override of `base`: without an account the host's limit is again that of its company."""
        mirrored = [(company, own.partner_id) for company, own in self.grouped("company_id").items()]
        done = super().unlink()
        for company, payers in mirrored:
            self._write_host_limits(
                SQL(
                    "SET credit_limit = p.credit_limit - %s::text[] WHERE p.commercial_partner_id = ANY(%s)",
                    self._mirrored_keys(company),
                    payers.ids,
                )
            )
        return done

    def _changed(self):
        """Override: the host's limit changes with it."""
        done = super()._changed()
        self._mirror_limits()
        return done

    @api.model
    def _mirrored_keys(self, company):
        """Return the keys of the host's limits that follow the accounts of a company: its own, its branches'."""
        companies = self.env["res.company"].sudo().search([("id", "child_of", company.id)])
        return [str(one.id) for one in companies]

    def _note_host_limits(self):
        """Note on new accounts which limit of the customer does not count any more."""
        field = self.env["res.partner"]._fields["credit_limit"]
        for company, accounts in self.sudo().grouped("company_id").items():
            here = accounts.with_company(company)
            usual = field.get_company_dependent_fallback(here.partner_id)
            bodies = {
                account.id: self.env._(
                    "The customer had a limit of %s. It does not count any more: request one here.",
                    account._limit_words(account.partner_id.credit_limit),
                )
                for account in here
                if account.partner_id.credit_limit not in (0, usual)
            }
            here.browse(bodies)._message_log_batch(bodies=bodies)

    def _mirror_limits(self):
        """Let the host know the limits of today, where it does not; in a fixed number of statements a company."""
        for company, accounts in self.sudo().grouped("company_id").items():
            limits = accounts._limits()
            self._write_host_limits(
                SQL(
                    """
                    SET credit_limit = COALESCE(p.credit_limit, '{}') || known.value
                      FROM (SELECT l.payer, JSONB_OBJECT_AGG(key, l.amount) AS value
                              FROM UNNEST(%s::int[], %s::numeric[]) l(payer, amount)
                             CROSS JOIN UNNEST(%s::text[]) key GROUP BY l.payer) known
                     WHERE p.commercial_partner_id = known.payer
                       AND NOT COALESCE(p.credit_limit, '{}') @> known.value
                    """,
                    [account.partner_id.id for account in accounts],
                    [limits[account] or 0.0 for account in accounts],
                    self._mirrored_keys(company),
                )
            )

    @api.model
    def _write_host_limits(self, change):
        """Write the host's limits of partners ``p``, past the guard of ``res.partner``."""
        partners = self.env["res.partner"].sudo()
        partners.flush_model(["credit_limit", "commercial_partner_id"])
        self.env.cr.execute(SQL("UPDATE res_partner p %s", change))
        partners.invalidate_model(["credit_limit", "use_partner_credit_limit"], flush=False)

    @api.model
    def _cron_mirror(self):
        """Mirror all limits as of today; only what differs is written, batch by batch."""
        accounts = self.sudo().search(fields.Domain.TRUE, order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(accounts))
        for ids in split_every(BATCH, accounts.ids):
            self.browse(ids)._mirror_limits()
            if not self.env["ir.cron"]._commit_progress(len(ids)):
                break
