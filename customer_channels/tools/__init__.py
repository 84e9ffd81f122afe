from .rebate_math import Facts, Item, Rules, explain, steps
