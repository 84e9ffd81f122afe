from .ratios import RATIOS, compute_ratios, find_doubts, judge
