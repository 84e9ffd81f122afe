from . import service_request
from . import satisfaction_survey
from . import complaint_portal
from . import complaint_web
