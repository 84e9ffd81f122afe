import binascii

from odoo import http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

MODEL = "customer.service.request"
# Nothing is shown of what is only noted down.
SEEN = ("planned", "on_way", "working", "done", "signed", "closed")
STEP = 20


class ServiceRequestPortal(CustomerPortal):
    """The pages on which a customer follows its service requests, reads the report and signs it."""

    def _service_domain(self):
        """Return the domain of the requests of the visitor's own company; of nobody for the public."""
        own = request.env.user.partner_id.commercial_partner_id
        if request.env.user._is_public() or not own:
            return [(0, "=", 1)]
        return [("commercial_partner_id", "=", own.id), ("state", "in", SEEN)]

    def _service_request(self, request_id, access_token=None):
        """Return a service request as the system, for its customer's people and for whoever has the link.

        :raises AccessError: for anybody else, and while it is only noted down
        :raises MissingError: when there is none
        """
        requests = request.env[MODEL].sudo()
        found = requests.search([("id", "=", request_id), *self._service_domain()])
        if not found:
            found = self._document_check_access(MODEL, request_id, access_token=access_token)
        if found.state not in SEEN and not request.env.user._is_internal():
            raise AccessError(request.env._("This service request is not shown yet."))
        return found

    def _prepare_home_portal_values(self, counters):
        """Override of `portal`: how many service requests the customer has."""
        values = super()._prepare_home_portal_values(counters)
        if "service_count" in counters:
            values["service_count"] = request.env[MODEL].sudo().search_count(self._service_domain())
        return values

    @http.route(["/my/service", "/my/service/page/<int:page>"], type="http", auth="user", website=True)
    def portal_service_requests(self, page=1, **_kw):
        """Show the customer's own service requests."""
        requests, domain = request.env[MODEL].sudo(), self._service_domain()
        pages = pager(url="/my/service", total=requests.search_count(domain), page=page, step=STEP)
        return request.render(
            "customer_service.portal_service_requests",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "service_request",
                "service_requests": requests.search(domain, limit=STEP, offset=pages["offset"]),
                "pager": pages,
                "default_url": "/my/service",
            },
        )

    @http.route(["/my/service/<int:request_id>"], type="http", auth="public", website=True)
    def portal_service_request(
        self, request_id, access_token=None, report_type=None, download=False, message=None, **kwargs
    ):
        """Show a service request, or send its report as PDF."""
        try:
            found = self._service_request(request_id, access_token)
        except (AccessError, MissingError):
            return request.redirect("/my")
        if report_type == "pdf":
            return self._show_report(
                model=found,
                report_type="pdf",
                report_ref="customer_service.service_request_action_print",
                download=download,
            )
        values = self._get_page_view_values(
            found,
            access_token,
            {"service_request": found, "message": message, "page_name": "service_request"},
            "my_service_requests_history",
            False,
            **kwargs,
        )
        return request.render("customer_service.portal_service_request", values)

    @http.route(["/my/service/<int:request_id>/accept"], type="jsonrpc", auth="public", website=True)
    def portal_service_request_accept(self, request_id, access_token=None, name=None, signature=None):
        """Sign the report of a service request."""
        access_token = access_token or request.httprequest.args.get("access_token")
        try:
            found = self._service_request(request_id, access_token)
        except (AccessError, MissingError):
            return {"error": request.env._("There is no such service request.")}
        if not signature:
            return {"error": request.env._("Signature is missing.")}
        try:
            # What fails halfway, such as a picture that is none, leaves nothing behind.
            with request.env.cr.savepoint():
                found._sign(name, signature)
                request.env.flush_all()
        except (AttributeError, TypeError, ValueError, binascii.Error):
            return {"error": request.env._("Invalid signature data.")}
        except UserError as error:
            return {"error": str(error)}
        return {
            "force_refresh": True,
            "redirect_url": found.get_portal_url(query_string="&message=sign_ok"),
        }
