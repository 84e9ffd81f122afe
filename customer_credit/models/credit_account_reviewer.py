from odoo import models


class CustomerCreditAccount(models.Model):
    """Who is asked about the credit of an account."""

    _inherit = "customer.credit.account"

    def _reviewers(self):
        """Return who is asked about the credit of each account: for its review, and for sudden changes.

        The credit controller of the company; else the salesperson of the payer, if credit is his business; else
        the first one of those who control credit in the company. All of them are active, see credit, and work in
        the company; accounts without anybody are absent.

        :return: ``{account: user}``
        """
        here = self.sudo()
        sees = self.env.ref("customer_credit.group_credit_user").sudo().all_user_ids
        sees = sees.filtered(lambda user: user.active and not user.share)
        controllers = self.env.ref("customer_credit.group_credit_controller").sudo().all_user_ids & sees
        found = {}
        for company, accounts in here.grouped("company_id").items():
            able = sees.filtered(lambda user, company=company: company in user.company_ids)
            chosen = company.customer_credit_controller_id & able
            people = (controllers & able).sorted("id")
            for account in accounts:
                user = chosen or account.user_id & able or people[:1]
                if user:
                    found[account.with_env(self.env)] = user.with_env(self.env)
        return found
