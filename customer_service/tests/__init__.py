from . import test_complaint
from . import test_complaint_kind
from . import test_complaint_kind_access
from . import test_satisfaction_access
from . import test_satisfaction_anonymous
from . import test_satisfaction_index
from . import test_satisfaction_low
from . import test_satisfaction_wave
