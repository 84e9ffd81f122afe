import binascii

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

# No name of a person is longer.
NAME = 200
SEEN = ("approved", "signed", "running", "ended")


class DealerContractPortal(CustomerPortal):
    """The page on which a dealer reads its contract and signs it."""

    def _dealer_contract(self, contract_id, access_token=None):
        """Return a contract as the system, for its dealer's people and for whoever has the link.

        :raises AccessError: for anybody else, and while it is being prepared
        :raises MissingError: when there is none
        """
        contract = request.env["customer.dealer.contract"].sudo().browse(contract_id).exists()
        own = request.env.user.partner_id.commercial_partner_id
        if request.env.user._is_public() or not contract or contract.partner_id != own:
            contract = self._document_check_access(
                "customer.dealer.contract", contract_id, access_token=access_token
            )
        if contract.state not in SEEN and not request.env.user._is_internal():
            raise AccessError(request.env._("This contract is being prepared."))
        return contract

    @http.route(["/my/dealer/contracts/<int:contract_id>"], type="http", auth="public", website=True)
    def portal_dealer_contract(
        self, contract_id, access_token=None, report_type=None, download=False, message=None, **kwargs
    ):
        """Show a contract, or send it as PDF."""
        try:
            contract = self._dealer_contract(contract_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if report_type == "pdf":
            return self._show_report(
                model=contract.with_context(lang=contract.lang),
                report_type="pdf",
                report_ref="customer_channels.dealer_contract_action_print",
                download=download,
            )
        values = self._get_page_view_values(
            contract,
            access_token,
            {
                "contract": contract,
                "message": message,
                "page_name": "dealer_contract",
                "res_company": contract.company_id,
            },
            "my_dealer_contracts_history",
            False,
            **kwargs,
        )
        return request.render("customer_channels.portal_dealer_contract", values)

    @http.route(
        ["/my/dealer/contracts/<int:contract_id>/accept"], type="jsonrpc", auth="public", website=True
    )
    def portal_dealer_contract_accept(self, contract_id, access_token=None, name=None, signature=None):
        """Sign a contract."""
        access_token = access_token or request.httprequest.args.get("access_token")
        if not isinstance(access_token, str):
            access_token = None
        try:
            contract = self._dealer_contract(contract_id, access_token)
        except (AccessError, MissingError):
            return {"error": request.env._("Invalid contract.")}
        if not signature:
            return {"error": request.env._("Signature is missing.")}
        if not (isinstance(name, str) and isinstance(signature, str)) or len(name) > NAME or "\0" in name:
            return {"error": request.env._("Invalid signature data.")}
        try:
            # What fails halfway, such as a picture that is none, leaves nothing behind.
            with request.env.cr.savepoint():
                contract._sign(name, signature=signature)
        except (AttributeError, TypeError, ValueError, binascii.Error):
            return {"error": request.env._("Invalid signature data.")}
        except UserError as error:
            return {"error": str(error)}
        contract.message_post(
            author_id=(
                contract.partner_id if request.env.user._is_public() else request.env.user.partner_id
            ).id,
            body=request.env._("Contract signed by %s", name),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        return {
            "force_refresh": True,
            "redirect_url": contract.get_portal_url(query_string="&message=sign_ok"),
        }
