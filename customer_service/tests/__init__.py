from . import test_care
from . import test_care_steps
from . import test_complaint
from . import test_complaint_kind
from . import test_complaint_kind_access
from . import test_complaint_goods
from . import test_complaint_desk
from . import test_complaint_papers
from . import test_complaint_tours
from . import test_complaint_remedy, test_complaint_credit, test_complaint_room
from . import test_complaint_cost, test_complaint_penalty
from . import test_complaint_clock
from . import test_complaint_clock_hours
from . import test_complaint_daily
from . import test_complaint_escalation
from . import test_complaint_flow
from . import test_service_level
from . import test_working_time
from . import test_lunar
from . import test_service_portal
from . import test_service_request
from . import test_service_warranty
from . import test_satisfaction_access
from . import test_satisfaction_anonymous
from . import test_satisfaction_index
from . import test_satisfaction_low
from . import test_satisfaction_wave
