from odoo import models


class CustomerCreditAccount(models.Model):
    """The doors of an account: to its reviews, its requests and the history of its rating."""

    _inherit = "customer.credit.account"

    def action_start_review(self):
        """Open the draft of a review of the account, or a new one."""
        self.ensure_one()
        reviews = self.env["customer.credit.review"]
        found = reviews.search(
            [("account_id", "=", self.id), ("approval_state", "in", ("draft", "pending"))], limit=1
        )
        return (found or reviews.create({"account_id": self.id}))._get_records_action()

    def action_request_change(self):
        """Open a new request for another limit or other terms."""
        self.ensure_one()
        return self.partner_id.with_company(self.company_id).action_request_credit_limit()

    def action_open_reviews(self):
        """Show the reviews of the account."""
        return self._open_own("credit_review_action")

    def action_open_requests(self):
        """Show the requests for its limits and terms."""
        action = self._open_own("credit_limit_request_action")
        payer = {"default_partner_id": self.partner_id.id, "default_company_id": self.company_id.id}
        return {**action, "context": payer}

    def action_open_changes(self):
        """Show how its rating changed."""
        return self._open_own("credit_rating_change_action")

    def _open_own(self, name):
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(f"customer_credit.{name}")
        return {
            **action,
            "domain": [("account_id", "=", self.id)],
            "context": {"default_account_id": self.id},
        }


class ResPartner(models.Model):
    """Asking for credit from the customer."""

    _inherit = "res.partner"

    def action_request_credit_limit(self):
        """Open a new request for a limit of this customer."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a Credit Limit"),
            "res_model": "customer.credit.limit.request",
            "views": [(False, "form")],
            "context": {
                "default_partner_id": self.commercial_partner_id.id,
                "default_company_id": self.env.company.id,
            },
        }
