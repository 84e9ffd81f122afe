from odoo import models


class CustomerCreditSubject(models.AbstractModel):
    """What is decided by the credit rules: an order, a transfer to a customer, or an invoice."""

    _name = "customer.credit.subject"
    _description = "Credit Subject"

    def _credit_company(self):
        """Return the company whose ledger, limits and rules count: the root of a company with branches."""
        self.ensure_one()
        return self.company_id.sudo().root_id

    def _credit_load(self):
        """Hook: read what a decision about all these documents needs, at a time."""

    def _credit_payer(self):
        """Hook: return who pays, as commercial partner."""
        raise NotImplementedError

    def _credit_order(self):
        """Hook: return the sales order behind it, or none."""
        raise NotImplementedError

    def _credit_team(self):
        """Hook: return the sales team."""
        return self._credit_order().team_id

    def _credit_amounts(self, case, taken):
        """Hook: return what it adds to the exposure, and how much of it the exposure counts already.

        :param CreditCase case: with company and order filled
        :param dict taken: ``{order id: {"whole": amount, "counted": amount}}``
        :rtype: tuple[float, float]
        """
        part = taken.get(case.order.id, {"whole": 0.0, "counted": 0.0})
        return part["whole"], part["counted"]

    def _credit_term_days(self):
        """Hook: return the longest term of payment in days, or None without one."""
        days = self._credit_order().payment_term_id.line_ids.mapped("nb_days")
        return max(days, default=0) if self._credit_order() else None

    def _credit_name(self):
        """Return how messages call it."""
        return self.display_name

    def _credit_way_out(self):
        """Hook: return how a release can be asked for, after a refusal on a road where nothing is held."""
        return self.env._("With its own button it is held instead, and a release can be asked for.")

    # Cleared in this transaction

    def _credit_cleared(self):
        """Return the ids of these documents that were decided, and passed, earlier in this transaction.

        Kept beside the cursor: neither the context nor a field that somebody could write says so.
        """
        return self.env.cr.precommit.data.setdefault(f"customer_credit.cleared.{self._name}", set())

    def _credit_screen(self, stage):
        """Decide about these documents, remember those that pass, and hold the others.

        :return: the documents that are held
        """
        cases = self.env["customer.credit.engine"]._decide(self, stage)
        held = self.browse(doc.id for doc, case in cases.items() if case.result == "held")
        self._credit_cleared().update((self - held).ids)
        done = [case for case in cases.values() if case.result != "held"]
        self.env["customer.credit.hold"]._close_passed(done)
        self.env["customer.credit.hold"]._hold([cases[doc] for doc in held])
        return held

    def _credit_notice(self, passing):
        """Return what to show after holding these documents: the reasons, or the names when there are many.

        :param passing: the documents of the same call that went on
        """
        holds = list(self.env["customer.credit.hold"]._open_of(self).values())
        texts = [
            f"{hold.document}: {text}"
            for hold in holds[:3]
            for text in hold._reason_texts(hold.failed, hold.currency_id)
        ]
        if len(holds) > 3 or passing:
            texts.insert(0, self.env._("Held: %s.", ", ".join(hold.document for hold in holds)))
        if passing:
            names = ", ".join(document._credit_name() for document in passing)
            texts.insert(1, self.env._("Went on: %s.", names))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("Held by the credit rules"),
                "message": " ".join(texts),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _credit_ensure(self, stage):
        """Refuse what does not pass, for roads on which nothing can be held.

        :raises CreditHoldError: when a document is not cleared in this transaction and fails a rule
        """
        cleared = self._credit_cleared()
        fresh = self.browse(doc.id for doc in self if doc.id not in cleared)
        if fresh:
            cases = self.env["customer.credit.engine"]._decide(fresh, stage)
            held = [case for case in cases.values() if case.result == "held"]
            if held:
                self.env["customer.credit.hold"]._refuse(held)
            cleared.update(fresh.ids)
