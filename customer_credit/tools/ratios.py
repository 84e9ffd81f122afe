"""Ratios of a financial statement. What is missing stays missing: it is never taken for zero. (domain 4.1)

>>> found = compute_ratios(
...     {
...         "current_assets": 800,
...         "inventory": 300,
...         "current_liabilities": 500,
...         "total_liabilities": 700,
...         "equity": 600,
...     }
... )
>>> found["working_asset"], found["evaluation"]
(450.0, 0.6)
>>> compute_ratios({"current_assets": 800})
{}
"""

# A ratio to debts counts as this much at most, and when there are no debts to divide by.
MOST = 10.0
# Weights of WC/TA, RE/TA, EBIT/TA, value/TL and S/TA: a listed maker, a private one, one that makes nothing.
ALTMAN = {
    "z": (1.2, 1.4, 3.3, 0.6, 0.999),
    "z_private": (0.717, 0.847, 3.107, 0.42, 0.998),
    "z_other": (6.56, 3.26, 6.72, 1.05, 0.0),
}


def _divide(above, below):
    """Return a ratio, or None where one part is missing or there is nothing to divide by."""
    return None if above is None or not below else above / below


def _over_debt(above, below):
    """Return a ratio to a debt, 10 at most; without the debt it is 10, or -10 where less than nothing is there."""
    if above is None or below is None:
        return None
    if not below:
        return MOST if above >= 0 else -MOST
    return min(above / below, MOST)


def _less(first, second):
    return None if first is None or second is None else first - second


def _altman(code, of):
    """Return the Z-score of one of the three models, or None when one of its figures is missing."""
    value = of.get("market_value") if code == "z" else of.get("equity")
    assets, weights = of.get("total_assets"), ALTMAN[code]
    working_capital = _less(of.get("current_assets"), of.get("current_liabilities"))
    parts = [
        _divide(working_capital, assets),
        _divide(of.get("retained_earnings"), assets),
        _divide(of.get("ebit"), assets),
        _over_debt(value, of.get("total_liabilities")),
        _divide(of.get("sales"), assets) if weights[-1] else 0.0,
    ]
    if None in parts:
        return None
    return sum(weight * part for weight, part in zip(weights, parts, strict=True))


def _evaluation(of):
    """Return E = CA/CL + (CA - inventory)/CL - CL/equity - liabilities/equity; None without equity."""
    equity = of.get("equity")
    if equity is None or equity <= 0:
        return None
    debts = of.get("current_liabilities")
    parts = (
        _over_debt(of.get("current_assets"), debts),
        _over_debt(_less(of.get("current_assets"), of.get("inventory")), debts),
        _divide(debts, equity),
        _divide(of.get("total_liabilities"), equity),
    )
    return None if None in parts else round(parts[0] + parts[1] - parts[2] - parts[3], 2)


def _working_asset(of):
    """Return half of working capital and equity together."""
    working_capital = _less(of.get("current_assets"), of.get("current_liabilities"))
    equity = of.get("equity")
    return None if working_capital is None or equity is None else (working_capital + equity) / 2


def _return_on_equity(of):
    """Return profit by equity; with negative equity it means nothing."""
    equity = of.get("equity")
    return _divide(of.get("net_profit"), equity) if equity is not None and equity > 0 else None


RATIOS = {
    "current": lambda of: _over_debt(of.get("current_assets"), of.get("current_liabilities")),
    "quick": lambda of: _over_debt(
        _less(of.get("current_assets"), of.get("inventory")), of.get("current_liabilities")
    ),
    "debt": lambda of: _divide(of.get("total_liabilities"), of.get("total_assets")),
    "receivable_turnover": lambda of: _divide(of.get("sales"), of.get("receivables")),
    "stock_turnover": lambda of: _divide(of.get("cost_of_sales"), of.get("inventory")),
    "gross_margin": lambda of: _divide(_less(of.get("sales"), of.get("cost_of_sales")), of.get("sales")),
    "net_margin": lambda of: _divide(of.get("net_profit"), of.get("sales")),
    "return_on_equity": _return_on_equity,
    "working_asset": _working_asset,
    "evaluation": _evaluation,
    "z": lambda of: _altman("z", of),
    "z_private": lambda of: _altman("z_private", of),
    "z_other": lambda of: _altman("z_other", of),
}


def compute_ratios(figures):
    """Return the ratios that can be computed.

    :param dict figures: amounts by item, all in one currency; a missing one is None or not there
    :return: ``{code: value}`` without those of which a figure is missing or nothing can be divided by
    :rtype: dict[str, float]
    """
    found = {code: ratio(figures) for code, ratio in RATIOS.items()}
    return {code: float(value) for code, value in found.items() if value is not None}


def judge(value, good, bad):
    """Return ``good``, ``normal`` or ``bad``, of a value against its bounds; both bounds belong to the side.

    :param good: from here on it is good; below ``bad`` when less is better
    """
    if good < bad:
        value, good, bad = -value, -good, -bad
    return "good" if value >= good else "bad" if value <= bad else "normal"


def find_doubts(figures, close):
    """Return what does not fit together in a statement, as codes; what is missing is not doubted.

    :param close: tells whether two amounts are the same within the rounding of their currency
    """
    of, doubts = figures.get, []
    assets, debts, equity = of("total_assets"), of("total_liabilities"), of("equity")
    if None not in (assets, debts, equity) and not close(assets, debts + equity):
        doubts.append("balance")
    for code, part, whole in (
        ("assets", of("current_assets"), assets),
        ("liabilities", of("current_liabilities"), debts),
        ("stock", of("inventory"), of("current_assets")),
        ("claims", of("receivables"), of("current_assets")),
    ):
        if part is not None and whole is not None and part > whole and not close(part, whole):
            doubts.append(code)
    return doubts
