from datetime import timedelta

from odoo import fields, models
from odoo.tools import format_date

from ..exceptions import DealConflictError, DealStateError


class CustomerDealerDeal(models.Model):
    """From the registration of a deal to its end: approval, protection, extension, result, expiry."""

    _inherit = "customer.dealer.deal"

    def _approval_amount(self):
        """Override: what the deal is expected to bring."""
        self.ensure_one()
        return self.amount, self.currency_id

    def _approval_summary(self):
        """Override: dealer, end customer, what and when, and who else works on it."""
        self.ensure_one()
        known = self.env["customer.approval"]
        facts = [
            ("dealer_id", self.dealer_id.display_name),
            ("end_customer", self.end_customer),
            ("project", self.project),
            ("goods", self.goods),
            ("amount", self.amount and known._format(self.amount, self.currency_id)),
            ("date_expected", self.date_expected and known._format_day(self.date_expected)),
            ("conflict_note", self.conflict_note),
            ("conflict_answer", self.conflict_answer),
        ]
        return [(self._fields[name]._description_string(self.env), value) for name, value in facts if value]

    def _approval_check(self):
        """Override: an active dealer, and nobody else has the end customer.

        :raises DealStateError: when the dealer is not active
        :raises DealConflictError: when it is protected for somebody, or ours without a reason given
        """
        for deal in self:
            if deal.dealer_id.state != "active":
                raise DealStateError(
                    self.env._(
                        "%s is not an active dealer: only dealers with a contract in force get deals protected.",
                        deal.dealer_id.display_name,
                    )
                )
        self._refuse_conflicts()
        return super()._approval_check()

    def _refuse_conflicts(self):
        for deal_id, found in self.sudo()._conflicts().items():
            deal = self.browse(deal_id)
            notes = "\n".join(found["notes"])
            if found["deals"]:
                raise DealConflictError(
                    self.env._(
                        "“%(deal)s” cannot be protected:\n%(notes)s", deal=deal.display_name, notes=notes
                    )
                )
            if found["leads"] and not (deal.conflict_answer or "").strip():
                raise DealConflictError(
                    self.env._(
                        "We work on “%(deal)s” ourselves:\n%(notes)s\nChoose the opportunity, or say why the "
                        "dealer gets it all the same.",
                        deal=deal.display_name,
                        notes=notes,
                    )
                )

    def _approval_granted(self):
        """Override: the protection begins, and the opportunity of the deal is there."""
        today = fields.Date.context_today(self)
        for company, deals in self.grouped("company_id").items():
            deals._refuse_conflicts()
            deals._approval_write(
                {
                    "protected_from": today,
                    "protected_until": today + timedelta(days=company.customer_deal_days),
                }
            )
        self._link_leads()
        return super()._approval_granted()

    def _link_leads(self):
        """Make an opportunity for each deal that has none."""
        deals = self.filtered(lambda deal: not deal.lead_id)
        values = [
            {
                "type": "opportunity",
                "name": f"{deal.end_customer} – {deal.project or deal.name}",
                "partner_name": deal.end_customer,
                "contact_name": deal.contact_name,
                "email_from": deal.email,
                "phone": deal.phone,
                "expected_revenue": deal.amount,
                "date_deadline": deal.date_expected,
                "user_id": deal.user_id.id,
                "company_id": deal.company_id.id,
                "referred": deal.dealer_id.display_name,
            }
            for deal in deals
        ]
        leads = self.env["crm.lead"].sudo().create(values)
        for deal, lead in zip(deals, leads, strict=True):
            deal._approval_write({"lead_id": lead.id})

    # Steps

    def action_extend(self):
        """Extend the protection, as often as the settings allow.

        :raises DealStateError: when a deal is not protected, or was extended often enough
        """
        self._ensure_step("protected")
        for deal in self:
            company = deal.company_id
            if deal.extensions >= company.customer_deal_extensions:
                raise DealStateError(
                    self.env._(
                        "“%(deal)s” was extended %(number)s times, no more is allowed. It is protected until "
                        "%(day)s.",
                        deal=deal.display_name,
                        number=deal.extensions,
                        day=format_date(self.env, deal.protected_until),
                    )
                )
            deal.sudo()._approval_write(
                {
                    "protected_until": deal.protected_until
                    + timedelta(days=company.customer_deal_extension_days),
                    "extensions": deal.extensions + 1,
                }
            )

    def action_won(self):
        """Note that the dealer got the order."""
        self._ensure_step("protected")
        self.sudo()._close("won")

    def action_lost(self):
        """Note that somebody else got the order."""
        self._ensure_step("protected")
        self.sudo()._close("lost")

    def action_release(self):
        """Give the end customer free before the last day."""
        self._ensure_step("protected")
        self.sudo()._close("released")

    def _close(self, result):
        self._approval_write({"result": result, "closed_on": fields.Date.context_today(self)})

    def action_open_lead(self):
        """Open the opportunity."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.lead",
            "res_id": self.lead_id.id,
            "views": [(False, "form")],
        }

    def _cron_expire(self, limit=500):
        """Close deals as their opportunities were, and those whose last day is past; safe to run again."""
        today = fields.Date.context_today(self)
        protected = fields.Domain("state", "=", "protected")
        due = {
            "won": protected & fields.Domain("lead_id.won_status", "=", "won"),
            "lost": protected & fields.Domain("lead_id.won_status", "=", "lost"),
            "expired": protected & fields.Domain("protected_until", "<", today),
        }
        deals = self.with_context(active_test=False)
        for result, domain in due.items():
            while found := deals.search(domain, limit=limit).try_lock_for_update():
                found._close(result)
                if not self.env["ir.cron"]._commit_progress(len(found)):
                    return
