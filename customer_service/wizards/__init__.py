from . import complaint_end
from . import complaint_action_drop
