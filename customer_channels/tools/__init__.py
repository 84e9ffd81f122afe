from .rebate_math import Facts, Item, Rules, explain, steps
from .flow_drawing import draw_flow

__all__ = ["draw_flow"]
