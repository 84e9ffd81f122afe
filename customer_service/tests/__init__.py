from . import test_complaint
from . import test_complaint_kind
from . import test_complaint_kind_access
from . import test_complaint_mail
from . import test_complaint_portal
from . import test_complaint_portal_work
from . import test_complaint_web
from . import test_mail_flood
