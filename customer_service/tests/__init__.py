from . import test_complaint
from . import test_complaint_kind
from . import test_complaint_kind_access
from . import test_complaint_mail
from . import test_complaint_portal
