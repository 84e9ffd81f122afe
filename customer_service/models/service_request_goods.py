from odoo import fields, models
from odoo.fields import Command

from ..exceptions import ServiceRequestError


class CustomerServiceRequest(models.Model):
    """What a service request makes in the host: a transfer of parts, a repair order, a quotation."""

    _inherit = "customer.service.request"

    sale_order_id = fields.Many2one(
        "sale.order",
        string="Quotation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    part_picking_id = fields.Many2one(
        "stock.picking",
        string="Transfer of Parts",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    repair_id = fields.Many2one(
        "repair.order",
        string="Repair Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    repair_state = fields.Selection(related="repair_id.state", related_sudo=True, string="Repair")
    sale_state = fields.Selection(related="sale_order_id.state", related_sudo=True, string="Order")

    # Parts

    def _take_parts(self):
        """Make transfers of the parts that are not sold or built in by a repair: the warehouse confirms them.

        What the customer pays for leaves with the order that it is sold by.
        """
        for request in self.sudo():
            parts = request.part_ids.filtered(lambda part: not part.move_id and not part.sale_line_id)
            if not request.repair_id:
                parts = parts.filtered(lambda part: not part.is_charged)
                request._transfer(parts)

    def _transfer(self, parts):
        if not parts:
            return
        company = self.company_id
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        kind = warehouse.out_type_id
        customer = self.partner_id.with_company(company).property_stock_customer
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": kind.id,
                "partner_id": (self.address_id or self.partner_id).id,
                "origin": self.name,
                "company_id": company.id,
                "location_id": kind.default_location_src_id.id,
                "location_dest_id": customer.id,
            }
        )
        for part in parts:
            part.move_id = self.env["stock.move"].create(part._move_values(picking))
        picking.action_confirm()
        picking.action_assign()
        # Of a reopened one, the last transfer; the earlier ones stay on their parts.
        self.part_picking_id = picking

    # Repair

    def action_make_repair(self):
        """Make the host's repair order, with the parts noted so far.

        :raises ServiceRequestError: without a product, or when there is one already
        """
        self.ensure_one()
        self._ensure_step("draft", "planned", "working")
        if self.kind != "repair" or not self.product_id:
            raise ServiceRequestError(
                self.env._("“%s” is no repair, or nobody has said which product it is.", self.display_name)
            )
        if self.repair_id:
            raise ServiceRequestError(self.env._("There is repair order %s already.", self.repair_id.name))
        request = self.sudo().with_company(self.company_id)
        request.repair_id = (
            self.env["repair.order"].sudo().with_company(self.company_id).create(request._repair_values())
        )
        for part in request.part_ids.filtered(lambda one: not one.move_id and not one.sale_line_id):
            values = {
                "product_id": part.product_id.id,
                "product_uom_qty": part.quantity,
                "repair_line_type": "add",
            }
            part.move_id = self.env["stock.move"].sudo().create({**values, "repair_id": request.repair_id.id})
        return self.action_open_repair()

    def _repair_values(self):
        """Return what the repair order of a request begins with."""
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "lot_id": self.lot_id.id,
            "under_warranty": self.is_covered,
            "priority": self.priority,
            "internal_notes": self.fault,
            "user_id": (self.technician_id or self.user_id or self.env.user).id,
            **({"schedule_date": self.date_planned} if self.date_planned else {}),
        }

    # Charge

    def action_quote(self):
        """Make a quotation of what the customer pays for: the charged parts, and the hours unless they are free.

        :raises ServiceRequestError: when there is nothing to charge, or nobody has set what an hour costs
        """
        self.ensure_one()
        self._ensure_step("draft", "planned", "on_way", "working", "done", "signed")
        if self.sale_order_id and self.sale_state != "cancel":
            raise ServiceRequestError(
                self.env._("There is quotation %s already: change that one.", self.sudo().sale_order_id.name)
            )
        request = self.sudo().with_company(self.company_id)
        parts = request.part_ids.filtered(lambda part: part.is_charged and not part.move_id)
        lines = [Command.create(part._sale_values()) for part in parts] + request._labour_lines()
        if not lines:
            raise ServiceRequestError(
                self.env._(
                    "Nothing of “%s” is charged: it is free, or no parts and hours are noted.",
                    self.display_name,
                )
            )
        order = (
            self.env["sale.order"]
            .sudo()
            .with_company(self.company_id)
            .create(
                {
                    "partner_id": self.partner_id.id,
                    "company_id": self.company_id.id,
                    "origin": self.name,
                    "client_order_ref": self.name,
                    "user_id": (
                        self.partner_id.user_id or self.commercial_partner_id.user_id or self.env.user
                    ).id,
                    "order_line": lines,
                }
            )
        )
        request.sale_order_id = order
        for part, line in zip(parts, order.order_line, strict=False):
            part.sale_line_id = line
        return self.action_open_order()

    def _labour_lines(self):
        """Return the line of the hours worked, when the customer pays for them."""
        if self.is_covered or not self.hours:
            return []
        labour = self.company_id.customer_labour_product_id
        if not labour:
            raise ServiceRequestError(
                self.env._("Set in the settings of customer service as what hours are sold, then quote them.")
            )
        return [Command.create({"product_id": labour.id, "product_uom_qty": self.hours})]

    # What the buttons open

    def action_open_order(self):
        """Open the quotation, for who may see it."""
        return self._open(self.sale_order_id)

    def action_open_parts(self):
        """Open the transfer of the parts, for who may see it."""
        return self._open(self.part_picking_id)

    def action_open_repair(self):
        """Open the repair order, for who may see it."""
        return self._open(self.repair_id)

    def action_open_complaint(self):
        """Open the complaint that it comes from."""
        return self._open(self.complaint_id)

    def _open(self, record):
        """Return the window of a record; nothing for who may not see it: it is made all the same."""
        if not record or not record.with_env(self.env).has_access("read"):
            return False
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
