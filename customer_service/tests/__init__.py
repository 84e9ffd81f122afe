from . import test_complaint
from . import test_complaint_kind
from . import test_complaint_kind_access
from . import test_service_policies
