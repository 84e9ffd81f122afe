import json

from werkzeug.exceptions import BadRequest, Forbidden, InternalServerError

from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request, route, serialize_exception

from ..tools.sheet_xlsx import MIME

TYPES = {"xlsx": MIME, "pdf": "application/pdf"}


class FormController(Controller):
    """Downloads of forms, under the user's own rights."""

    @route(
        "/customer_management/form/<model('customer.form'):form>/<string:file_format>",
        type="http",
        auth="user",
        methods=["POST"],
        readonly=True,
    )
    def form_file(self, form, file_format, data="{}", **_kw):
        """Return a form as a file.

        :param data: JSON: what the user sees, see ``Ask``; an empty object prints the form as it opens
        """
        if file_format not in TYPES:
            raise BadRequest
        if file_format == "xlsx" and not request.env.user.has_group("base.group_allow_export"):
            raise Forbidden(request.env._("You are not allowed to export data: ask an administrator."))
        try:
            asked = json.loads(data)
        except ValueError as error:
            raise BadRequest from error
        if not isinstance(asked, dict):
            raise BadRequest
        try:
            content, name = self._render(form, file_format, asked)
        except UserError as error:
            # The web client shows the message of an error in this wrapping, as of the host's own exports.
            answer = {"code": 0, "message": "Odoo Server Error", "data": serialize_exception(error)}
            raise InternalServerError(json.dumps(answer)) from error
        headers = [("Content-Type", TYPES[file_format]), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers)

    def _render(self, form, file_format, asked):
        """Return the file in the companies and the context of the window that it shows."""
        context = asked.pop("context", None) or {}
        if not isinstance(context, dict):
            raise BadRequest
        request.update_context(**{**context, "lang": request.env.lang})
        return form.with_env(request.env)._render(file_format, context=context, **asked)
