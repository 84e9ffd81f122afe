from datetime import timedelta

from odoo import api, fields, models

# Hours after the report at which somebody planned it; without an entry it is still to be planned.
PLANNED = {"plan": 2, "signed": 1, "paid": 30, "remote": 1}


class CustomerDemoStory(models.AbstractModel):
    """Service in time, service that was planned too late, and a repair that nobody has planned yet."""

    _inherit = "customer.demo.story"

    @api.model
    def _service_clocks(self):
        """Let the clocks of the service requests say what their days say."""
        for code in (*PLANNED, "repair"):
            request = self.env.ref(f"customer_service.service_request_{code}")
            request.sudo()._demo_clock(PLANNED.get(code))
        rows = self.env["customer.service.request.clock"].sudo()
        rows = rows.search([("date_check", "<=", fields.Datetime.now()), ("date_done", "=", False)])
        rows.document_id._clock_look(rows, fields.Datetime.now())


class CustomerServiceRequest(models.Model):
    """How the demo dates the clocks of service requests back."""

    _inherit = "customer.service.request"

    def _demo_clock(self, planned):
        """Begin the clock anew, from what the days of the request say.

        :param planned: hours after the report at which it was planned, None when it was not
        """
        self.clock_ids.unlink()
        self._clock_begin(self.date_reported)
        if planned is not None:
            self._clock_answer(self.date_reported + timedelta(hours=planned))
        if self.date_done:
            self._clock_resolve(min(max(self.visit_ids.mapped("date_to")), self.date_done))
        self.clock_ids.write({"history": False})
