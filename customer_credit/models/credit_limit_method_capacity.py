from odoo import models

# The part of the working asset by the evaluation E: up to each bound, included. (domain 4.1)
EVALUATIONS = (
    (-4.6, 0.0),
    (-3.9, 2.5),
    (-3.2, 5.0),
    (-2.5, 7.5),
    (-1.8, 10.0),
    (-1.1, 12.5),
    (-0.4, 15.0),
    (0.3, 17.5),
    (1.0, 20.0),
)
BEST = 25.0
# A ratio without a debt to divide by.
MOST = 10.0
QUICK = ("equity", "current_assets", "current_liabilities")
STARTER = ("first_order", "starter_cap")


class CustomerCreditLimitMethod(models.Model):
    """The methods that start from what the customer can bear by its accounts. (domain 4.1, 4.3)"""

    _inherit = "customer.credit.limit.method"

    def _method_working_capital_share(self, inputs):
        """Method 4: working capital by the number of suppliers. (800 - 500) / 8 = 37.5."""
        return self._share(inputs["current_assets"] - inputs["current_liabilities"], inputs)

    def _method_net_assets_share(self, inputs):
        """Method 5: net assets by the number of suppliers. 600 / 8 = 75."""
        return self._share(inputs["equity"], inputs)

    def _share(self, amount, inputs):
        return amount / inputs["suppliers"] if inputs["suppliers"] > 0 else None

    def _method_current_ratio(self, inputs):
        """Method 6: the present limit x its current ratio by that of the trade, 1.5 times at most; below 1 none."""
        debts = inputs["current_liabilities"]
        ratio = min(inputs["current_assets"] / debts, MOST) if debts > 0 else MOST
        trade = inputs["trade_current_ratio"]
        if trade <= 0:
            return None
        return 0.0 if ratio < 1 else inputs["base_limit"] * min(ratio / trade, 1.5)

    def _method_net_assets(self, inputs):
        """Method 7: a part of the tangible net worth, 10 % as a rule, and only with a profit before tax."""
        return inputs["equity"] * self.percent / 100 if inputs["pretax_profit"] > 0 else 0.0

    def _method_working_asset(self, inputs):
        """Method 8: working asset x the part that its evaluation gives; 0 without equity or working asset."""
        equity, debts = inputs["equity"], inputs["current_liabilities"]
        asset = (inputs["current_assets"] - debts + equity) / 2
        if equity <= 0 or asset <= 0:
            return 0.0
        value = self._evaluation(inputs)
        part = next((part for bound, part in EVALUATIONS if value <= bound), BEST)
        return asset * part / 100

    def _evaluation(self, inputs):
        """Return E, to two decimals: current + quick ratio - current debts / equity - all debts / equity.

        Without current debts the first two ratios count 10 each.
        """
        debts, equity = inputs["current_liabilities"], inputs["equity"]
        ratios = [
            min(assets / debts, MOST) if debts else MOST
            for assets in (inputs["current_assets"], inputs["current_assets"] - inputs["inventory"])
        ]
        return round(sum(ratios) - debts / equity - inputs["liabilities"] / equity, 2)

    def _missing_quick(self, inputs):
        """Accounts, or else a first order under a cap for starters."""
        if all(code in inputs for code in STARTER):
            return []
        return [code for code in QUICK if code not in inputs]

    def _method_quick(self, inputs):
        """Method 10: the smaller of 10 % of the net worth and 20 % of the working capital.

        Without accounts a starter gets its first order, up to the company's cap for starters.
        """
        if all(code in inputs for code in QUICK):
            capital = inputs["current_assets"] - inputs["current_liabilities"]
            return min(inputs["equity"] * 0.1, capital * 0.2)
        return min(inputs[code] for code in STARTER)
