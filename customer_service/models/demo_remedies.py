import base64

from odoo import models
from odoo.fields import Command

# Cause of the complaint and what its customer gets: kind, part of the goods, percent or amount.
STORIES = {
    "making": [("allowance", 0, 8.0)],
    "picking": [("redelivery", 1, 0)],
    "late": [("apology", 0, 0), ("allowance", 0, 2.0)],
    "material": [("return", 0.5, 0)],
    "transit": [("replacement", 1, 0), ("refund", 0, 600)],
}
# Whose proposal is still waiting for the manager.
WAITING = "transit"


class CustomerComplaint(models.Model):
    """What the customers of the demo get: Fang Min proposes it, Chen Jing approves it."""

    _inherit = "customer.complaint"

    def _demo_prepare(self, stage, cause):
        """Override: propose, approve and accept before carrying out; carry out before following up."""
        result = super()._demo_prepare(stage, cause)
        if stage == "agree" and cause == WAITING and not self.env.context.get("demo_settled"):
            self._demo_propose(cause).action_submit()
        if stage == "carry_out":
            remedy = self._demo_propose(cause)
            remedy.action_submit()
            if remedy.approval_state == "pending":
                boss = self.env.ref("customer_management.user_chenjing")
                remedy.with_user(boss).action_approve()
            remedy.action_offer()
            if remedy.needs_slip:
                remedy.document_ids = [Command.link(self._demo_slip().id)]
            remedy.action_accept()
        if stage == "follow_up":
            self.action_carry_out_remedies()
            self._demo_finish()
        return result

    def _demo_backdate(self, until=None):
        """Override: what was given in the past was offered, accepted and carried out then."""
        result = super()._demo_backdate(until)
        if until:
            moments = {row.stage: row.entered_on.date() for row in self.sudo().stage_ids}
            agreed, given = moments["carry_out"], moments["follow_up"]
            self.sudo().remedy_ids._approval_write(
                {"offered_on": agreed, "answered_on": agreed, "carried_out_on": given}
            )
        return result

    def _demo_propose(self, cause):
        """Return the proposal of a story; where there is no invoice or delivery to work on, an apology."""
        goods = self.line_ids[:1]
        stories, lines = ({} if self.env.context.get("demo_settled") else STORIES), []
        for kind, part, size in stories.get(cause, [("apology", 0, 0)]):
            values = {"kind": kind, "amount" if kind == "refund" else "percent": size}
            if part:
                values["complaint_line_id"] = goods.id
                values["quantity"] = max(int(goods.quantity * part), 1)
            if kind == "allowance" and not self.move_id:
                values = {"kind": "apology"}
            if kind == "return" and not self._demo_can_return(goods, values["quantity"]):
                values = {"kind": "apology"}
            lines.append(Command.create(values))
        return self.env["customer.complaint.remedy"].create(
            {
                "complaint_id": self.id,
                "line_ids": lines,
                "reason": self.env._("The customer is right, and buys every month."),
            }
        )

    def _demo_can_return(self, goods, quantity):
        invoiced = goods.sudo().sale_line_id.invoice_lines.move_id.filtered(
            lambda move: move.state == "posted"
        )
        return invoiced and goods.sudo().sale_line_id.qty_delivered >= quantity

    def _demo_slip(self):
        """Return the slip that the customer signed."""
        return self.env["ir.attachment"].create(
            {
                "name": "allowance-slip.txt",
                "datas": base64.b64encode(b"Signed by the customer"),
            }
        )

    def _demo_finish(self):
        """Post, receive and deliver what the remedies made, as the accountant and the warehouse do. As the system."""
        found = self.sudo()._remedy_documents()
        found["account.move"].filtered(lambda move: move.state == "draft").action_post()
        orders = found["sale.order"]
        transfers = found["stock.picking"] | orders.filtered(lambda order: order.state == "sale").picking_ids
        for picking in transfers.filtered(lambda one: one.state not in ("done", "cancel")):
            for move in picking.move_ids:
                move.quantity = move.product_uom_qty
                move.picked = True
            picking._action_done()
        for remedy in self.sudo().remedy_ids.filtered(lambda one: one.state == "running"):
            remedy._end_early(self.env._("The rest was settled on the phone."))
