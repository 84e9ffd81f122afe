import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..exceptions import RebateSettingError

_logger = logging.getLogger(__name__)


class CustomerDealerRebateAccrual(models.Model):
    """What was booked at the end of a month so that the books hold what dealers earned so far.

    A line for each statement whose amount changed. What is settled is charged to the same account, so its balance
    is what is open.
    """

    _name = "customer.dealer.rebate.accrual"
    _description = "Rebate Accrual"
    _order = "date desc, id desc"
    _rec_name = "date"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(string="Month End", required=True, readonly=True)
    line_ids = fields.One2many("customer.dealer.rebate.accrual.line", "accrual_id", readonly=True)
    amount = fields.Monetary(string="Change", compute="_compute_amount", store=True)
    move_id = fields.Many2one(
        "account.move", string="Entry", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    _month_unique = models.UniqueIndex("(company_id, date)", "The rebates of this month are booked already.")

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for one in self:
            one.amount = sum(one.line_ids.mapped("amount"))

    @api.model
    def _accrue(self, company, day):
        """Book the change of the rebates of a company up to a month end; once a month.

        :return: the accrual, also where nothing changed; the one that is there where it was booked before
        :raises RebateSettingError: when accounts or the journal are not set
        """
        company = company.root_id.sudo()
        accruals = self.sudo()
        found = accruals.search([("company_id", "=", company.id), ("date", "=", day)])
        if found:
            return found
        if not company._rebates_are_booked():
            raise RebateSettingError(
                self.env._(
                    "Rebates of %s are not booked: choose the two accounts and the journal in the settings, under "
                    "Customer Channels.",
                    company.name,
                )
            )
        changes = self._changes(company, day)
        lines = [Command.create({"statement_id": one.id, "amount": amount}) for one, amount in changes]
        accrual = accruals.create({"company_id": company.id, "date": day, "line_ids": lines})
        if changes:
            move = self.env["account.move"].sudo().with_company(company).create(accrual._entry_values())
            move.action_post()
            accrual.move_id = move
        return accrual

    @api.model
    def _changes(self, company, day):
        """Return ``[(final statement, amount)]``: what should be booked less what is."""
        statements = self.env["customer.dealer.rebate.statement"].sudo()
        finals = statements.search(
            [("company_id", "=", company.id), ("kind", "=", "final"), ("date_from", "<=", day)]
        )
        due = self._due(company, finals, day)
        lines = self.env["customer.dealer.rebate.accrual.line"].sudo()
        groups = lines._read_group([("statement_id", "in", finals.ids)], ["statement_id"], ["amount:sum"])
        booked = {statement.id: amount for statement, amount in groups}
        changes = [(one, company.currency_id.round(due[one.id] - booked.get(one.id, 0.0))) for one in finals]
        return [(one, amount) for one, amount in changes if amount]

    @api.model
    def _due(self, company, finals, day):
        """Return what should have been booked for each final statement, with its interims: ``{id: amount}``."""
        amounts = {one.id: 0.0 if one.forfeited_on else one.amount for one in finals}
        running = finals.filtered(lambda one: one.approval_state == "draft" and not one.forfeited_on)
        if running:
            running.plan_id._check_tiers()
            rows = self.env["customer.dealer.rebate.engine"]._results(
                company, running, fields.Date.context_today(self), until=day
            )
            amounts |= {one.id: float(values["amount"]) for one, values, _items in rows}
        groups = finals._read_group(
            [
                ("kind", "=", "interim"),
                ("dealer_id", "in", finals.dealer_id.ids),
                ("approval_state", "=", "approved"),
                ("forfeited_on", "=", False),
            ],
            ["plan_id", "dealer_id", "period_from:day"],
            ["amount:sum"],
        )
        interims = {(plan.id, dealer.id, period): amount for plan, dealer, period, amount in groups}
        for one in finals:
            amounts[one.id] += interims.get((one.plan_id.id, one.dealer_id.id, one.period_from), 0.0)
        return amounts

    def _entry_values(self):
        """Return the entry: reduction of the revenue against accrued rebates, by dealer."""
        self.ensure_one()
        company = self.company_id
        commands = []
        for line in self.line_ids:
            common = {"partner_id": line.partner_id.id, "name": line.statement_id.name}
            reduced = company.customer_rebate_revenue_account_id.id
            accrued = company.customer_rebate_accrual_account_id.id
            commands += [
                Command.create({**common, "account_id": reduced, "balance": line.amount}),
                Command.create({**common, "account_id": accrued, "balance": -line.amount}),
            ]
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": company.customer_rebate_journal_id.id,
            "date": self.date,
            "ref": self.env._("Accrued rebates"),
            "line_ids": commands,
        }

    def action_open_move(self):
        """Open the entry."""
        self.ensure_one()
        return self.move_id._get_records_action()

    @api.model
    def _cron_accrue(self):
        """Book the month that ended last, company by company; what is booked stays when the job is stopped."""
        today = fields.Date.context_today(self)
        last = fields.Date.subtract(fields.Date.start_of(today, "month"), days=1)
        companies = (
            self.env["res.company"].sudo().search([("customer_rebate_accrual_account_id", "!=", False)])
        )
        done = self.sudo().search([("date", "=", last)]).company_id
        for company in (companies - done).filtered(lambda one: one._rebates_are_booked()):
            try:
                with self.env.cr.savepoint():
                    self._accrue(company, last)
            except UserError as error:
                _logger.warning("Rebates of %s at %s were not booked: %s", company.name, last, error)
            self.env["ir.cron"]._commit_progress(1)


class CustomerDealerRebateAccrualLine(models.Model):
    """The change of one rebate in a month."""

    _name = "customer.dealer.rebate.accrual.line"
    _description = "Rebate Accrual Line"
    _order = "accrual_id, id"
    _rec_name = "statement_id"

    accrual_id = fields.Many2one(
        "customer.dealer.rebate.accrual", required=True, index=True, ondelete="cascade"
    )
    statement_id = fields.Many2one(
        "customer.dealer.rebate.statement", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="accrual_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="statement_id.partner_id", store=True, index=True)
    date = fields.Date(related="accrual_id.date", store=True)
    amount = fields.Monetary(required=True)


class ResCompany(models.Model):
    """Whether rebates are booked."""

    _inherit = "res.company"

    def _rebates_are_booked(self):
        """Return whether both accounts and the journal are set."""
        self.ensure_one()
        company = self.sudo()
        return bool(
            company.customer_rebate_accrual_account_id
            and company.customer_rebate_revenue_account_id
            and company.customer_rebate_journal_id
        )
