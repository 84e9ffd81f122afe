from .engine_env import engine_env
from .loose_many2one import LooseMany2one
from .metric_scope import MetricScope, of_customers, trailing_period
