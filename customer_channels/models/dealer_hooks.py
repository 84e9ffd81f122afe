from odoo import models


class CustomerDealer(models.Model):
    """What one part of channels asks another about dealers: each is answered in the file of that part."""

    _inherit = "customer.dealer"

    def _attainments(self, date_from, date_to):
        """Hook: return how much of its targets of a period each dealer reached.

        :return: ``{dealer id: ratio}``, 0.9 is 90 %; a dealer without a target has no entry
        """
        return {}

    def _target_amounts(self, date_from, date_to):
        """Hook: return the targets of a period in money, in the company's currency: ``{dealer id: amount}``."""
        return {}

    def _violations_proven(self, date_from, date_to):
        """Hook: return how many violations that happened in a period were proven: ``{dealer id: number}``."""
        return {}

    def _reports_missing(self, date_from, date_to):
        """Hook: return how many stock reports of a period each dealer did not file: ``{dealer id: number}``."""
        return {}

    def _rebates_taken(self, date_from, date_to):
        """Hook: return the dealers who lose the rebate of a period by a decided case, as a set of ids."""
        return set()

    def _deposits_short(self):
        """Hook: return what is missing of the deposit that the contract in force, or the next one, asks for.

        :return: ``{dealer id: amount}`` in the currency of the company, positive; none missing, no entry
        """
        return {}

    def _rebates_open(self):
        """Hook: return the rebates that were earned or accrued and are not settled: ``{dealer id: amount}``.

        In the currency of the company; what the company owes the dealer is positive.
        """
        return {}
