from .deal_key import mail_key, name_key, number_key, phone_key
from .effects import split_gap
from .flow_drawing import draw_flow
from .rebate_math import Facts, Item, Rules, explain, steps

__all__ = [
    "Facts",
    "Item",
    "Rules",
    "draw_flow",
    "explain",
    "mail_key",
    "name_key",
    "number_key",
    "phone_key",
    "split_gap",
    "steps",
]
