from odoo import api, models


class AccountMove(models.Model):
    """One banner, and not two: with a credit account, it says what the credit rules do."""

    _inherit = "account.move"

    def _build_credit_warning_message(self, record, *args, **kwargs):
        """Override of `account`: of somebody who does not pay, the mirrored limit says nothing."""
        buyer = record.partner_id.commercial_partner_id
        payer = record._credit_payer() if record._name in ("sale.order", "account.move") else buyer
        if payer and payer != buyer and buyer.with_company(record.company_id)._credit_accounts():
            return ""
        return super()._build_credit_warning_message(record, *args, **kwargs)

    @api.depends("state", "move_type", "invoice_line_ids.sale_line_ids")
    def _compute_partner_credit_warning(self):
        """Override of `account`: what the credit rules would do if the invoice was posted now.

        Without an account the host's own warning stays, and so it does for what is not saved yet.
        """
        result = super()._compute_partner_credit_warning()
        own = self.filtered(
            lambda move: move.state == "draft"
            and move.move_type in ("out_invoice", "out_receipt")
            and move._origin.id
            and move.commercial_partner_id
        )
        if not own:
            return result
        ruled = own._credit_ruled()
        cases = self.env["customer.credit.engine"]._decide(
            own._origin._credit_to_decide(), "invoice", binding=False
        )
        holds = self.env["customer.credit.hold"]
        waiting = holds._open_of(own._origin) if cases else {}
        for move in own:
            case = cases.get(move._origin)
            texts = holds._reason_texts(case.failed, case.company.currency_id) if case else []
            if texts:
                is_held = (move._name, move._origin.id) in waiting
                move.partner_credit_warning = "\n".join([move._credit_outlook(case, is_held), *texts])
            elif move in ruled:
                move.partner_credit_warning = ""
        return result

    def _credit_ruled(self):
        """Return those of these invoices whose payer has an account, and which rules decide."""
        accounts, rules = self.env["customer.credit.account"], self.env["customer.credit.rule"]
        found = self.browse()
        for company, moves in self.grouped(lambda move: move._credit_company()).items():
            if rules._active_rules(company.id):
                known = accounts._of(moves.commercial_partner_id, company)
                found |= moves.filtered(lambda move, known=known: move.commercial_partner_id.id in known)
        return found

    def _credit_outlook(self, case, is_held):
        """Return what would happen if the invoice was posted now."""
        if case.result == "held" and is_held:
            return self.env._("The invoice is held by the credit rules:")
        if case.result == "held":
            return self.env._("If you post, the invoice will be held by the credit rules:")
        if case.result == "released":
            return self.env._("The invoice does not pass the credit rules, but it is released:")
        return self.env._("You can post, but mind:")
