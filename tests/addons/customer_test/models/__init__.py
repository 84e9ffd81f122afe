from . import metric
