from odoo import api, fields, models
from odoo.fields import Command

from ..models.credit_hold import RELEASES


class CustomerCreditRelease(models.TransientModel):
    """Release holds: what for, until when and on which condition; the approval rules say who may.

    What the current user may not decide alone is submitted to those who may.
    """

    _name = "customer.credit.release"
    _description = "Credit Release"

    hold_ids = fields.Many2many("customer.credit.hold", string="Holds", required=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    release_kind = fields.Selection(
        RELEASES,
        string="Release",
        default="order",
        required=True,
    )
    release_amount = fields.Monetary(help="What orders may add together under this release.")
    release_until = fields.Date(help="The last day, included. Empty: as many days as the settings say.")
    promise_date = fields.Date(string="Payment Promised By")
    condition = fields.Char()
    reason = fields.Text(required=True)

    @api.depends("hold_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.hold_ids.company_id[:1] or self.env.company

    @api.model
    def default_get(self, fields):
        """Override of `base`: what the salesperson has asked for is proposed."""
        values = super().default_get(fields)
        holds = self.env["customer.credit.hold"].browse(self.env.context.get("active_ids", ()))
        if self.env.context.get("active_model") == holds._name and holds:
            values["hold_ids"] = [Command.set(holds.ids)]
            if len(holds) == 1:
                names = {
                    "release_kind",
                    "release_amount",
                    "release_until",
                    "promise_date",
                    "condition",
                    "reason",
                }
                values.update({name: holds[name] for name in names & set(fields)})
        return values

    def action_release(self):
        """Submit what nobody has submitted, and approve what waits for the current user.

        :raises CreditReleaseError: when a hold cannot be released, or something is missing
        """
        self.ensure_one()
        self.check_access("write")
        names = ("release_kind", "release_amount", "release_until", "promise_date", "condition", "reason")
        self.hold_ids._grant({name: self[name] for name in names})
        return {"type": "ir.actions.client", "tag": "soft_reload"}
