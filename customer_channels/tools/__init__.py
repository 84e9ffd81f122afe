from .rebate_math import Facts, Item, Rules, explain, steps
from .flow_drawing import draw_flow

__all__ = ["draw_flow"]
from .deal_key import mail_key, name_key, number_key, phone_key
from .effects import split_gap
