from . import test_complaint
from . import test_complaint_kind
from . import test_complaint_kind_access
from . import test_complaint_clock
from . import test_complaint_daily
from . import test_complaint_escalation
from . import test_complaint_flow
from . import test_working_time
