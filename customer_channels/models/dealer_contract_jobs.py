from odoo import api, fields, models


class CustomerDealerContract(models.Model):
    """The daily job: begin, expire, remind, and watch the deposits. Each step may be stopped and run again."""

    _inherit = "customer.dealer.contract"

    @api.model
    def _cron_daily(self):
        """Do what the day brings, contract by contract, each done for good before the next."""
        today = fields.Date.context_today(self)
        steps = (
            self._job_terminate(today),
            self._job_begin(today),
            self._job_expire(today),
            self._job_deposit(today),
            self._job_remind(today),
        )
        for step in steps:
            for _done in step:
                self.env["ir.cron"]._commit_progress(1)

    def _job_terminate(self, today):
        """End what was decided to end by now."""
        domain = [("approval_state", "=", "approved"), ("done_on", "=", False), ("ends_on", "<=", today)]
        for termination in self.env["customer.dealer.termination"].search(domain):
            yield termination._carry_out()

    def _job_begin(self, today):
        domain = [("state", "=", "signed"), ("date_from", "<=", today), ("date_to", ">=", today)]
        for contract in self.search(domain, order="date_from, id"):
            yield contract._begin_due(today)

    def _job_expire(self, today):
        """End what is past its last day, whether it ever ran or was never signed."""
        domain = [("state", "in", ("approved", "signed", "running")), ("date_to", "<", today)]
        for contract in self.search(domain):
            yield contract._end("expired", contract.date_to)

    def _job_deposit(self, today):
        """Suspend dealers whose deposit is missing for too long, and lift that when it is paid."""
        running = self.search([("state", "=", "running"), ("deposit_amount", ">", 0)])
        short = running.dealer_id._deposits_short()
        for contract in running:
            dealer, days = contract.dealer_id, contract.company_id.customer_contract_deposit_days
            late = fields.Date.add(contract.begun_on, days=days) < today
            missing = short.get(dealer.id, 0.0)
            if missing and late and not dealer.suspended_on:
                yield contract._suspend_for_deposit(missing, today)
            elif not missing and contract.deposit_missed_on:
                yield contract._resume_after_deposit()

    def _suspend_for_deposit(self, missing, today):
        reason = self.env._(
            "%(amount)s of the deposit of contract %(contract)s are missing.",
            amount=self._words_money(missing),
            contract=self.name,
        )
        self.dealer_id._suspend(reason)
        self._approval_write({"deposit_missed_on": today})
        self.dealer_id.message_post(body=reason)

    def _resume_after_deposit(self):
        """Lift the suspension, unless the dealer was suspended anew for another reason since."""
        if self.dealer_id.suspended_on == self.deposit_missed_on:
            self.dealer_id._resume()
        self._approval_write({"deposit_missed_on": False})

    def _job_remind(self, today):
        """Tell the responsible once that a contract ends, so many days before as the company has set."""
        kind = self.env.ref("mail.mail_activity_data_todo")
        for company in self.env["res.company"].search([("parent_id", "=", False)]):
            last = fields.Date.add(today, days=company.customer_contract_renewal_days)
            domain = [
                ("company_id", "=", company.id),
                ("state", "=", "running"),
                ("date_to", "<=", last),
                ("reminded_on", "=", False),
                ("renewal_ids", "=", False),
            ]
            for contract in self.search(domain):
                contract._approval_write({"reminded_on": today})
                yield contract.activity_schedule(
                    activity_type_id=kind.id,
                    date_deadline=contract.date_to,
                    user_id=(contract.user_id or contract.dealer_id.user_id or self.env.user).id,
                    summary=self.env._("Renew or let go: “%s” ends", contract.name),
                )
