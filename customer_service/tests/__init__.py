from . import test_care
from . import test_complaint
from . import test_complaint_kind
from . import test_complaint_kind_access
from . import test_lunar
from . import test_service_portal
from . import test_service_request
