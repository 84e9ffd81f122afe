from .deal_key import mail_key, name_key, number_key, phone_key
from .effects import split_gap
from .rebate_math import Facts, Item, Rules, explain, steps

__all__ = [
    "Facts",
    "Item",
    "Rules",
    "explain",
    "mail_key",
    "name_key",
    "number_key",
    "phone_key",
    "split_gap",
    "steps",
]
