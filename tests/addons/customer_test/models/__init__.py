from . import assessment, metric, request
