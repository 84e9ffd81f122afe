from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command


class CustomerDemoStory(models.AbstractModel):
    """What covers the debt of a customer of the story, and what two customers dispute."""

    _inherit = "customer.demo.story"

    @api.model
    def _cover(self):
        """Give Beihai a guarantee and an insurance, confirmed by somebody else than who entered them."""
        ref = self.env.ref
        today = fields.Date.today()
        common = {
            "user_id": ref("base.user_admin").id,
            "account_id": ref("customer_credit.credit_account_beihai").id,
            "currency_id": ref("base.USD").id,
        }
        guarantor, insurer = self.env["res.partner"].create(
            [
                {"name": "Beihai Holding Group", "is_company": True},
                {"name": "Eastern Credit Insurance", "is_company": True},
            ]
        )
        securities = self.env["customer.credit.security"].create(
            [
                {
                    **common,
                    "name": "Guarantee of the parent company",
                    "kind_id": ref("customer_credit.credit_security_kind_guarantee_joint").id,
                    "guarantor_id": guarantor.id,
                    "value": 20000,
                    "date_from": today - timedelta(days=120),
                    "date_to": today + timedelta(days=400),
                    "document_ids": self._paper("guarantee.txt"),
                },
                {
                    **common,
                    "name": "Insurance of the year",
                    "kind_id": ref("customer_credit.credit_security_kind_insurance").id,
                    "insurer_id": insurer.id,
                    "policy_number": "ECI-2087",
                    "value": 10000,
                    "cover_percent": 90,
                    "longest_term": 90,
                    "date_from": today - timedelta(days=340),
                    "date_to": today + timedelta(days=25),
                    "document_ids": self._paper("policy.txt"),
                },
            ]
        )
        securities.action_submit()
        waiting = securities.filtered(lambda security: security.approval_state == "pending")
        waiting.with_user(ref("base.user_admin")).action_approve()
        self.env["customer.credit.security"]._cron_expire()

    @api.model
    def _paper(self, name):
        return [Command.create({"name": name, "raw": b"Signed and sealed."})]

    @api.model
    def _dispute(self):
        """Open a dispute on an invoice of Harbin, and settle one of Beihai by a credit note."""
        company = self.env.ref("base.main_company")
        if not company.chart_template:
            return
        ref = self.env.ref
        open_invoices = [
            ("company_id", "=", company.id),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("amount_residual", ">", 400),
        ]
        disputes = self.env["customer.dispute"].with_company(company)
        for name, amount, reason, words in (
            ("harbin", 360, "d03", "Six of the stoves do not light."),
            ("beihai", 45, "d01", "The price of the order was lower."),
        ):
            partner = ref(f"customer_management.partner_{name}")
            domain = [("partner_id", "=", partner.id), *open_invoices]
            invoice = self.env["account.move"].search(domain, order="invoice_date desc", limit=1)
            if invoice:
                disputes += disputes.create(
                    {
                        "move_id": invoice.id,
                        "amount": amount,
                        "reason_id": ref(f"customer_credit.dispute_reason_{reason}").id,
                        "description": words,
                    }
                )
        settled = disputes.filtered(lambda dispute: dispute.amount == 45)
        for dispute in settled:
            dispute._make_credit_note(dispute.amount, "The order says so.").action_post()

    @api.model
    def _check_exposure(self):
        """Prove that all that takes up credit in the story is in its documents."""
        self.env["customer.credit.check"]._cron_check()
