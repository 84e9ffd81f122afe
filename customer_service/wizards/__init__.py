from . import complaint_end, satisfaction_overview
