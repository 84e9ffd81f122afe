from . import assessment, metric, policy, request
