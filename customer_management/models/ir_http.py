from odoo import models
from odoo.exceptions import UserError


class IrHttp(models.AbstractModel):
    """What the web client is told when it starts, and when something is refused."""

    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        """Override of `base`: a typed error is shown in the dialog of the host's class that it belongs to.

        The web client knows errors by the name of their class: others would be shown as a crash, without text.
        """
        if isinstance(exception, UserError) and not hasattr(exception, "context"):
            host = next(one for one in type(exception).__mro__ if one.__module__ == UserError.__module__)
            if host is not type(exception):
                exception.context = {"exception_class": f"{host.__module__}.{host.__name__}"}
        return super()._handle_error(exception)

    def session_info(self):
        """Override of `web` to say which windows are forms, so that their menus offer to print them."""
        session = super().session_info()
        if self.env.user._is_internal():
            session["customer_forms"] = self.env["customer.form"]._by_window()
        return session
