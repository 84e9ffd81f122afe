from . import complaint_end
from . import complaint_raise
