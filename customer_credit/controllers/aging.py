from werkzeug.exceptions import Forbidden, NotFound

from odoo.http import Controller, content_disposition, request, route

from odoo.addons.customer_management.tools import MIME

TYPES = {"xlsx": MIME, "pdf": "application/pdf"}


class AgingController(Controller):
    """Downloads of aging reports, under the user's own rights."""

    @route(
        "/customer_credit/aging/<model('customer.aging.report'):report>/<string:file_format>",
        type="http",
        auth="user",
        readonly=True,
    )
    def aging_file(self, report, file_format):
        """Return the report as XLSX or PDF; a report of others is refused as everywhere."""
        if file_format not in TYPES:
            raise NotFound
        if file_format == "xlsx" and not request.env.user.has_group("base.group_allow_export"):
            raise Forbidden(request.env._("You are not allowed to export data: ask an administrator."))
        content, name = report._render_xlsx() if file_format == "xlsx" else report._render_pdf()
        headers = [("Content-Type", TYPES[file_format]), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers)
