from .credit_case import ActiveRule, CreditCase, Standing
from .ratios import RATIOS, compute_ratios, find_doubts, judge
