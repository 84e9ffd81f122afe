from .engine_env import engine_env
from .flow_drawing import draw_flow
from .formula import FormulaError, compile_formula, evaluate_formula, is_name
from .loose_many2one import LooseMany2one
from .month_name import month_name
from .metric_scope import MetricScope, of_customers, trailing_period
from .print_font import print_font
from .scorecard import Answer, conclude, earned, exact, score
from .sheet import Band, Column, Money, Sheet, Unit
from .sheet_xlsx import MIME, write_workbook
