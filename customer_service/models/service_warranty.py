from pytz import timezone, utc

from odoo import api, fields, models
from odoo.tools import format_date

from ..tools.anniversary import until


class CustomerServiceRequest(models.Model):
    """Whether a warranty covers a service request, until when, and how that is known."""

    _inherit = "customer.service.request"

    delivered_on = fields.Date(
        compute="_compute_warranty",
        store=True,
        compute_sudo=True,
        help="When the customer got it: by its lot, the delivery, or the order.",
    )
    warranty_until = fields.Date(
        compute="_compute_warranty", store=True, compute_sudo=True, help="The last day, included."
    )
    warranty = fields.Selection(
        [("yes", "Under Warranty"), ("no", "No Warranty"), ("unknown", "Not Known")],
        compute="_compute_warranty",
        store=True,
        compute_sudo=True,
        tracking=True,
    )
    warranty_reason = fields.Char(compute="_compute_warranty_reason", compute_sudo=True)
    warranty_override = fields.Selection(
        [("yes", "Under Warranty"), ("no", "No Warranty")],
        string="Decided",
        readonly=True,
        copy=False,
        tracking=True,
    )
    warranty_override_reason = fields.Char("Why It Was Decided", readonly=True, copy=False)
    warranty_override_user_id = fields.Many2one(
        "res.users", string="Decided By", readonly=True, copy=False, ondelete="restrict"
    )
    is_covered = fields.Boolean(
        "Free of Charge",
        compute="_compute_is_covered",
        store=True,
        help="Under warranty, or decided to be. What is not known is not free.",
    )

    @api.depends("product_id", "lot_id", "order_id", "picking_id", "date_reported", "company_id")
    def _compute_warranty(self):
        for request in self:
            company = request.company_id
            delivered = request._delivery_moment()
            request.delivered_on = delivered and request._day(delivered)
            request.warranty_until = False
            request.warranty = "unknown"
            if not request.product_id:
                continue
            months = request.product_id.product_tmpl_id._warranty_months(company)
            if not months:
                request.warranty = "no"
            elif request.delivered_on:
                request.warranty_until = until(request.delivered_on, months)
                reported = request._day(request.date_reported or fields.Datetime.now())
                request.warranty = "yes" if reported <= request.warranty_until else "no"

    @api.depends(
        "warranty", "warranty_until", "delivered_on", "warranty_override", "warranty_override_reason"
    )
    def _compute_warranty_reason(self):
        for request in self:
            request.warranty_reason = request._warranty_words()

    @api.depends("warranty", "warranty_override")
    def _compute_is_covered(self):
        for request in self:
            request.is_covered = (request.warranty_override or request.warranty) == "yes"

    def _warranty_words(self):
        """Return in a sentence why a request is covered, or is not."""
        self.ensure_one()
        if self.warranty_override:
            return self.env._(
                "Decided by %(user)s: %(reason)s",
                user=self.warranty_override_user_id.name,
                reason=self.warranty_override_reason,
            )
        if not self.product_id:
            return self.env._("Say which product it is.")
        if not self.warranty_until and self.warranty == "no":
            return self.env._("There is no warranty for this product.")
        if not self.warranty_until:
            return self.env._(
                "It is not known when the customer got it: choose the lot, the delivery or the order."
            )
        return self.env._(
            "Delivered on %(day)s, warranty until %(until)s.",
            day=format_date(self.env, self.delivered_on),
            until=format_date(self.env, self.warranty_until),
        )

    def _delivery_moment(self):
        """Return when the customer got the product: the last delivery of its lot, or of the order; or False.

        A lot that was replaced and delivered anew counts from then.
        """
        self.ensure_one()
        done = [("state", "=", "done"), ("location_dest_id.usage", "=", "customer")]
        lines = self.env["stock.move.line"].sudo()
        if self.lot_id:
            domain = [*done, ("lot_id", "=", self.lot_id.id), ("company_id", "=", self.company_id.id)]
            line = lines.search(
                [*domain, ("picking_id.partner_id", "child_of", self.commercial_partner_id.ids)],
                order="date desc",
                limit=1,
            ) or lines.search(domain, order="date desc", limit=1)
            if line:
                return line.date
        if self.picking_id:
            return self.picking_id.date_done
        if self.order_id and self.product_id:
            domain = [
                *done,
                ("picking_id.sale_id", "=", self.order_id.id),
                ("product_id", "=", self.product_id.id),
            ]
            return lines.search(domain, order="date desc", limit=1).date
        return False

    def _day(self, moment):
        """Return on which day of the company's calendar a moment was."""
        zone = timezone(self.company_id.partner_id.tz or self.company_id.resource_calendar_id.tz or "UTC")
        return utc.localize(moment).astimezone(zone).date()

    def action_decide_warranty(self):
        """Ask a manager whether the request is free of charge, and why."""
        self.ensure_one()
        self._ensure_decider()
        return {
            "name": self.env._("Decide on the Warranty"),
            "type": "ir.actions.act_window",
            "res_model": "customer.service.ask",
            "views": [(self.env.ref("customer_service.service_ask_view_form_warranty").id, "form")],
            "target": "new",
            "context": {"default_request_id": self.id, "default_step": "warranty"},
        }

    def _decide_warranty(self, answer, reason):
        """Decide that a request is free of charge, or that it is not, whatever the days say.

        :param str answer: yes or no
        :param str reason: why
        :raises AccessError: for who does not decide
        :raises ServiceRequestError: without a reason, or once it is signed
        """
        self._ensure_decider()
        self._ensure_step("draft", "planned", "on_way", "working", "done")
        reason = self._reason(reason)
        self.sudo().write(
            {
                "warranty_override": answer,
                "warranty_override_reason": reason,
                "warranty_override_user_id": self.env.uid,
            }
        )
        for request in self:
            request.message_post(body=request._warranty_words())

    def _ensure_decider(self):
        """:raises AccessError: unless the user decides in customer service"""
        message = self.env._("Managers of customer service decide on warranties.")
        self._ensure_group("customer_service.group_service_manager", message)
