"""Why sales differ from what was planned: because of the quantity, or because of the price."""


def split_gap(quantity: float, amount: float, base_quantity: float, base_amount: float, round_money=None):
    """Return the gap between sales and their base as what the quantity and what the price made of it.

    The quantity counts at the price of the base, the price on what was really sold; both together are the gap to
    the cent. Without a quantity in the base there is no price to compare with: all of it is quantity.

    :param round_money: rounds an amount to the currency
    :return: (gap, volume effect, price effect)

    >>> split_gap(12, 108, 10, 100)
    (8, 20.0, -12.0)
    >>> split_gap(3, 30, 0, 0)
    (30, 30, 0)
    """
    gap = amount - base_amount
    if not base_quantity:
        return gap, gap, 0
    volume = (quantity - base_quantity) * base_amount / base_quantity
    if round_money:
        gap, volume = round_money(gap), round_money(volume)
    return gap, volume, gap - volume
