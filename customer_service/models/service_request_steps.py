from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

from ..exceptions import ServiceRequestError


class CustomerServiceRequest(models.Model):
    """The steps of a service request, from planning to the signature."""

    _inherit = "customer.service.request"

    def action_plan(self):
        """Say that it is planned: a technician has a time for it.

        :raises ServiceRequestError: without a visit
        """
        self._ensure_step("draft")
        for request in self:
            if not request.visit_ids.filtered(lambda visit: visit.state == "planned"):
                raise ServiceRequestError(
                    self.env._("Plan when “%s” is worked on, and by whom.", request.display_name)
                )
        self.sudo().state = "planned"
        self._to_technician()

    def action_on_way(self):
        """The technician sets off to the customer."""
        self._ensure_step("planned")
        for request in self:
            if request.kind != "on_site":
                raise ServiceRequestError(
                    self.env._("“%s” is not worked on at the customer's place.", request.display_name)
                )
        self.sudo().state = "on_way"

    def action_start(self):
        """Begin to work; remote help and repairs may begin without a plan."""
        self._ensure_step("draft", "planned", "on_way")
        self.sudo().state = "working"

    def action_done(self):
        """The work is done and reported: the parts leave the stock.

        :raises ServiceRequestError: with what the report lacks
        """
        self._ensure_step("working")
        for request in self:
            missing = request._missing_for_done()
            if missing:
                raise ServiceRequestError(
                    self.env._(
                        "“%(request)s” is not done yet:\n%(missing)s",
                        request=request.display_name,
                        missing="\n".join(f"- {text}" for text in missing),
                    )
                )
        self.sudo().write({"state": "done", "date_done": fields.Datetime.now()})
        self._end_visits("done")
        self._take_parts()

    def _missing_for_done(self):
        """Hook: return in sentences what the report of a service request lacks.

        :rtype: list[str]
        """
        self.ensure_one()
        missing = []
        if not (self.work_done or "").strip():
            missing.append(self.env._("Write down what was done."))
        repair = self.sudo().repair_id
        if repair and repair.state not in ("done", "cancel"):
            missing.append(self.env._("Finish repair order %s.", repair.name))
        return missing

    def action_close(self):
        """End it: signed by the customer, or done without a signature, as for remote help."""
        self._ensure_step("done", "signed")
        for request in self:
            if request.state == "done" and request.kind == "on_site":
                raise ServiceRequestError(
                    self.env._(
                        "“%s” was worked on at the customer's place: have it signed before you close it.",
                        request.display_name,
                    )
                )
        parts = self.sudo().part_ids.filtered(lambda part: not part.move_id and not part.sale_line_id)
        if parts:
            raise ServiceRequestError(
                self.env._(
                    "Parts of “%s” are charged and nobody has quoted them: make the quotation first.",
                    parts[0].request_id.display_name,
                )
            )
        self.sudo().write({"state": "closed", "date_closed": fields.Datetime.now()})

    def action_cancel(self):
        """Call it off: the visits are cancelled, and the customer's record keeps that it was asked for."""
        self._ensure_step("draft", "planned", "on_way", "working")
        repairs = self.sudo().repair_id.filtered(lambda one: one.state not in ("done", "cancel"))
        if repairs:
            repairs.action_repair_cancel()
        self.sudo().state = "cancelled"
        self._end_visits("cancelled")

    def action_reopen(self):
        """Ask why the work is taken up again."""
        self.ensure_one()
        return {
            "name": self.env._("Reopen"),
            "type": "ir.actions.act_window",
            "res_model": "customer.service.ask",
            "views": [(self.env.ref("customer_service.service_ask_view_form_reopen").id, "form")],
            "target": "new",
            "context": {"default_request_id": self.id, "default_step": "reopen"},
        }

    def _reopen(self, reason):
        """Take work up again for which the company still answers; the signature goes, a copy of the report stays.

        :param str reason: why
        :raises ServiceRequestError: when the days of the company for it are over, or without a reason
        """
        self._ensure_step("done", "signed", "closed", "cancelled")
        reason, now = self._reason(reason), fields.Datetime.now()
        for request in self:
            days = request.company_id.customer_work_warranty_days
            if request.date_done and fields.Datetime.add(request.date_done, days=days) < now:
                raise ServiceRequestError(
                    self.env._(
                        "“%(request)s” was done more than %(days)s days ago: make a new service request.",
                        request=request.display_name,
                        days=days,
                    )
                )
        for request in self.sudo():
            request._keep_report(reason)
            request.write(
                {
                    "state": "draft",
                    "date_done": False,
                    "date_closed": False,
                    "signature": False,
                    "signed_by": False,
                    "signed_on": False,
                    "reopen_count": request.reopen_count + 1,
                }
            )

    def _keep_report(self, reason):
        """Put the signed report into the thread, so that a reopened one loses nothing."""
        body = Markup("<b>%s</b>") % self.env._("Reopened: %s", reason)
        files = []
        if self.signature:
            pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
                "customer_service.service_request_action_print", self.ids
            )
            files = [(f"{self.name}.pdf", pdf)]
        self.message_post(body=body, attachments=files)

    def _reason(self, reason):
        """:raises ServiceRequestError: when no reason is given"""
        return self._given(reason, self.env._("Say why: the next reader will ask."))

    def _end_visits(self, state):
        """End the visits that are still planned; cancelled ones leave the calendar."""
        visits = self.sudo().visit_ids.filtered(lambda visit: visit.state == "planned")
        visits.write({"state": state})
        if state == "cancelled":
            visits.event_id.unlink()

    def _to_technician(self):
        """Tell the technicians of new plans, as followers of their requests."""
        for request in self.sudo():
            others = request.visit_ids.user_id - self.env.user
            request.message_subscribe(partner_ids=others.partner_id.ids)

    # Signature

    def _may_be_signed(self):
        """Return whether the work waits for the customer's signature."""
        self.ensure_one()
        return self.state == "done"

    def action_sign(self):
        """Hand the phone to the customer: it reads what was done and signs."""
        self.ensure_one()
        self._ensure_step("done")
        return {
            "name": self.env._("Signature of the Customer"),
            "type": "ir.actions.act_window",
            "res_model": "customer.service.sign",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_request_id": self.id},
        }

    def _sign(self, name, signature, remarks=None):
        """Note that the customer has signed the report.

        :param str name: who signed
        :param signature: the drawn signature, base64
        :param str remarks: what the customer says to the work
        :raises ServiceRequestError: when it does not wait for a signature, or name or signature are missing
        """
        self.ensure_one()
        name = (name or "").strip()
        if not self._may_be_signed():
            raise ServiceRequestError(self.env._("“%s” does not wait for a signature.", self.name))
        if not name or not signature:
            raise ServiceRequestError(self.env._("Say who signs, and sign."))
        request = self.sudo()
        if not request.try_lock_for_update():
            raise UserError(self.env._("“%s” is being signed at this moment.", self.name))
        values = {"state": "signed", "signed_by": name, "signed_on": fields.Datetime.now()}
        if (remarks or "").strip():
            values["customer_remarks"] = remarks.strip()
        request.write({**values, "signature": signature})
        request.message_post(body=self.env._("Signed by %s", name))

    def action_send_link(self):
        """Write the customer a message with the link to its page, where it reads and signs the report."""
        self.ensure_one()
        self.check_access("write")
        return {
            "name": self.env._("Send to the Customer"),
            "type": "ir.actions.act_window",
            "res_model": "portal.share",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": self._name,
                "active_id": self.id,
                "default_res_model": self._name,
                "default_res_id": self.id,
                "default_partner_ids": [(6, 0, (self.contact_id or self.partner_id).ids)],
            },
        }

    def action_preview(self):
        """Open the page that the customer sees."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "target": "self", "url": self.get_portal_url()}
