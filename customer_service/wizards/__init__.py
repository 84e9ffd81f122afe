from . import complaint_end
from . import complaint_raise
from . import complaint_remedy_end, remedy_return
from . import partner_merge_care
from . import service_ask
from . import service_sign
from . import satisfaction_overview
from . import complaint_action_drop
