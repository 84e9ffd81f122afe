from . import assessment, metric
