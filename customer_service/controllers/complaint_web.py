from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from ..exceptions import ComplaintTooManyError

# Where the session keeps the number of the complaint that was sent last; True for none.
SENT = "complaint_web_sent"


class ComplaintWeb(http.Controller):
    """The public form, where the host's website is installed and the company wants it."""

    def _company(self):
        """Return the company of the website, empty where there is no form."""
        if "website" not in request.env:
            return request.env["res.company"].sudo()
        company = request.env["website"].sudo().get_current_website().company_id
        return company if company.complaint_web else company.browse()

    def _show(self, status=200, **values):
        response = request.render(
            "customer_service.web_complaint_form", {"posted": {}, "error": None, "number": None, **values}
        )
        response.status_code = status
        return response

    def _thank(self, number):
        """Lead to the page that thanks; the visitor's session keeps the number for it."""
        request.session[SENT] = number
        return request.redirect("/complaint?sent=1")

    @http.route("/complaint", type="http", auth="public", website=True, sitemap=False, methods=["GET"])
    def complaint_form(self, sent=None, **_kw):
        """Show the form, or thank who has just sent it: reading the page again sends nothing again."""
        company = self._company()
        if not company:
            return request.not_found()
        return self._show(company=company, number=sent and request.session.get(SENT))

    @http.route(
        "/complaint",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        methods=["POST"],
        captcha="customer_complaint",
    )
    def complaint_send(self, homepage=None, **posted):
        """Take in a complaint; who fills the field that nobody sees is thanked, and nothing is kept."""
        company = self._company()
        if not company:
            return request.not_found()
        if homepage:
            return self._thank(True)
        files = [
            (one.filename, one.read()) for one in request.httprequest.files.getlist("files") if one.filename
        ]
        complaints = request.env["customer.complaint"].sudo()
        try:
            with request.env.cr.savepoint():
                client = request.httprequest.remote_addr
                complaint = complaints._web_new(company, client, posted, files)
        except ComplaintTooManyError as error:
            return self._show(429, company=company, posted=posted, error=error.args[0])
        except (UserError, ValidationError) as error:
            return self._show(company=company, posted=posted, error=error.args[0])
        return self._thank(complaint.name)
