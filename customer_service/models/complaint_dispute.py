from odoo import api, fields, models

from ..exceptions import RemedyDocumentError

# Kind of complaint and the reason of the dispute that goes with it (domain 5.5).
REASONS = {
    "quality": "d03",
    "quantity_short": "d02",
    "late_delivery": "d04",
    "wrong_goods": "d05",
    "price_invoice": "d01",
    "transit_damage": "d08",
}


class CustomerComplaint(models.Model):
    """The contested amount: a dispute on the invoice, opened with the complaint and ended with it.

    The dispute pauses dunning and leaves the exposure where the company has it so. Credit notes of remedies end it;
    a complaint that is rejected, withdrawn or a duplicate ends it without one, and reopening takes it up again.
    """

    _inherit = "customer.complaint"

    dispute_ids = fields.One2many(
        "customer.dispute",
        "complaint_id",
        string="Disputes",
        groups="customer_service.group_service_user,customer_management.group_customer_user",
    )
    disputed_amount = fields.Monetary(
        "Disputed",
        compute="_compute_disputed_amount",
        currency_field="company_currency_id",
        compute_sudo=True,
        help="What disputes of the complaint hold open, in company currency.",
    )

    @api.depends("dispute_ids.state", "dispute_ids.amount_company")
    def _compute_disputed_amount(self):
        for complaint in self:
            open_ = complaint.dispute_ids.filtered(lambda dispute: dispute.state != "settled")
            complaint.disputed_amount = sum(open_.mapped("amount_company"))

    def _disputes(self):
        """Override: the disputes that these complaints opened."""
        return super()._disputes() | self.env["customer.dispute"].sudo().search(
            [("complaint_id", "in", self.ids)]
        )

    def action_dispute(self):
        """Open disputes on the invoices for what the customer contests.

        :raises RemedyDocumentError: when no invoice of the complaint has anything open
        """
        self._ensure_step("listen", "confirm", "assess", "agree", "carry_out")
        for complaint in self:
            if not complaint._open_disputes():
                raise RemedyDocumentError(
                    self.env._(
                        "%s names no posted invoice on which something is open and not disputed yet, or says neither "
                        "what is claimed nor what the goods are worth.",
                        complaint.display_name,
                    )
                )

    def action_open_disputes(self):
        """Show the disputes of the complaint."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_credit.dispute_action")
        return {**action, "domain": [("complaint_id", "=", self.id)], "context": {"create": False}}

    def _stage_entered(self, stage, before):
        """Override: disputes begin when the facts are confirmed, end with the complaint, and are reopened with it."""
        result = super()._stage_entered(stage, before)
        automatic = self.company_id.sudo().customer_complaint_dispute == "confirm"
        if stage == "closed":
            self._end_disputes()
        elif before == "closed":
            self._reopen_disputes()
        elif stage == "assess" and before == "confirm" and automatic:
            self._open_disputes()
        return result

    def _contested(self):
        """Return what the customer contests on each invoice, in the currency of the invoice: ``{move: amount}``.

        The claimed amount or discount on the invoice of the complaint; without a claim, the worth of the goods on
        the invoices of their orders. As the system.
        """
        self.ensure_one()
        move = self.move_id
        claim = self.claim_amount or move.amount_total * self.claim_discount / 100
        if move and claim:
            return {move: move.currency_id.round(claim)}
        contested = {}
        for line in self.line_ids:
            sold = line.sale_line_id.invoice_lines.move_id.filtered(
                lambda one: one.state == "posted" and one.move_type == "out_invoice"
            )
            found = move if move in sold or not sold else sold.sorted("id")[-1:]
            if found:
                amount = line.currency_id._convert(
                    line.amount, found.currency_id, self.company_id, found.date or fields.Date.today()
                )
                contested[found] = contested.get(found, 0.0) + amount
        return contested

    def _open_disputes(self):
        """Open disputes for what is contested, at most for what is open and not disputed; return them."""
        self.ensure_one()
        complaint = self.sudo()
        made = complaint._disputes().browse()
        for move, amount in complaint._contested().items():
            if not complaint._disputes_on(move):
                made |= complaint._dispute_for(move, amount)
        return made

    def _disputes_on(self, move):
        """Return the disputes of the complaint on an invoice that are not settled."""
        return self._disputes().filtered(lambda one: one.move_id == move and one.state != "settled")

    def _dispute_for(self, move, amount, credit=None):
        """Return the dispute of the complaint on an invoice, opened for at most what is open; with its credit note.

        Where nothing is open on the invoice, as on a paid one, there is nothing to dispute: then none.
        """
        self.ensure_one()
        disputes = self._disputes_on(move)[:1]
        reason = self._dispute_reason()
        if not disputes and reason and move.state == "posted":
            disputes._lock_invoices(move)
            others = move.sudo().customer_dispute_ids.filtered(lambda one: one.state != "settled")
            room = min(amount, move.amount_residual - sum(others.mapped("amount")))
            if move.currency_id.compare_amounts(room, 0) > 0:
                disputes = disputes.create(
                    {
                        "move_id": move.id,
                        "amount": move.currency_id.round(room),
                        "reason_id": reason.id,
                        "description": self.summary,
                        "origin": self.name,
                        "complaint_id": self.id,
                    }
                )
        if credit and disputes:
            disputes._refuse_draft()
            disputes.sudo().write({"credit_move_id": credit.id, "state": "work"})
        return disputes

    def _dispute_reason(self):
        """Return why the invoice is disputed, by the kind of the complaint."""
        code = REASONS.get(self.kind_id.code, "d14")
        reason = self.env.ref(f"customer_credit.dispute_reason_{code}", raise_if_not_found=False)
        reasons = self.env["customer.dispute.reason"].sudo()
        return reason or reasons.search([("company_id", "in", (False, self.company_id.id))], limit=1)

    def _end_disputes(self):
        """End the disputes that no credit note has ended, as the complaint ended."""
        disputes = self._disputes().filtered(lambda one: one.state != "settled")
        refused = self.outcome == "rejected" or (self.outcome == "settled" and self.is_justified == "no")
        note = self.env._("%(complaint)s: %(outcome)s.", complaint=self.name, outcome=self._outcome_words())
        disputes._settle("rejected" if refused else "withdrawn", note)

    def _outcome_words(self):
        return dict(self._fields["outcome"]._description_selection(self.env))[self.outcome]

    def _reopen_disputes(self):
        """Take up the disputes again that the end of the complaint had ended, for what is open by now."""
        settled = self._disputes().filtered(lambda one: one.state == "settled" and one.outcome != "credit")
        for dispute in settled:
            move = dispute.move_id
            others = move.customer_dispute_ids.filtered(lambda one: one.state != "settled")
            room = move.amount_residual - sum(others.mapped("amount")) if move.state == "posted" else 0.0
            if move.currency_id.compare_amounts(room, 0) > 0:
                if move.currency_id.compare_amounts(dispute.amount, room) > 0:
                    dispute.amount = move.currency_id.round(room)
                dispute.action_reopen()
