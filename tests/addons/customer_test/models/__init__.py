from . import metric, request
