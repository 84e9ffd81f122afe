from odoo import api, models

from .credit_hold import OPEN

BATCH = 200


class CustomerCreditHold(models.Model):
    """Holds whose cause is gone go on by themselves."""

    _inherit = "customer.credit.hold"

    @api.model
    def _cron_recheck(self):
        """Check every open hold again, in batches; may be killed and run again."""
        cron = self.env["ir.cron"]
        last, remaining = 0, self.search_count([("state", "in", OPEN)])
        cron._commit_progress(remaining=remaining)
        while holds := self.search([("state", "in", OPEN), ("id", ">", last)], order="id", limit=BATCH):
            last = holds[-1].id
            holds._recheck()
            if not cron._commit_progress(len(holds)):
                break

    def action_recheck(self):
        """Check these holds again now; those whose cause is gone go on."""
        self.check_access("read")
        self.sudo().filtered(lambda hold: hold.state in OPEN)._recheck()

    def _recheck(self):
        """Check open holds in a fixed number of statements, and let go on what passes now."""
        gone = self.filtered(lambda hold: hold._is_over())
        gone._close("cancelled")
        for stage, holds in (self - gone).grouped("stage").items():
            for model, part in holds.grouped(lambda hold: hold._subject()._name).items():
                records = self.env[model].union(*(hold._subject() for hold in part))
                cases = self.env["customer.credit.engine"]._decide(records, stage, binding=False)
                by_record = {hold._subject(): hold for hold in part}
                self._refresh([case for case in cases.values() if case.result == "held"], by_record)
                cured = [by_record[doc] for doc in records if doc not in cases or cases[doc].result != "held"]
                self.browse().union(*cured)._go_on_cured()

    def _is_over(self):
        """Return whether what was held is confirmed, shipped, posted or cancelled by now."""
        subject = self._subject()
        return not subject or subject.state not in {
            "sale.order": ("draft", "sent"),
            "account.move": ("draft",),
            "stock.picking": ("draft", "waiting", "confirmed", "assigned"),
        }.get(subject._name, ())

    @api.model
    def _refresh(self, cases, by_record):
        """Note new figures of what stays held, where they have changed."""
        changed = []
        for case in cases:
            decision = by_record[self.env[case.record._name].browse(case.record.id)].decision_id
            same = decision.failed == case.failed and decision.exposure == case.exposure
            if not same:
                changed.append(case)
        self.env["customer.credit.decision"]._record(changed)
        self._hold(changed)

    def _go_on_cured(self):
        """Let go on what passes now: confirming an order closes its hold as cured."""
        waiting = self.filtered(lambda hold: hold.picking_id)
        waiting._close("cured")
        self._go_on()
        # Without any rule left nothing is decided any more, so nothing closes the hold either.
        self.filtered(lambda hold: hold.state in OPEN and hold._is_over())._close("cured")

    @api.model
    def _wake(self, partners):
        """Have the holds of these payers checked again soon, if there are any."""
        payers = partners.commercial_partner_id.ids
        if payers and self.sudo().search_count(
            [("partner_id", "in", payers), ("state", "in", OPEN)], limit=1
        ):
            self.env.ref("customer_credit.ir_cron_credit_recheck").sudo()._trigger()
