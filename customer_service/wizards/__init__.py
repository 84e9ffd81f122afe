from . import complaint_end
