from odoo.http import Controller, content_disposition, request, route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AgingController(Controller):
    """Downloads of aging reports, under the user's own rights."""

    @route(
        "/customer_credit/aging/<model('customer.aging.report'):report>/xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def aging_xlsx(self, report):
        """Return the report as XLSX; a report of others is refused as everywhere."""
        content, name = report._render_xlsx()
        headers = [("Content-Type", XLSX), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers)
