from odoo import api, fields, models


class AccountMove(models.Model):
    """What is disputed on an invoice, and the credit notes that end disputes."""

    _inherit = "account.move"

    customer_dispute_ids = fields.One2many(
        "customer.dispute",
        "move_id",
        string="Disputes",
        groups="customer_management.group_customer_user,account.group_account_invoice",
    )
    customer_disputed = fields.Monetary(
        string="Disputed",
        compute="_compute_customer_disputed",
        groups="customer_management.group_customer_user,account.group_account_invoice",
        help="What is disputed and not settled.",
    )
    customer_dispute_count = fields.Integer(
        compute="_compute_customer_disputed",
        groups="customer_management.group_customer_user,account.group_account_invoice",
    )

    @api.depends("customer_dispute_ids.amount", "customer_dispute_ids.state")
    def _compute_customer_disputed(self):
        disputes = self.env["customer.dispute"]._read_group(
            [("move_id", "in", self.ids)], ["move_id", "state"], ["amount:sum", "__count"]
        )
        open_, counts = {}, {}
        for move, state, amount, count in disputes:
            counts[move.id] = counts.get(move.id, 0) + count
            open_[move.id] = open_.get(move.id, 0.0) + (0.0 if state == "settled" else amount)
        for move in self:
            move.customer_disputed = open_.get(move._origin.id, 0.0)
            move.customer_dispute_count = counts.get(move._origin.id, 0)

    def action_open_customer_disputes(self):
        """Show the disputes on the invoice, or open the first one."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_credit.dispute_action")
        context = {"default_move_id": self.id, "default_amount": self.amount_residual}
        if not self.customer_dispute_count:
            return {**action, "views": [(False, "form")], "context": context}
        return {**action, "domain": [("move_id", "=", self.id)], "context": context}

    def _post(self, soft=True):
        """Override of `account`: a posted credit note ends the dispute that it was made for."""
        posted = super()._post(soft)
        refunds = posted.filtered(lambda move: move.move_type == "out_refund")
        if refunds:
            disputes = self.env["customer.dispute"].sudo()
            disputes.search(
                [("credit_move_id", "in", refunds.ids), ("state", "!=", "settled")]
            )._credit_posted()
        return posted
