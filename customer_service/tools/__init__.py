from .quality_chart import control_limits, pareto
