from odoo import fields, models

from ..exceptions import ContractStateError


class CustomerDealerContract(models.Model):
    """Signature: by the dealer on its portal page, or on paper with a scan that staff uploads."""

    _name = "customer.dealer.contract"
    _inherit = ["customer.dealer.contract", "portal.mixin"]
    _step_fields = ("signature", "signed_by", "scan_ids")

    signature = fields.Image(readonly=True, copy=False, attachment=True, max_width=1024, max_height=1024)
    signed_by = fields.Char(readonly=True, copy=False, tracking=True)
    scan_ids = fields.Many2many(
        "ir.attachment",
        "customer_dealer_contract_scan_rel",
        string="Signed Paper",
        readonly=True,
        copy=False,
        help="The scan of what was signed on paper.",
    )

    def _approval_free_fields(self):
        """Override: the link of the portal is made when it is first asked for; the responsible may change."""
        return super()._approval_free_fields() | {"access_token", "user_id"}

    def _compute_access_url(self):
        """Override of `portal`: where the dealer reads and signs it."""
        result = super()._compute_access_url()
        for contract in self:
            contract.access_url = f"/my/dealer/contracts/{contract.id}"
        return result

    def _may_be_signed(self):
        """Return whether the contract waits for its signature."""
        self.ensure_one()
        return self.state == "approved" and self.date_to >= fields.Date.context_today(self)

    def _sign(self, name, day=None, signature=None, scans=None):
        """Note that the dealer has signed; the contract runs from its first day on.

        :param str name: who signed
        :param day: when; today by default
        :param signature: the drawn signature, base64
        :param scans: the attachments of the signed paper
        :raises ContractStateError: when it does not wait for a signature, or nobody or nothing is given
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        if not self._may_be_signed():
            raise ContractStateError(self.env._("“%s” does not wait for a signature.", self.name))
        if not (name or "").strip() or not (signature or scans):
            raise ContractStateError(
                self.env._("Say who signed, with the signature or the scan of the paper.")
            )
        if (day or today) > today:
            raise ContractStateError(self.env._("A contract is not signed in the future."))
        self.sudo()._approval_write(
            {
                "signed_on": day or today,
                "signed_by": name.strip(),
                "signature": signature or False,
                "scan_ids": [(6, 0, scans.ids if scans else [])],
            }
        )
        self.sudo()._begin_due(today)
        self.env.ref("customer_channels.dealer_contract_cron_keep_pdf").sudo()._trigger()

    def action_sign(self):
        """Ask staff for the paper that the dealer has signed."""
        self.ensure_one()
        self.check_access("write")
        if not self._may_be_signed():
            raise ContractStateError(self.env._("“%s” does not wait for a signature.", self.name))
        return {
            "name": self.env._("Signed on Paper"),
            "type": "ir.actions.act_window",
            "res_model": "customer.dealer.contract.signing",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contract_id": self.id},
        }

    def action_send_link(self):
        """Write the dealer a message with the link to its page, where it reads and signs the contract."""
        self.ensure_one()
        self.check_access("write")
        if not self._may_be_signed():
            raise ContractStateError(self.env._("“%s” does not wait for a signature.", self.name))
        return {
            "name": self.env._("Send to the Dealer"),
            "type": "ir.actions.act_window",
            "res_model": "portal.share",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": self._name,
                "active_id": self.id,
                "default_res_model": self._name,
                "default_res_id": self.id,
                "default_partner_ids": [(6, 0, self.partner_id.ids)],
            },
        }

    def action_preview(self):
        """Open the page that the dealer sees."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "target": "self", "url": self.get_portal_url()}
