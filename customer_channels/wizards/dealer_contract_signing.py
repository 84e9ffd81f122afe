from odoo import fields, models


class CustomerDealerContractSigning(models.TransientModel):
    """Note that a contract was signed on paper: who, when, and the scan."""

    _name = "customer.dealer.contract.signing"
    _description = "Signature on Paper"
    _inherit = ["customer.links.mixin"]
    _checked_links = ("contract_id", "scan_ids")

    contract_id = fields.Many2one("customer.dealer.contract", required=True, readonly=True)
    signed_by = fields.Char(string="Signed For the Dealer By", required=True)
    signed_on = fields.Date(required=True, default=fields.Date.context_today)
    scan_ids = fields.Many2many("ir.attachment", string="Scan of the Paper", required=True)

    def action_confirm(self):
        """Note the signature; the contract runs from its first day on.

        :raises ContractStateError: when the contract does not wait for it, or something is missing
        """
        self.ensure_one()
        self.check_access("write")
        self.contract_id.check_access("write")
        scans = self.scan_ids
        self.contract_id._sign(self.signed_by, self.signed_on, scans=scans)
        scans.sudo().write({"res_model": self.contract_id._name, "res_id": self.contract_id.id})
        return {"type": "ir.actions.act_window_close"}
