from .loose_many2one import LooseMany2one
from .metric_scope import MetricScope, of_customers, trailing_period
from .sheet import Band, Column, Money, Sheet, Unit
from .sheet_text import print_font
from .sheet_xlsx import MIME, write_workbook
