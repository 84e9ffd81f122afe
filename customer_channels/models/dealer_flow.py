from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

# The steps of a dealer's life in their order: where each is drawn (column, row).
PLACES = {
    "inquiry": (0, 0),
    "application": (1, 0),
    "survey": (2, 0),
    "review": (3, 0),
    "registration": (4, 0),
    "contract": (4, 1),
    "deposit": (3, 1),
    "active": (2, 1),
    "target": (1, 1),
    "quarter": (1, 2),
    "renew": (0, 3),
    "downgrade": (1, 3),
    "rectify": (2, 3),
    "suspend": (3, 3),
    "terminate": (4, 3),
    "closing": (4, 4),
    "closed": (3, 4),
}
LINE = ("inquiry", "application", "survey", "review", "registration", "contract", "deposit", "active")
EDGES = [
    *zip(LINE, LINE[1:], strict=False),
    ("active", "target"),
    ("target", "quarter"),
    *(("quarter", code) for code in ("renew", "downgrade", "rectify", "suspend", "terminate")),
    ("terminate", "closing"),
    ("closing", "closed"),
]


class CustomerDealer(models.Model):
    """The drawn flow of channel management: how many stand at each step, and what opens. (form 5.1)"""

    _name = "customer.dealer"
    _inherit = ["customer.dealer", "customer.flow.mixin"]

    @api.model
    def _flow_shape(self):
        """Override of `customer.flow.mixin`: the life of a dealer."""
        return PLACES, EDGES

    @api.model
    def _flow_lists(self):
        """Override of `customer.flow.mixin`: applications, contracts and dealers; other parts add theirs."""
        ahead = self.env.company.root_id.customer_contract_renewal_days
        ending = fields.Date.context_today(self) + relativedelta(days=ahead)
        short = self.search([("state", "in", ("registered", "active", "suspended"))])._deposits_short()
        draft = ("approval_state", "=", "draft")
        applications = {
            "inquiry": [draft, ("partner_id", "=", False)],
            "application": [draft, ("partner_id", "!=", False), ("assessment_id", "=", False)],
            "survey": [draft, ("partner_id", "!=", False), ("assessment_id", "!=", False)],
            "review": [("approval_state", "=", "pending")],
        }
        contracts = {
            "contract": [("state", "in", ("draft", "pending", "approved", "signed"))],
            "renew": [("state", "=", "running"), ("date_to", "<=", fields.Date.to_string(ending))],
            "terminate": [("end_kind", "=", "terminated"), ("dealer_id.state", "!=", "closed")],
        }
        dealers = {
            "registration": [("state", "=", "registered")],
            "deposit": [("id", "in", list(short))],
            "active": [("state", "=", "active")],
            "suspend": [("state", "=", "suspended")],
            "closed": [("state", "=", "closed")],
        }
        parts = {
            ("dealer_application_action", "customer.dealer.application"): applications,
            ("dealer_contract_action", "customer.dealer.contract"): contracts,
            ("dealer_action", "customer.dealer"): dealers,
        }
        return {
            code: (f"customer_channels.{action}", model, domain)
            for (action, model), lists in parts.items()
            for code, domain in lists.items()
        }

    @api.model
    def _flow_names(self):
        """Override of `customer.flow.mixin`: what the steps are called."""
        return {
            "inquiry": (self.env._("Inquiry"), "entry"),
            "application": (self.env._("Application"), "entry"),
            "survey": (self.env._("Survey"), "entry"),
            "review": (self.env._("Review"), "decision"),
            "registration": (self.env._("Registration"), "entry"),
            "contract": (self.env._("Contract"), "entry"),
            "deposit": (self.env._("Deposit Missing"), "entry"),
            "active": (self.env._("Active"), "running"),
            "target": (self.env._("Yearly Target"), "running"),
            "quarter": (self.env._("Quarterly Review"), "decision"),
            "renew": (self.env._("Renewal"), "running"),
            "downgrade": (self.env._("Downgrade"), "decision"),
            "rectify": (self.env._("Rectification"), "decision"),
            "suspend": (self.env._("Suspension"), "leaving"),
            "terminate": (self.env._("Termination"), "leaving"),
            "closing": (self.env._("Closing"), "leaving"),
            "closed": (self.env._("Closed"), "leaving"),
        }
