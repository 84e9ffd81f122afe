from .working_time import WorkingTime, merge
from .quality_chart import control_limits, pareto
