from odoo import models


class IrHttp(models.AbstractModel):
    """What the web client is told when it starts."""

    _inherit = "ir.http"

    def session_info(self):
        """Override of `web` to say which windows are forms, so that their menus offer to print them."""
        session = super().session_info()
        if self.env.user._is_internal():
            session["customer_forms"] = self.env["customer.form"]._by_window()
        return session
