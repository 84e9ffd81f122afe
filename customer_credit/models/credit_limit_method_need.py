from statistics import median

from odoo import models

# How much each of the last six months counts, the latest first.
MONTHS = (6, 5, 4, 3, 2, 1)
DAYS_OF_MONTH = 30
DAYS_OF_YEAR = 365


class CustomerCreditLimitMethod(models.Model):
    """The methods that start from what the customer needs, and from what others give it. (domain 4.3)"""

    _inherit = "customer.credit.limit.method"

    def _method_sales(self, inputs):
        """Method 1: average monthly sales x term x factor of the rating. 100 x 60 / 30 x 0.8 = 160."""
        return inputs["monthly_sales"] * inputs["term_days"] / DAYS_OF_MONTH * inputs["rating_factor"]

    def _method_turnover(self, inputs):
        """Method 2: yearly credit sales x (term + usual days late) / 365 x (1 + peak)."""
        days = inputs["term_days"] + max(inputs["days_late"], 0)
        return inputs["annual_credit_sales"] * days / DAYS_OF_YEAR * (1 + inputs["peak_percent"] / 100)

    def _method_purchases(self, inputs):
        """Method 3: its sales forecast x cost rate x our share of the supply x term / 365."""
        purchases = inputs["customer_sales"] * inputs["cost_rate"] / 100
        return purchases * inputs["supply_share"] / 100 * inputs["term_days"] / DAYS_OF_YEAR

    def _missing_receipts(self, inputs):
        """Six months of receipts are needed, not fewer."""
        known = len(inputs.get("receipts") or ()) >= len(MONTHS)
        return [
            code for code, there in (("receipts", known), ("term_days", "term_days" in inputs)) if not there
        ]

    def _method_receipts(self, inputs):
        """Method 9: receipts of the last six months, the latest counted most, x term / 30."""
        receipts = inputs["receipts"][: len(MONTHS)]
        average = sum(amount * part for amount, part in zip(receipts, MONTHS, strict=True)) / sum(MONTHS)
        return average * inputs["term_days"] / DAYS_OF_MONTH

    def _method_monthly(self, inputs):
        """Method 11: at most last year's average monthly sales, up to half more or less by season."""
        season = min(max(inputs["season_percent"], -50), 50)
        return inputs["last_year_monthly_sales"] * (1 + season / 100)

    def _method_peers(self, inputs):
        """Method 12: the median of the limits that other suppliers give."""
        return median(inputs["peer_limits"]) if inputs["peer_limits"] else None

    def _missing_peers(self, inputs):
        """An empty list of other suppliers' limits says nothing."""
        return [] if inputs.get("peer_limits") else ["peer_limits"]

    def _method_need(self, inputs):
        """Method 13: the peak month under the terms."""
        return inputs["peak_month"] * inputs["term_days"] / DAYS_OF_MONTH
