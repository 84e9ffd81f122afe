from . import service_request
from . import satisfaction_survey
